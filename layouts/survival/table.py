"""The data table behind the figure: every step of every curve."""

from __future__ import annotations

import math

from dash import html

from layouts.shared.words import DAYS_PER, events, shown_provenance
from layouts.survival.context import SurvivalContext


def data_table(context: SurvivalContext) -> list:
    """One table for each group with patients: time, at risk, events, censored, survival, CI."""
    if not context.result.n:
        return [html.P("There is no patient in view.")]
    head = html.P(
        f"{context.endpoint.name} · {context.study.title} · "
        f"{context.cohort.sentence(context.study)}. {shown_provenance(context.study.provenance)}",
        className="rail-note",
    )
    return [head, *[_group(context, group) for group in context.result.shown]]


def _group(context: SurvivalContext, group) -> html.Div:
    unit, curve = context.options.unit, group.curve
    names = (f"Time, {unit}", "At risk", "Events", "Censored", "Survival", "95 % CI")
    rows = []
    whole = unit == "days" and bool((curve.time % 1 == 0).all())
    for i, time in enumerate(curve.time):
        low, high = curve.lower[i], curve.upper[i]
        interval = f"{low:.3f}–{high:.3f}" if math.isfinite(low) and math.isfinite(high) else "–"
        cells = (
            f"{time / DAYS_PER[unit]:.{0 if whole else 2}f}",
            str(curve.n_risk[i]),
            str(curve.n_event[i]),
            str(curve.n_censor[i]),
            f"{curve.survival[i]:.3f}",
            interval,
        )
        rows.append(html.Tr([html.Td(cell) for cell in cells]))
    return html.Table(
        [
            html.Caption(f"{group.label} (n = {group.n}, {events(group.events)})"),
            html.Thead(html.Tr([html.Th(name, scope="col") for name in names])),
            html.Tbody(rows),
        ],
        className="numbers steps",
    )
