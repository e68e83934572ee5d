"""Rows of ``similar.csv``: one for each nested cohort and arm."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.shared.few import Few
from layouts.shared.numbers import NAN
from layouts.shared.words import DAYS_PER
from layouts.similar.context import SimilarContext, Step
from layouts.similar.numbers import response
from layouts.survival import numbers

MONTH = DAYS_PER["months"]
YEAR = "12"
ESTIMATES = (
    "median",
    "median_lower",
    "median_upper",
    "survival_12",
    "survival_12_lower",
    "survival_12_upper",
    "response",
    "response_lower",
    "response_upper",
    "grade_3_or_more",
)


def similar_rows(context: SimilarContext) -> Iterable[dict]:
    """Every cohort, from all characteristics to none, by arm where there are two or more."""
    names = [label for label, _ in context.arms] or ["All patients"]
    for place, step in enumerate(context.steps):
        for column, (name, group) in enumerate(zip(names, context.places, strict=True)):
            row = {
                "criteria_kept": len(step.kept),
                "kept": _words(context, step.kept),
                "dropped": _words(context, step.dropped),
                "in_focus": int(place == context.focus),
                "arm": name,
            }
            yield row | _numbers(context, step, column, group)


def _words(context: SimilarContext, criteria) -> str:
    return "; ".join(one.words(context.study) for one in criteria)


def _numbers(context: SimilarContext, step: Step, column: int, place: int) -> dict:
    if step.survival is None:
        few = Few(context.study.disclosure.minimum_cohort)
        return {"n": few, "events": few, **dict.fromkeys(ESTIMATES, NAN)}
    survival = step.survival
    group = survival.result.groups[place]
    read = group.curve.at([12 * MONTH])
    year = [float(one[0]) for one in (read.survival, read.lower, read.upper)]
    median = [one / MONTH for one in (group.median.value, group.median.lower, group.median.upper)]
    shares = []
    for card in (step.response, step.severe):
        share = None if card is None else (card.arms[column] if context.arms else card.whole)
        shares.append([NAN] * 3 if share is None else [share.value, share.lower, share.upper])
    values = [*median, *year, *shares[0], shares[1][0]]
    row = {"n": group.n, "events": group.events, **dict(zip(ESTIMATES, values, strict=True))}
    times, of_year = (
        {"median": numbers.median(place)},
        {"survival_12": numbers.survival(YEAR, place)},
    )
    row |= across_columns(survival.across, times, scale=MONTH)
    row |= across_columns(survival.across, of_year)
    share = response(column + 1 if context.arms else 0)
    return row | across_columns(step.across, {"response": share})
