"""Beside the table of adverse events: first severe event over time, and treatment received."""

from __future__ import annotations

import math

from analysis.competing_risks import CompetingRisks
from data.checking.numerals import plain
from data.study import Study
from layouts.charts.axis import time_ticks
from layouts.charts.small_curves import curve_path, small_curves, step_path
from layouts.safety.context import Exposure, SafetyContext
from layouts.shared.html import joined, tag
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import DAYS_PER, minus, patients, percent, percent_interval, span, within

MONTH = DAYS_PER["months"]
READ_AT = (3, 6, 12)


def safety_side(context: SafetyContext, theme: Theme) -> str:
    """Both panels as HTML."""
    panels = []
    if context.study.adverse_events is not None and context.recorded:
        panels.append(_first_severe(context, theme))
    if context.study.exposure and context.in_cohort:
        panels.append(_exposure(context))
    return joined(panels)


def _first_severe(context: SafetyContext, theme: Theme) -> str:
    title = tag("h2", "First event of grade ≥ 3")
    found = context.first_severe
    if found is None:
        return tag(
            "section",
            title,
            tag(
                "p",
                "The study does not record on which day an event began, so that no cumulative "
                "incidence can be drawn.",
                class_="rail-note",
            ),
            data_panel="first-severe",
        )
    last = max(
        (float(one.event_incidence.time[-1]) for _, _, one in found.groups if one.n), default=MONTH
    )
    lines = joined(
        (
            _curve(one, last, group_style(position, theme).colour)
            for _, position, one in found.groups
            if one.n
        )
    )
    ticks = joined(
        tag("span", f"{tick:g}", class_="tick", style=f"left:{100 * tick * MONTH / last:.2f}%")
        for tick in time_ticks(0, last / MONTH, "months", 6)
    )
    left = f" {found.left_out} without a known day of onset are left out." if found.left_out else ""
    method = "Cumulative incidence by Aalen–Johansen, death without such an event competing; "
    method += f"95 % CI on the log(−log) scale.{left}"
    return tag(
        "section",
        title,
        small_curves(
            lines,
            ticks,
            says="Cumulative incidence of the first event of grade 3 or more. "
            + _incidence_sentence(found.groups),
            top="100 %",
            along="Months",
        ),
        tag("p", _incidence_sentence(found.groups)),
        _incidence_table(found.groups, theme),
        tag("p", method, class_="rail-note"),
        data_panel="first-severe",
    )


def _incidence_sentence(groups) -> str:
    """Who had a severe event, and who died without one."""
    n, events, competing = (
        sum(getattr(one, name) for _, _, one in groups) for name in ("n", "events", "competing")
    )
    return f"{events} of {patients(n)} had an event of grade ≥ 3; {competing} died without one."


def _curve(one: CompetingRisks, last: float, colour: str) -> str:
    """A step curve in a square of 100 by 100."""
    found = one.event_incidence
    return curve_path(step_path(100, 100 * found.time / last, 100 - 100 * found.value), colour)


def _incidence_table(groups, theme: Theme) -> str:
    rows = []
    for label, position, one in groups:
        cells = []
        for month in READ_AT:
            value, low, high = one.event_incidence.at(month * MONTH)
            limits = percent_interval(low, high)
            limits = (
                joined(" ", tag("span", f"({limits})", class_="interval")) if limits != "–" else ""
            )
            words = percent(value) if math.isfinite(value) else "–"
            cells.append(tag("td", words, limits))
        colour = group_style(position, theme).colour
        dot = tag("span", class_="dot", style=f"background:{colour}")
        rows.append(
            tag("tr", tag("th", dot, label, scope="row"), tag("td", f"{one.events}/{one.n}"), cells)
        )
    heads = joined(tag("th", f"{month} mo", scope="col") for month in READ_AT)
    return tag(
        "table",
        tag("thead", tag("tr", tag("td"), tag("th", "Events", scope="col"), heads)),
        tag("tbody", rows),
        class_="side-table",
    )


def _exposure(context: SafetyContext) -> str:
    rows = joined(_exposure_rows(one, context.study) for one in context.exposure)
    first = next((one for one in context.exposure if one.variable.is_number and one.known), None)
    said = ""
    if first:
        said = tag("p", f"{first.variable.label}: median ", _range_words(first), ".")
    return tag(
        "section",
        tag("h2", "Treatment received"),
        said,
        tag(
            "table",
            tag(
                "thead",
                tag("tr", tag("th", "Treatment", scope="col"), tag("th", "On screen", scope="col")),
            ),
            tag("tbody", rows),
            class_="side-table",
        ),
        tag(
            "p",
            f"Median (range) or n (%) of the {patients(context.in_cohort)} on screen with a value.",
            class_="rail-note",
        ),
        data_panel="exposure",
    )


def _exposure_rows(one: Exposure, study: Study) -> str:
    title = one.variable.label
    if one.variable.is_number:
        return _exposure_row(one, title, _range_words(one))
    words = [
        (label, f"{n} ({100 * n / one.known:.1f})" if one.known else "–") for label, n in one.levels
    ]
    # Of a yes or no the yes says it all.
    if len(words) == 2:
        label, share = words[1]
        return _exposure_row(one, f"{title}: {within(label, study)}", share)
    rows = [_exposure_row(one, title, "")]
    rows += [
        tag("tr", tag("th", label, scope="row"), tag("td", share), class_="sub")
        for label, share in words
    ]
    return joined(rows)


def _exposure_row(one: Exposure, title: str, value: str) -> str:
    name = one.variable.id
    return tag("tr", tag("th", title, scope="row"), tag("td", value), data_exposure=name)


def _range_words(one: Exposure) -> str:
    """``20 (3–90) weeks``; a median between two whole values keeps its half."""
    if not one.known:
        return "–"
    decimals = one.variable.decimals
    if decimals == 0 and one.median % 1:
        decimals = 1
    unit = f" {one.variable.unit}" if one.variable.unit else ""
    bounds = span(minus(plain(one.smallest)), minus(plain(one.largest)))
    return f"{minus(f'{one.median:.{decimals}f}')} ({bounds}){unit}"
