"""The data table behind the figure: every step that is drawn of every curve."""

from __future__ import annotations

import math

from markupsafe import Markup

from layouts.charts.thin import drawn_places
from layouts.shared.html import tag
from layouts.shared.words import DAYS_PER, events, shown_provenance
from layouts.survival.context import SurvivalContext


def data_table(context: SurvivalContext) -> list:
    """One table for each group with patients: time, at risk, events, censored, survival, CI."""
    if not context.result.n:
        return [tag("p", "There is no patient in view.")]
    head = tag(
        "p",
        f"{context.endpoint.name} · {context.study.title} · "
        f"{context.cohort.sentence(context.study)}. {shown_provenance(context.study.provenance)}",
        class_="rail-note",
    )
    return [head, *[_group(context, group) for group in context.result.shown]]


def _group(context: SurvivalContext, group) -> Markup:
    unit, curve = context.options.unit, group.curve
    names = (f"Time, {unit}", "At risk", "Events", "Censored", "Survival", "95 % CI")
    rows = []
    whole = unit == "days" and bool((curve.time % 1 == 0).all())
    places = drawn_places(curve.time)
    for i, time in zip(places.tolist(), curve.time[places], strict=True):
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
        rows.append(tag("tr", [tag("td", cell) for cell in cells]))
    return tag(
        "table",
        [
            tag(
                "caption",
                f"{group.label} (n = {group.n}, {events(group.events)}){_left_out(curve)}",
            ),
            tag("thead", tag("tr", [tag("th", name, scope="col") for name in names])),
            tag("tbody", rows),
        ],
        class_="numbers steps",
    )


def _left_out(curve) -> str:
    """How many rows of a long table are left out; empty where none is."""
    places = drawn_places(curve.time)
    if places.size == curve.time.size:
        return ""
    return f"; {places.size:,} of {curve.time.size:,} rows, all of them in the CSV"
