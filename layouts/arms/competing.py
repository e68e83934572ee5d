"""Competing risks by arm as HTML: cumulative incidence beside what 1 − Kaplan–Meier would say."""

from __future__ import annotations

import math
from html import escape

from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html, swatch
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS
from layouts.shared.theme import Theme
from layouts.shared.words import percent, percent_interval


def competing_names(context: ArmContext) -> tuple[str, str]:
    """The event of interest and the competing one, as headings."""
    other = context.endpoint.competing or "the competing event"
    return context.endpoint.event_name, other[0].upper() + other[1:]


def naive_at(group, day: float) -> float:
    """1 − Kaplan–Meier with the competing event taken for censoring; NaN beyond follow-up."""
    return 1 - float(group.naive.at(day).survival[0])


def competing_side(context: ArmContext, theme: Theme) -> str:
    """Incidence of both events at fixed times by arm."""
    event, other = (escape(name) for name in competing_names(context))
    bodies = []
    for position, group in enumerate(context.result.groups):
        if group is None:
            continue
        label = context.study.arms[position].label if context.study.arms else "All patients"
        head = (
            f'<tr class="variable-row"><th scope="rowgroup" class="name" colspan="4">'
            f"{swatch(position, theme)}{escape(label)}"
            f'<span class="detail">{group.n} patients: {group.events} with {event.lower()}, '
            f"{group.competing} with {other.lower()}</span></th></tr>"
        )
        rows = "".join(
            f'<tr data-month="{month}"><th scope="row" class="name level-name">At {month} months'
            f"</th>{_cells(context, position, group, month, day)}</tr>"
            for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True)
        )
        bodies.append(f"<tbody>{head}{rows}</tbody>")
    return (
        '<table class="by-arm competing"><caption>Cumulative incidence by arm</caption><thead><tr>'
        f'<th scope="col" class="name">Cumulative incidence (95 % CI)</th><th scope="col">{event}'
        f'</th><th scope="col">1 − Kaplan–Meier<br>would say</th><th scope="col">{other}</th>'
        f"</tr></thead>{''.join(bodies)}</table>{note_html(context)}"
    )


def _cells(context: ArmContext, position: int, group, month: str, day: float) -> str:
    naive = naive_at(group, day)
    event, competing = group.event_incidence.at(day), group.competing_incidence.at(day)

    def beside(name: str, value: float) -> str:
        return context.across.html((name, month, position), percent(value), percent)

    cells = [
        f'<td data-statistic="event">{_share(event)}{beside("event", event[0])}</td>',
        f'<td class="aside" data-statistic="naive">{percent(naive)}{beside("naive", naive)}</td>',
        f'<td data-statistic="competing">{_share(competing)}'
        f"{beside('competing', competing[0])}</td>",
    ]
    return "".join(cells)


def _share(read) -> str:
    value, low, high = read
    if not math.isfinite(value):
        return "not estimable"
    limits = percent_interval(low, high)
    limits = "" if limits == "–" else f'<br><span class="interval">({limits})</span>'
    return f"<b>{percent(value)}</b>{limits}"
