"""All endpoints below each other: curves, groups, and what two of them differ by, as HTML."""

from __future__ import annotations

import math
from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from layouts.charts.interval import axis_ticks, favours, interval, signed
from layouts.charts.log_axis import LogAxis, log_axis
from layouts.charts.swatch import swatch
from layouts.endpoints import numbers
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.endpoints.curves import MONTH, small_curves
from layouts.shared.html import joined, link, tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.ranges import across_note
from layouts.shared.theme import Theme
from layouts.shared.words import (
    FEW_EVENTS,
    NOT_ESTIMABLE,
    p_number,
    p_words,
    span,
    time_interval,
    time_value,
)
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK, events, median, patients

TWO = "{:.2f}".format
COUNT = "{:.0f}".format


def endpoints_table(context: EndpointsContext, theme: Theme) -> str:
    """A table in which every endpoint has a row for each group; empty where nobody is in view."""
    if not context.with_patients:
        return ""
    theme = _coloured(context, theme)
    axis = log_axis([one.survival.ratio.estimate for one in _with_ratio(context)])
    bodies = [_body(context, one, axis, theme) for one in context.parts]
    split = f" by {context.split.label}" if context.split else ""
    note = across_note(context.across)
    return joined(
        tag(
            "table",
            tag("caption", f"All endpoints{split}"),
            _head(context, axis),
            bodies,
            class_="subgroups side-by-side" + (" of-two" if context.compared else ""),
        ),
        tag("p", note, class_="rail-note") if note else None,
    )


def survival_view(context: EndpointsContext, one: OneEndpoint) -> str:
    """The address of the survival view of an endpoint."""
    view: View = replace(context.view, page="survival", endpoint=one.id, options=())
    return address(view, context.study)


def _coloured(context: EndpointsContext, theme: Theme) -> Theme:
    if context.many:
        return theme.picking(())
    return context.parts[0].survival.coloured(theme)


def _with_ratio(context: EndpointsContext) -> list[OneEndpoint]:
    return [one for one in context.parts if one.survival.ratio is not None]


def _head(context: EndpointsContext, axis: LogAxis) -> Markup:
    cells = [
        tag("th", "Endpoint", scope="col", class_="name"),
        tag(
            "th",
            "Kaplan–Meier curves",
            tag("span", "0 to 100 %, by months", class_="detail"),
            scope="col",
            class_="drawing",
        ),
        tag("th", context.split.label if context.split else "Group", scope="col", class_="group"),
        tag("th", "n", scope="col"),
        tag("th", "Events", scope="col"),
        tag("th", "Median, months", _small("(95 % CI)"), scope="col"),
    ]
    if context.compared:
        compared, reference = context.names
        ticks = tag("span", axis_ticks(axis, few=True), class_="axis")
        cells += [
            tag(
                "th",
                "Hazard ratio",
                _small("(95 % CI)"),
                favours(compared, reference),
                ticks,
                scope="col",
                class_="drawing forest",
            ),
            tag("th", "Mean time gained, months", _small("(95 % CI)"), scope="col"),
        ]
    if len(context.places) > 1:
        cells.append(tag("th", "Log-rank p", scope="col"))
    return tag("thead", tag("tr", cells))


def _small(text: str) -> Markup:
    return joined(" ", tag("span", text, class_="interval"))


def _body(context: EndpointsContext, one: OneEndpoint, axis: LogAxis, theme: Theme) -> Markup:
    """One endpoint; what is said of all its groups stands beside the first of them."""
    rows = [_all_groups(context, one)] if context.many else _groups(context, one, theme)
    down = len(rows)
    first = joined(_name(context, one, down), _drawn(context, one, theme, down))
    behind = _comparison(context, one, axis, down)
    made = [tag("tr", first, rows[0], behind)]
    made += [tag("tr", cells) for cells in rows[1:]]
    return tag("tbody", made, data_endpoint=one.id)


def _name(context: EndpointsContext, one: OneEndpoint, down: int) -> Markup:
    endpoint = one.survival.endpoint
    details = [] if endpoint.label == endpoint.name else [endpoint.name]
    if endpoint.primary:
        details.append("primary endpoint")
    if endpoint.origin != context.study.endpoints[0].origin or endpoint.later_origin:
        details.append(f"since {one.survival.origin}")
    return tag(
        "th",
        link(endpoint.label, href=survival_view(context, one), data_key=one.id),
        [tag("span", text, class_="detail") for text in details],
        scope="rowgroup",
        class_="name",
        rowspan=down,
    )


def _drawn(context: EndpointsContext, one: OneEndpoint, theme: Theme, down: int) -> Markup:
    if not one.survival.result.n:
        return tag("td", "Nobody in view has this endpoint.", class_="reason", rowspan=down)
    drawn = small_curves(context, one, theme)
    # The name beside it is the same link for the keyboard.
    name = f"Curves of {one.survival.endpoint.name}"
    way = link(
        drawn, href=survival_view(context, one), class_="panel", tabindex="-1", aria_label=name
    )
    return tag("td", way, class_="drawing", rowspan=down)


def _groups(context: EndpointsContext, one: OneEndpoint, theme: Theme) -> list[Markup]:
    return [_group(context, one, place, theme) for place in context.places]


def _group(context: EndpointsContext, one: OneEndpoint, place: int, theme: Theme) -> Markup:
    group, decimals = one.survival.result.groups[place], context.study.decimals

    def months(days: float) -> str:
        return time_value(days, "months", decimals)

    few = group.n and group.events < FEW_EVENTS
    mark = tag("abbr", "few", title=f"Fewer than {FEW_EVENTS} events: unstable", class_="mark")
    text = months(group.median.value) if group.n else "–"
    interval = time_interval(group.median.lower, group.median.upper, "months", decimals)
    return joined(
        tag(
            "th",
            tag(
                "span",
                swatch(group.position, theme),
                tag("span", "All patients" if context.split is None else group.label),
                class_="with-swatch",
            ),
            scope="row",
            class_="group-name",
        ),
        tag(
            "td",
            group.n,
            _across(context, one, patients(place), str(group.n), COUNT),
            data_statistic="n",
            data_name="n",
        ),
        tag(
            "td",
            group.events,
            mark if few else None,
            _across(context, one, events(place), str(group.events), COUNT),
            data_statistic="events",
            data_name="events",
        ),
        tag(
            "td",
            tag("b", text),
            _limits("" if interval == "–" else interval),
            _across(context, one, median(place), text, months, "NR") if group.n else None,
            data_statistic="median",
        ),
    )


def _all_groups(context: EndpointsContext, one: OneEndpoint) -> Markup:
    """Of more groups than can be told apart: how many, and between what their medians lie."""
    shown, decimals = one.survival.result.shown, context.study.decimals
    known = [group.median.value for group in shown if math.isfinite(group.median.value)]
    words = time_value(math.nan, "months")
    if known:
        words = span(*(time_value(end(known), "months", decimals) for end in (min, max)))
    return joined(
        tag("th", f"{len(shown)} groups", scope="row", class_="group-name"),
        tag("td", one.survival.result.n),
        tag("td", sum(group.events for group in shown), data_statistic="events"),
        tag("td", tag("b", words), data_statistic="median"),
    )


def _comparison(
    context: EndpointsContext, one: OneEndpoint, axis: LogAxis, down: int
) -> list[Markup]:
    """What two groups differ by, and the test of all."""
    cells = []
    if context.compared:
        cells += [_ratio(context, one, axis, down), _gained(context, one, down)]
    if len(context.places) > 1:
        test = one.survival.result.test
        p = math.nan if test is None else test.p_value
        beside = _across(context, one, p_key(LOG_RANK), p_number(p), p_number, "no test")
        cells.append(_cell("p-value", "Log-rank p", down, tag("span", p_words(p)), beside))
    return cells


def _ratio(context: EndpointsContext, one: OneEndpoint, axis: LogAxis, down: int) -> Markup:
    """In words, and drawn on the axis of all endpoints."""
    ratio, name = one.survival.ratio, "Hazard ratio"
    if ratio is None or not math.isfinite(ratio.value):
        return _cell("hazard-ratio", name, down, NOT_ESTIMABLE)
    limits = _limits(f"{ratio.lower:.2f}–{ratio.upper:.2f}")
    beside = _across(context, one, HAZARD_RATIO, TWO(ratio.value), TWO)
    drawn = interval(ratio.estimate, axis, null=1, side=11)
    parts = (tag("span", tag("b", TWO(ratio.value)), limits, class_="estimate"), beside, drawn)
    return _cell("hazard-ratio", name, down, *parts, class_="drawing forest")


def _gained(context: EndpointsContext, one: OneEndpoint, down: int) -> Markup:
    gained, name = one.gained, "Mean time gained, months"
    if gained is None or not math.isfinite(gained.value):
        return _cell("rmst-difference", name, down, NOT_ESTIMABLE)

    def months(days: float) -> str:
        return signed(f"{days / MONTH:.1f}")

    known = math.isfinite(gained.lower)
    limits = _limits(f"{months(gained.lower)} to {months(gained.upper)}") if known else None
    beside = _across(context, one, numbers.MEAN_GAINED, months(gained.value), months)
    up_to = tag("span", f"up to {gained.tau / MONTH:.1f}", class_="detail")
    parts = (tag("b", months(gained.value)), limits, beside, up_to)
    return _cell("rmst-difference", name, down, *parts)


def _cell(statistic: str, name: str, down: int, *parts: object, class_: str = "") -> Markup:
    """What is said of all groups of an endpoint; on a telephone its name stands before it."""
    return tag(
        "td",
        *parts,
        rowspan=down,
        data_statistic=statistic,
        data_name=name,
        class_=f"together {class_}".strip(),
    )


def _limits(text: str) -> Markup | None:
    return _small(f"({text})") if text else None


def _across(context, one: OneEndpoint, key: Key, shown: str, words, none=NOT_ESTIMABLE) -> str:
    """The range of a number over the data sets."""
    return context.across.html(_of(one, key), shown, words, none)


def _of(one: OneEndpoint, key: Key) -> Key:
    return numbers.of(one.id, key)
