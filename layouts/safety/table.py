"""The table of adverse events as HTML: counts by grade and stacked bars on one scale.

It is text and not a tree of components, as the table of subgroups is and for the same reason.
Every label from a study is escaped here.
"""

from __future__ import annotations

import math

import numpy as np

from analysis.safety import exact_limits
from data.address import address
from data.sections.adverse_events import UNGRADED, Grade
from layouts.safety.context import SafetyContext
from layouts.safety.detail import detail_row
from layouts.safety.difference import Scales, difference_axis, difference_cells
from layouts.shared.few import whole
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import percent_interval

# Narrower segments have no room for their number; it stands in the columns anyhow.
ROOM_FOR_NUMBER = 5


def safety_table(context: SafetyContext, theme: Theme) -> str:
    """The whole table as HTML; empty text when there is nobody or nothing to count."""
    if context.counts is None or not context.recorded:
        return ""
    order = context.order()
    scales = _scales(context, order)
    rows = [_patients(context, scales, theme)]
    heading = None
    for position in order:
        term = context.table.terms[position]
        if context.options.order == "category" and term.category != heading:
            heading = term.category
            head = tag("th", heading, scope="rowgroup", class_="group", colspan="99")
            rows.append(tag("tbody", tag("tr", head, class_="group-row")))
        rows.append(_term_rows(context, position, scales, theme))
    if not order:
        nothing = "No adverse event of this selection. Change terms, frequency or search above."
        rows.append(tag("tbody", tag("tr", tag("th", nothing, class_="name", colspan="99"))))
    kind = "events compares" if context.compares else "events"
    return tag(
        "table",
        tag("caption", "Patients with adverse events by worst grade"),
        _head(context, scales, theme),
        rows,
        class_=kind,
    )


def _scales(context: SafetyContext, order: list[int]) -> Scales:
    severe = context.options.severe
    shares = context.counts.with_term()[:, order] / np.maximum(context.counts.n, 1)[:, None]
    largest = float(np.nanmax(shares.astype(float), initial=0.05))
    step = 0.1 if largest <= 0.5 else 0.2
    differences = context.counts.difference(severe) if context.compares else None
    reach = 0.1
    if differences is not None and order:
        known = np.abs(differences[order][np.isfinite(differences[order])])
        reach = float(known.max(initial=0.1))
    return Scales(
        min(1.0, math.ceil(largest / step - 1e-9) * step),
        min(1.0, math.ceil(reach * 10 - 1e-9) / 10),
        context.counts.interval(severe),
        differences,
    )


def _head(context: SafetyContext, scales: Scales, theme: Theme) -> str:
    cells = [tag("th", "Patients with", scope="col", class_="name")]
    for group in range(len(context.counts.n)):
        if context.compares and group == 1:
            cells.append(_axis(scales, both=True))
        cells += _grade_heads(context, group, theme)
    if context.compares:
        cells.append(
            tag("th", "Difference,", BREAK, "points (95 % CI)", scope="col", class_="difference")
        )
        cells.append(difference_axis(context, scales))
    else:
        words = "≥ 3" if context.options.severe else "Any"
        cells += [tag("th", f"{words}, 95 % CI", scope="col", class_="ci"), _axis(scales)]
    return tag("thead", _arm_heads(context, theme), tag("tr", cells))


def _arm_heads(context: SafetyContext, theme: Theme) -> str:
    """Over two arms their names with the denominators."""
    if not context.compares:
        return ""
    span = len(context.table.grades) + 2
    cells = [tag("td", class_="name")]
    for group, (label, position) in enumerate(context.arms):
        if group == 1:
            cells.append(tag("td"))
        colour = group_style(position, theme).colour
        cells.append(
            tag(
                "th",
                tag("span", class_="dot", style=f"background:{colour}"),
                f"{label}, n = {context.counts.n[group]}",
                scope="colgroup",
                class_="arm",
                colspan=span,
            )
        )
    return tag("tr", cells, tag("td"), tag("td"), class_="arm-heads")


def _grade_heads(context: SafetyContext, group: int, theme: Theme) -> list[str]:
    heads = []
    for grade in context.table.grades:
        swatch = tag("span", class_="swatch-box", style=f"background:{_colours(grade, theme)[0]}")
        kind = "band" if grade.is_band else "grade"
        note = "Grades given together" if grade.is_band else "A single grade"
        if grade == UNGRADED:
            note = "Events whose grade is not recorded"
        words = grade.label if context.compares else f"Grade {grade.label}"
        band = joined(" ", tag("span", kind, class_="kind")) if grade.is_band else ""
        heads.append(tag("th", swatch, words, band, scope="col", class_="grade", title=note))
    unit = "" if context.compares else ", n (%)"
    heads.append(tag("th", f"Any{unit}", scope="col", class_="total"))
    heads.append(tag("th", f"≥ 3{unit}", scope="col", class_="total"))
    return heads


def _colours(grade: Grade, theme: Theme) -> tuple[str, str]:
    """The colour of a grade and that of a number upon it; none of severity where it is unknown."""
    if grade == UNGRADED:
        return theme.grid, theme.ink
    return theme.severity[grade.high - 1], theme.severity_text[grade.high - 1]


def _axis(scales: Scales, *, both: bool = False) -> str:
    """Ticks in per cent; mirrored around the middle for two arms."""
    step = 0.1 if scales.share <= 0.3 else 0.2
    ticks = [i * step for i in range(1, round(scales.share / step) + 1)]
    places = [(0.0, "0")] if not both else []
    for tick in ticks:
        words = f"{100 * tick:.0f}"
        if both:
            middle = 50 * tick / scales.share
            places += [(50 - middle, words), (50 + middle, words)]
        else:
            places.append((100 * tick / scales.share, words))
    marks = joined(
        (tag("span", words, class_="tick", style=f"left:{place:.2f}%") for place, words in places)
    )
    title = "% of patients by worst grade"
    return tag(
        "th",
        tag("span", title, class_="axis-title"),
        tag("span", marks, class_="axis"),
        scope="col",
        class_="drawing",
    )


def _patients(context: SafetyContext, scales: Scales, theme: Theme) -> str:
    """Two lines above the terms: patients at their worst grade, and events."""
    counts, severe = context.counts, context.options.severe
    n, first = counts.n, counts.first_severe
    events = counts.counts.sum(axis=1)
    cells = {"patients": [], "events": []}
    for group in range(len(n)):
        if context.compares and group == 1:
            cells["patients"].append(tag("td"))
            cells["events"].append(tag("td"))
        cells["patients"] += _count_cells(context, counts.patients[group], whole(n[group]))
        cells["events"] += [tag("td", one, class_="grade") for one in events[group]]
        cells["events"] += [
            tag("td", events[group].sum(), class_="total"),
            tag("td", events[group, first:].sum(), class_="total"),
        ]
    if context.compares:
        rest = joined(tag("td"), tag("td"))
    else:
        low, high = _whole_limits(context, severe)
        rest = joined(tag("td", percent_interval(low, high), class_="ci"), tag("td"))
    head = tag("th", "Any adverse event, worst grade", scope="row", class_="name")
    second = tag("th", "Events, a term once per patient", scope="row", class_="name")
    return tag(
        "tbody",
        tag("tr", head, cells["patients"], rest),
        tag("tr", second, cells["events"], tag("td"), tag("td"), class_="event-row"),
        class_="overall",
        data_term="all",
    )


def _whole_limits(context: SafetyContext, severe: bool) -> tuple[float, float]:
    low, high = exact_limits(context.counts.with_any(severe), context.counts.n)
    return float(low[0]), float(high[0])


def _count_cells(context: SafetyContext, by_grade: np.ndarray, n: int) -> list[str]:
    """Counts at each grade, any and 3 or more; with per cent where there is room."""
    first = context.counts.first_severe
    values = [
        *(
            (f"grade-{grade.low}", "grade", whole(one))
            for grade, one in zip(context.table.grades, by_grade, strict=True)
        ),
        ("any", "total", whole(by_grade.sum())),
        ("severe", "total", whole(by_grade[first:].sum())),
    ]
    return [
        tag(
            "td",
            _count(value, n, short=context.compares and kind == "grade"),
            class_=kind if value else f"{kind} zero",
            data_statistic=name,
        )
        for name, kind, value in values
    ]


def _count(value: int, n: int, *, short: bool) -> str:
    if not n:
        return "–"
    if short or not value:
        return str(value)
    return joined(f"{value} ", tag("span", f"({100 * value / n:.1f})", class_="share"))


def _term_rows(context: SafetyContext, position: int, scales: Scales, theme: Theme) -> str:
    counts, term = context.counts, context.table.terms[position]
    chosen = context.options.term == term.id
    target = address(context.view.with_options(terms=None if chosen else term.id), context.study)
    link = tag(
        "a",
        term.label,
        href=target,
        data_inside=True,
        data_stay=True,
        data_key=term.id,
        aria_expanded="true" if chosen else "false",
    )
    cells = [tag("th", link, scope="row", class_="name")]
    for group in range(len(counts.n)):
        if context.compares and group == 1:
            cells.append(tag("td", _mirrored(context, position, scales, theme), class_="drawing"))
        cells += _count_cells(context, counts.counts[group, position], whole(counts.n[group]))
    if context.compares:
        cells += difference_cells(scales, position)
    else:
        low, high = (float(limit[0, position]) for limit in scales.limits)
        cells.append(tag("td", percent_interval(low, high), class_="ci"))
        bar = _stack(context, 0, position, scales, theme, 100.0)
        cells.append(tag("td", tag("span", bar, class_="plot"), class_="drawing"))
    opened = detail_row(context) if chosen else ""
    return tag(
        "tbody",
        tag("tr", cells, class_=None if context.total(False)[position] else "emptied"),
        opened,
        data_term=term.id,
    )


def _stack(
    context,
    group: int,
    position: int,
    scales: Scales,
    theme: Theme,
    room: float,
    *,
    leftwards: bool = False,
) -> str:
    """Segments of one bar from the zero of its axis outwards."""
    n = whole(context.counts.n[group])
    parts, start = [], 0.0
    for i, grade in enumerate(context.table.grades):
        count = whole(context.counts.counts[group, position, i])
        if not count or not n:
            continue
        width = room * count / n / scales.share
        side = "right" if leftwards else "left"
        offset = start + (room if room < 100 else 0)
        number = str(count) if width >= ROOM_FOR_NUMBER * (1 if room == 100 else 1.2) else ""
        background, colour = _colours(grade, theme)
        parts.append(
            tag(
                "span",
                tag("span", number) if number else "",
                class_="seg",
                style=f"{side}:{offset:.2f}%;width:{width:.2f}%;"
                f"background:{background};color:{colour}",
            )
        )
        start += width
    return joined(parts)


def _mirrored(context, position: int, scales: Scales, theme: Theme) -> str:
    left = _stack(context, 0, position, scales, theme, 50.0, leftwards=True)
    right = _stack(context, 1, position, scales, theme, 50.0)
    return tag("span", tag("span", class_="middle"), left, right, class_="plot")
