"""Beside the table of adverse events: first severe event over time, and treatment received."""

from __future__ import annotations

import math
from html import escape

from analysis.competing_risks import CompetingRisks
from data.checking.numerals import plain
from layouts.charts.axis import time_ticks
from layouts.safety.context import Exposure, SafetyContext
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import DAYS_PER, patients, percent, percent_interval

MONTH = DAYS_PER["months"]
READ_AT = (3, 6, 12)


def safety_side(context: SafetyContext, theme: Theme) -> str:
    """Both panels as HTML."""
    panels = []
    if context.study.adverse_events is not None and context.recorded:
        panels.append(_first_severe(context, theme))
    if context.study.exposure and context.in_cohort:
        panels.append(_exposure(context))
    return "".join(panels)


def _first_severe(context: SafetyContext, theme: Theme) -> str:
    title = "<h2>First event of grade ≥ 3</h2>"
    found = context.first_severe
    if found is None:
        return (
            f'<section data-panel="first-severe">{title}<p class="rail-note">The study does not '
            "record on which day an event began, so that no cumulative incidence can be drawn."
            "</p></section>"
        )
    last = max(
        (float(one.event_incidence.time[-1]) for _, _, one in found.groups if one.n), default=MONTH
    )
    lines = "".join(
        _curve(one, last, group_style(position, theme).colour)
        for _, position, one in found.groups
        if one.n
    )
    ticks = "".join(
        f'<span class="tick" style="left:{100 * tick * MONTH / last:.2f}%">{tick:g}</span>'
        for tick in time_ticks(0, last / MONTH, "months", 6)
    )
    left = f" {found.left_out} without a known day of onset are left out." if found.left_out else ""
    return (
        f'<section data-panel="first-severe">{title}<div class="incidence">'
        '<span class="scale-top">100 %'
        '</span><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" '
        f'aria-label="Cumulative incidence of the first event of grade 3 or more">{lines}</svg>'
        f'<span class="axis">{ticks}</span><span class="axis-title">Months</span></div>'
        f"<p>{_incidence_sentence(found.groups)}</p>{_incidence_table(found.groups, theme)}"
        f'<p class="rail-note">Cumulative incidence by Aalen–Johansen, death without '
        f"such an event competing; 95 % CI on the log(−log) scale.{left}</p></section>"
    )


def _incidence_sentence(groups) -> str:
    """Who had a severe event, and who died without one."""
    n, events, competing = (
        sum(getattr(one, name) for _, _, one in groups) for name in ("n", "events", "competing")
    )
    return f"{events} of {patients(n)} had an event of grade ≥ 3; {competing} died without one."


def _curve(one: CompetingRisks, last: float, colour: str) -> str:
    """A step curve in a square of 100 by 100."""
    path, height = "M0 100", 100.0
    for day, value in zip(one.event_incidence.time, one.event_incidence.value, strict=True):
        height = 100 - 100 * value
        path += f"H{100 * day / last:.2f}V{height:.2f}"
    return f'<path d="{path}" style="stroke:{colour}"/>'


def _incidence_table(groups, theme: Theme) -> str:
    rows = []
    for label, position, one in groups:
        cells = []
        for month in READ_AT:
            value, low, high = one.event_incidence.at(month * MONTH)
            limits = percent_interval(low, high)
            limits = f' <span class="interval">({limits})</span>' if limits != "–" else ""
            words = percent(value) if math.isfinite(value) else "–"
            cells.append(f"<td>{words}{limits}</td>")
        colour = group_style(position, theme).colour
        dot = f'<span class="dot" style="background:{colour}"></span>'
        rows.append(
            f'<tr><th scope="row">{dot}{escape(label)}</th><td>{one.events}/{one.n}</td>'
            f"{''.join(cells)}</tr>"
        )
    heads = "".join(f'<th scope="col">{month} mo</th>' for month in READ_AT)
    return (
        '<table class="side-table"><thead><tr><td></td><th scope="col">Events</th>'
        f"{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _exposure(context: SafetyContext) -> str:
    rows = "".join(_exposure_rows(one) for one in context.exposure)
    first = next((one for one in context.exposure if one.variable.is_number and one.known), None)
    said = ""
    if first:
        said = f"<p>{escape(first.variable.label)}: median {_range_words(first)}.</p>"
    return (
        f'<section data-panel="exposure"><h2>Treatment received</h2>{said}'
        '<table class="side-table"><thead><tr>'
        '<th scope="col">Treatment</th><th scope="col">On screen</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
        f'<p class="rail-note">Median (range) or n (%) of the {patients(context.in_cohort)} on '
        "screen with a value.</p></section>"
    )


def _exposure_rows(one: Exposure) -> str:
    title = escape(one.variable.label)
    if one.variable.is_number:
        return _exposure_row(one, title, _range_words(one))
    words = [
        (label, f"{n} ({100 * n / one.known:.1f})" if one.known else "–") for label, n in one.levels
    ]
    # Of a yes or no the yes says it all.
    if len(words) == 2:
        label, share = words[1]
        return _exposure_row(one, f"{title}: {escape(label.lower())}", share)
    rows = [_exposure_row(one, title, "")]
    rows += [
        f'<tr class="sub"><th scope="row">{escape(label)}</th><td>{share}</td></tr>'
        for label, share in words
    ]
    return "".join(rows)


def _exposure_row(one: Exposure, title: str, value: str) -> str:
    name = one.variable.id
    return f'<tr data-exposure="{name}"><th scope="row">{title}</th><td>{value}</td></tr>'


def _range_words(one: Exposure) -> str:
    """``20 (3–90) weeks``; a median between two whole values keeps its half."""
    if not one.known:
        return "–"
    decimals = one.variable.decimals
    if decimals == 0 and one.median % 1:
        decimals = 1
    unit = f" {escape(one.variable.unit)}" if one.variable.unit else ""
    return f"{one.median:.{decimals}f} ({plain(one.smallest)}–{plain(one.largest)}){unit}"
