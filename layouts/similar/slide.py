"""The patients in focus as they are put before a room: their curves, and what was found."""

from __future__ import annotations

import math

from layouts.shared.theme import LIGHT
from layouts.shared.words import counted, listed, patients, time_value
from layouts.similar.context import SimilarContext
from layouts.similar.words import UNIT, sentence
from layouts.slides.curves import survival_curves
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table
from layouts.survival.context import median_beside
from layouts.survival.side import survival_side


def similar_finding(context: SimilarContext) -> str:
    """How those who are like the patient fared, in one clause."""
    step = context.in_focus
    if step is None:
        return sentence(context).removesuffix(".")
    survival, parts = step.survival, []
    for group in survival.result.shown:
        unit = f" {UNIT}" if math.isfinite(group.median.value) else ""
        who = f" {survival.who(group)}" if survival.split else ""
        text = time_value(group.median.value, UNIT, survival.decimals)
        parts.append(f"{text}{unit}{median_beside(survival, group, UNIT)}{who}")
    alike = f" like one in {len(step.kept)} of {counted(len(context.criteria), 'respect')}"
    return (
        f"{patients(step.n)}{alike if step.kept else ''}: median {survival.endpoint_word} was "
        f"{listed(parts)}"
    )


def similar_drawn(context: SimilarContext) -> Drawn | None:
    """Curves of the cohort in focus and the table of its groups; None without such a cohort."""
    survival = context.drawn
    if survival is None or not survival.result.n:
        return None
    figure = survival_curves(
        survival.result,
        survival.group_names,
        title=f"{survival.endpoint.curve}, %",
        origin=survival.origin,
        options=survival.options.drawn,
        theme=survival.coloured(LIGHT),
    )
    return Drawn(
        figure,
        first_table("".join(map(str, survival_side(survival, LIGHT)))),
        "Patients of a trial, no prediction for one; Kaplan–Meier, 95 % CI (log)",
        f"Curves of {survival.endpoint.name} over {UNIT}, with numbers at risk",
        survival.split.label if survival.split else "",
        survival.result.n,
    )
