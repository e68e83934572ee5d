"""The table of adverse events as HTML: counts by grade and stacked bars on one scale.

It is text and not a tree of components, as the table of subgroups is and for the same reason.
Every label from a study is escaped here.
"""

from __future__ import annotations

import math
from html import escape

import numpy as np

from analysis.safety import exact_limits
from data.address import address
from layouts.safety.context import SafetyContext
from layouts.safety.detail import detail_row
from layouts.safety.difference import Scales, difference_axis, difference_cells
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
            head = f'<th scope="rowgroup" class="group" colspan="99">{escape(heading)}</th>'
            rows.append(f'<tbody><tr class="group-row">{head}</tr></tbody>')
        rows.append(_term_rows(context, position, scales, theme))
    if not order:
        nothing = "No adverse event of this selection. Change terms, frequency or search above."
        rows.append(f'<tbody><tr><th class="name" colspan="99">{nothing}</th></tr></tbody>')
    kind = "events compares" if context.compares else "events"
    return (
        f'<table class="{kind}"><caption>Patients with adverse events by worst grade</caption>'
        f"{_head(context, scales, theme)}{''.join(rows)}</table>"
    )


def _scales(context: SafetyContext, order: list[int]) -> Scales:
    severe = context.options.severe
    shares = context.counts.with_term()[:, order] / np.maximum(context.counts.n, 1)[:, None]
    largest = float(shares.max(initial=0.05))
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
    cells = ['<th scope="col" class="name">Patients with</th>']
    for group in range(len(context.counts.n)):
        if context.compares and group == 1:
            cells.append(_axis(scales, both=True))
        cells += _grade_heads(context, group, theme)
    if context.compares:
        cells.append('<th scope="col">Difference,<br>points (95 % CI)</th>')
        cells.append(difference_axis(context, scales))
    else:
        words = "≥ 3" if context.options.severe else "Any"
        cells += [f'<th scope="col" class="ci">{words}, 95 % CI</th>', _axis(scales)]
    return f"<thead>{_arm_heads(context, theme)}<tr>{''.join(cells)}</tr></thead>"


def _arm_heads(context: SafetyContext, theme: Theme) -> str:
    """Over two arms their names with the denominators."""
    if not context.compares:
        return ""
    span = len(context.table.grades) + 2
    cells = ['<td class="name"></td>']
    for group, (label, position) in enumerate(context.arms):
        if group == 1:
            cells.append("<td></td>")
        colour = group_style(position, theme).colour
        cells.append(
            f'<th scope="colgroup" class="arm" colspan="{span}">'
            f'<span class="dot" style="background:{colour}"></span>{escape(label)}, '
            f"n = {context.counts.n[group]}</th>"
        )
    return f'<tr class="arm-heads">{"".join(cells)}<td></td><td></td></tr>'


def _grade_heads(context: SafetyContext, group: int, theme: Theme) -> list[str]:
    heads = []
    for grade in context.table.grades:
        swatch = f'<span class="swatch-box" style="background:{theme.severity[grade.high - 1]}">'
        kind = "band" if grade.is_band else "grade"
        note = "Grades given together" if grade.is_band else "A single grade"
        words = grade.label if context.compares else f"Grade {grade.label}"
        band = f' <span class="kind">{kind}</span>' if grade.is_band else ""
        inner = f"{swatch}</span>{words}{band}"
        heads.append(f'<th scope="col" class="grade" title="{note}">{inner}</th>')
    unit = "" if context.compares else ", n (%)"
    heads.append(f'<th scope="col" class="total">Any{unit}</th>')
    heads.append(f'<th scope="col" class="total">≥ 3{unit}</th>')
    return heads


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
    marks = "".join(
        f'<span class="tick" style="left:{place:.2f}%">{words}</span>' for place, words in places
    )
    title = "% of patients by worst grade"
    return (
        f'<th scope="col" class="drawing"><span class="axis-title">{title}</span>'
        f'<span class="axis">{marks}</span></th>'
    )


def _patients(context: SafetyContext, scales: Scales, theme: Theme) -> str:
    """Two lines above the terms: patients at their worst grade, and events."""
    counts, severe = context.counts, context.options.severe
    n, first = counts.n, counts.first_severe
    events = counts.counts.sum(axis=1)
    cells = {"patients": [], "events": []}
    for group in range(len(n)):
        if context.compares and group == 1:
            cells["patients"].append("<td></td>")
            cells["events"].append("<td></td>")
        cells["patients"] += _count_cells(context, counts.patients[group], int(n[group]))
        cells["events"] += [f'<td class="grade">{one}</td>' for one in events[group]]
        cells["events"] += [
            f'<td class="total">{events[group].sum()}</td>',
            f'<td class="total">{events[group, first:].sum()}</td>',
        ]
    if context.compares:
        rest = "<td></td><td></td>"
    else:
        low, high = _whole_limits(context, severe)
        rest = f'<td class="ci">{percent_interval(low, high)}</td><td></td>'
    head = '<th scope="row" class="name">Any adverse event, worst grade</th>'
    second = '<th scope="row" class="name">Events, a term once per patient</th>'
    return (
        f'<tbody class="overall" data-term="all"><tr>{head}{"".join(cells["patients"])}{rest}</tr>'
        f'<tr class="event-row">{second}{"".join(cells["events"])}<td></td><td></td></tr></tbody>'
    )


def _whole_limits(context: SafetyContext, severe: bool) -> tuple[float, float]:
    low, high = exact_limits(context.counts.with_any(severe), context.counts.n)
    return float(low[0]), float(high[0])


def _count_cells(context: SafetyContext, by_grade: np.ndarray, n: int) -> list[str]:
    """Counts at each grade, any and 3 or more; with per cent where there is room."""
    first = context.counts.first_severe
    values = [
        *(
            (f"grade-{grade.low}", "grade", int(one))
            for grade, one in zip(context.table.grades, by_grade, strict=True)
        ),
        ("any", "total", int(by_grade.sum())),
        ("severe", "total", int(by_grade[first:].sum())),
    ]
    return [
        f'<td class="{kind}{"" if value else " zero"}" data-statistic="{name}">'
        f"{_count(value, n, short=context.compares and kind == 'grade')}</td>"
        for name, kind, value in values
    ]


def _count(value: int, n: int, *, short: bool) -> str:
    if not n:
        return "–"
    if short or not value:
        return str(value)
    return f'{value} <span class="share">({100 * value / n:.1f})</span>'


def _term_rows(context: SafetyContext, position: int, scales: Scales, theme: Theme) -> str:
    counts, term = context.counts, context.table.terms[position]
    chosen = context.options.term == term.id
    target = address(context.view.with_options(terms=None if chosen else term.id), context.study)
    link = (
        f'<a href="{escape(target, quote=True)}" data-inside data-stay data-key="{term.id}" '
        f'aria-expanded="{"true" if chosen else "false"}">{escape(term.label)}</a>'
    )
    cells = [f'<th scope="row" class="name">{link}</th>']
    for group in range(len(counts.n)):
        if context.compares and group == 1:
            cells.append(f'<td class="drawing">{_mirrored(context, position, scales, theme)}</td>')
        cells += _count_cells(context, counts.counts[group, position], int(counts.n[group]))
    if context.compares:
        cells += difference_cells(scales, position)
    else:
        low, high = (float(limit[0, position]) for limit in scales.limits)
        cells.append(f'<td class="ci">{percent_interval(low, high)}</td>')
        bar = _stack(context, 0, position, scales, theme, 100.0)
        cells.append(f'<td class="drawing"><span class="plot">{bar}</span></td>')
    state = "" if context.total(False)[position] else ' class="emptied"'
    opened = detail_row(context) if chosen else ""
    return f'<tbody data-term="{term.id}"><tr{state}>{"".join(cells)}</tr>{opened}</tbody>'


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
    n = int(context.counts.n[group])
    parts, start = [], 0.0
    for i, grade in enumerate(context.table.grades):
        count = int(context.counts.counts[group, position, i])
        if not count or not n:
            continue
        width = room * count / n / scales.share
        side = "right" if leftwards else "left"
        offset = start + (room if room < 100 else 0)
        number = str(count) if width >= ROOM_FOR_NUMBER * (1 if room == 100 else 1.2) else ""
        tone = grade.high - 1
        parts.append(
            f'<span class="seg" style="{side}:{offset:.2f}%;width:{width:.2f}%;'
            f'background:{theme.severity[tone]};color:{theme.severity_text[tone]}">{number}</span>'
        )
        start += width
    return "".join(parts)


def _mirrored(context, position: int, scales: Scales, theme: Theme) -> str:
    left = _stack(context, 0, position, scales, theme, 50.0, leftwards=True)
    right = _stack(context, 1, position, scales, theme, 50.0)
    return f'<span class="plot"><span class="middle"></span>{left}{right}</span>'
