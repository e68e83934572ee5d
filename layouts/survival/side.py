"""The numbers beside the curves: groups, test, landmarks, follow-up."""

from __future__ import annotations

import math

from markupsafe import Markup

from analysis.restricted_mean import RULE
from layouts.shared.html import tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.ranges import across_note, bracketed
from layouts.shared.theme import Theme, group_style, swatch_background
from layouts.shared.words import (
    DAYS_PER,
    FEW_EVENTS,
    NOT_ESTIMABLE,
    NOT_REACHED,
    p_value,
    percent,
    percent_interval,
    time_interval,
    time_value,
)
from layouts.survival import numbers
from layouts.survival.context import (
    SurvivalContext,
    ratio_across,
    ratio_interval,
    test_across,
)
from layouts.survival.picks import pick_box, pick_link
from layouts.survival.printed_words import count_printed, median_printed, rate_printed
from layouts.survival.words import looks

# Longer names of levels are wrapped.
SHORT_NAME = 20


def survival_side(context: SurvivalContext, theme: Theme) -> list:
    """Tables and test of a survival view."""
    theme = context.coloured(theme)
    parts = [pick_box(context)] if context.many else []
    parts += [
        _groups(context, theme),
        tag("div", _ratio(context), _test(context), _looks(context), class_="bigs"),
    ]
    if context.options.landmarks:
        parts.append(_landmarks(context, theme))
    parts.append(_follow_up(context, theme))
    if note := across_note(context.across):
        parts.append(tag("p", note, class_="rail-note"))
    return [part for part in parts if part is not None]


def swatch(position: int, theme: Theme) -> Markup:
    """Colour and line style of a group, as in the figure."""
    style = group_style(position, theme)
    return tag(
        "span",
        class_="swatch",
        style={"background": swatch_background(style)},
        **{"aria-hidden": "true"},
    )


def _table(caption: str, head: list, rows: list, class_name: str = "") -> Markup:
    cells = [tag("th", text, scope="col") for text in head]
    return tag(
        "table",
        [tag("caption", caption), tag("thead", tag("tr", cells)), tag("tbody", rows)],
        class_=f"numbers {class_name}",
    )


def _name_cell(context: SurvivalContext, group, theme: Theme, marked: bool) -> Markup:
    label = "All patients" if context.split is None else group.label
    parts = [
        swatch(group.position, theme),
        tag(
            "span",
            pick_link(context, group) if context.many and marked and group.n else label,
            class_="name" if len(label) <= SHORT_NAME else "name long",
        ),
    ]
    if marked and context.split and group.n and group.events < FEW_EVENTS:
        reason = f"Fewer than {FEW_EVENTS} events: unstable"
        parts.append(tag("abbr", "few events", title=reason, class_="mark"))
    return tag("th", parts, scope="row", class_="group-name" if group.n else "group-name emptied")


def _row(context, group, theme, cells: list, marked: bool = False) -> Markup:
    name = _name_cell(context, group, theme, marked)
    return tag("tr", [name, *cells], **{"data-group": group.label})


def _cell(text: str, statistic: str, interval: str = "", across: str = "") -> Markup:
    words = text in (NOT_ESTIMABLE, NOT_REACHED, "–")
    parts: list = [tag("span", text, class_="value words" if words else "value")]
    if interval:
        parts.append(tag("span", f" ({interval})", class_="interval"))
    if across:
        parts.append(bracketed(across))
    return tag("td", parts, **{"data-statistic": statistic})


def _printed_row(texts: list[str]) -> list[Markup]:
    """What the publication prints of a group, under its row; none where it prints nothing."""
    if not any(texts):
        return []
    cells = [tag("td", text, class_="paper") for text in texts]
    return [tag("tr", [tag("th", "as printed", scope="row", class_="paper"), *cells])]


def _groups(context: SurvivalContext, theme: Theme) -> Markup:
    unit, decimals = context.options.unit, context.decimals
    rows = []
    for place, group in enumerate(context.result.groups):
        median = "–" if not group.n else time_value(group.median.value, unit, decimals)
        interval = time_interval(group.median.lower, group.median.upper, unit, decimals)
        cells = [
            _count(context, "n", numbers.patients(place), group.n),
            _count(context, "events", numbers.events(place), group.events),
            _cell(
                median,
                "median",
                "" if interval == "–" else interval,
                _time_across(context, numbers.median(place), median),
            ),
        ]
        rows.append(_row(context, group, theme, cells, marked=True))
        counts = [
            count_printed(context, key) for key in (numbers.patients(place), numbers.events(place))
        ]
        rows += _printed_row([*counts, median_printed(context, place)])
    head = [_groups_heading(context), "n", "Events", f"Median, {unit} (95 % CI)"]
    return _table(f"{context.endpoint.name} by group", head, rows)


def _groups_heading(context: SurvivalContext) -> str:
    return context.split.label if context.split else "Group"


def _test(context: SurvivalContext):
    result = context.result
    if context.split is None:
        return None
    if result.test is None:
        return tag("p", "One group: there is nothing to compare.", class_="rail-note")
    test = result.test
    if not math.isfinite(test.p_value):
        detail = "No two groups share a time at which an event could happen."
    else:
        word = "degree" if test.df == 1 else "degrees"
        detail = f"χ² = {test.statistic:.2f}, {test.df} {word} of freedom"
    return tag(
        "div",
        [
            tag("div", "Log-rank test", class_="big-label"),
            tag("div", p_value(test.p_value), class_="big-number", **{"data-statistic": "p"}),
            *_big_across(context, test_across(context)),
            *_test_printed(context),
            tag("div", detail, class_="big-detail"),
        ],
        class_="big",
    )


def _ratio(context: SurvivalContext) -> Markup | None:
    """The hazard ratio of two groups with its interval."""
    ratio = context.ratio
    if ratio is None:
        return None
    ours, theirs = (context.result.groups[place] for place in context.compared)
    if math.isfinite(ratio.value):
        number = [f"{ratio.value:.2f}", tag("span", f" ({ratio_interval(context)})")]
    else:
        number = [NOT_ESTIMABLE]
    beside = ratio_across(context)
    return tag(
        "div",
        tag("div", "Hazard ratio", class_="big-label"),
        tag("div", number, class_="big-number", **{"data-statistic": "hazard-ratio"}),
        *_big_across(context, beside),
        tag("div", f"{ours.label} against {theirs.label}", class_="big-detail"),
        tag("div", _no_ratio(ours, theirs), class_="big-detail") if len(number) == 1 else None,
        class_="big",
    )


def _looks(context: SurvivalContext) -> Markup | None:
    said = looks(context)
    return tag("div", said, class_="looks") if said else None


def _no_ratio(ours, theirs) -> str:
    """Why a hazard ratio has no finite estimate."""
    without = [group.label for group in (ours, theirs) if not group.events]
    if not without:
        return "All events of one group come when the other has nobody left."
    return f"No event in {' and '.join(without)}."


def _big_across(context: SurvivalContext, words: str) -> list[Markup]:
    if not words:
        return []
    return [tag("div", f"[{words} across {context.across.n} data sets]", class_="big-across")]


def _test_printed(context: SurvivalContext) -> list[Markup]:
    found = p_key(numbers.LOG_RANK)
    if found not in context.printed.numbers:
        return []
    return [tag("div", f"{count_printed(context, found)} printed", class_="big-detail paper")]


def _count(context: SurvivalContext, statistic: str, key: Key, n: int) -> Markup:
    """A count with its range over the data sets that fit the publication equally well."""
    across = context.across.words(key, str(n), "{:.0f}".format)
    return _cell(str(n), statistic, across=across)


def _time_across(context: SurvivalContext, key: Key, shown: str, none: str = "NR") -> str:
    """The range of a time; only a median is "not reached"."""

    def words(days: float) -> str:
        return time_value(days, context.options.unit, context.decimals)

    return context.across.words(key, shown, words, none)


def _share_across(context: SurvivalContext, key: Key, shown: str) -> str:
    """The range of a rate; beyond the follow-up it is not estimable."""

    def words(survival: float) -> str:
        return percent(1 - survival if context.options.curve == "incidence" else survival)

    return context.across.words(key, shown, words, NOT_ESTIMABLE)


def _landmarks(context: SurvivalContext, theme: Theme) -> Markup:
    incidence = context.options.curve == "incidence"
    rows = []
    for place, group in enumerate(context.result.groups):
        read = group.curve.at([m * DAYS_PER["months"] for m in context.options.landmarks])
        cells = []
        for i, month in enumerate(context.options.landmark_texts()):
            value, low, high = read.survival[i], read.lower[i], read.upper[i]
            if incidence:
                value, low, high = 1 - value, 1 - high, 1 - low
            interval = percent_interval(low, high)
            text = percent(value) if math.isfinite(value) else _no_value(group)
            across = _share_across(context, numbers.survival(month, place), text)
            interval = "" if interval == "–" else interval
            cells.append(_cell(text, f"survival-{month}", interval, across))
        rows.append(_row(context, group, theme, cells))
        months = context.options.landmark_texts()
        rows += _printed_row([rate_printed(context, month, place) for month in months])
    first = f"{context.endpoint.curve} at" if not incidence else "With the event by"
    head = [first, *(f"{month} months" for month in context.options.landmark_texts())]
    return _table(f"{context.endpoint.name} at fixed times (95 % CI)", head, rows)


def _no_value(group) -> str:
    return NOT_ESTIMABLE if group.n else "–"


def _follow_up(context: SurvivalContext, theme: Theme) -> Markup:
    unit, decimals = context.options.unit, context.decimals
    rows = []
    for place, group in enumerate(context.result.groups):
        follow_up = "–" if not group.n else time_value(group.follow_up.value, unit, decimals)
        mean = group.restricted_mean
        half = 1.959963984540054 * mean.se
        # A mean survival time has no negative limit; max() would turn NaN into 0.
        low = mean.value - half if not mean.value - half < 0 else 0.0
        interval = time_interval(low, mean.value + half, unit, decimals)
        text = time_value(mean.value, unit, decimals) if math.isfinite(mean.value) else "–"
        cells = [
            _cell(
                follow_up,
                "follow-up",
                across=_time_across(context, numbers.follow_up(place), follow_up),
            ),
            _cell(
                text,
                "restricted-mean",
                "" if interval == "–" else interval,
                _time_across(context, numbers.restricted_mean(place), text, NOT_ESTIMABLE),
            ),
            _cell(str(mean.at_risk) if math.isfinite(mean.value) else "–", "at-risk"),
        ]
        rows.append(_row(context, group, theme, cells))
    horizon = ""
    if math.isfinite(context.result.horizon):
        horizon = f" up to {time_value(context.result.horizon, unit, 1)}"
    head = [
        f"In {unit}",
        tag("abbr", "Follow-up", title="Median follow-up by the reverse Kaplan–Meier method"),
        tag(
            "abbr",
            f"Mean{horizon}",
            title="Restricted mean survival time with its 95 % CI: the area under the curve up to "
            f"{RULE}; smaller groups have none",
        ),
        tag("abbr", "At risk", title="Patients still followed at the end of that time"),
    ]
    caption = "Median follow-up (reverse Kaplan–Meier) and restricted mean survival time"
    return _table(caption, head, rows, "follow-up")
