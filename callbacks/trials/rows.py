"""The numbers of the Other trials page as rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.shared.numbers import NAN, NO_KEY
from layouts.shared.words import DAYS_PER
from layouts.survival import numbers
from layouts.trials.context import MedianRow, TrialsContext

PUBLISHED_BY_OTHERS = "Published by others; not from this study's patients"
MONTH = DAYS_PER["months"]


def context_rows(context: TrialsContext) -> Iterable[dict]:
    """One row for each line of the figure, in its order; times in months."""
    own, published = _own_cells, _published_cells
    rows = [row for _, block in context.blocks() for row in block]
    if not rows:
        yield dict.fromkeys(_names())
    for row in rows:
        cells = own(row, context) if row.own else published(row, context)
        made = dict(zip(_names(), cells, strict=True))
        key = numbers.median(row.place) if row.own else NO_KEY
        made |= across_columns(context.survival.across, {"median": key}, scale=MONTH)
        yield made if row.own else made | {"provenance": PUBLISHED_BY_OTHERS}


def _names() -> tuple[str, ...]:
    return (
        "source",
        "study",
        "year",
        "design",
        "arm",
        "kind",
        "population",
        "n",
        "n_study",
        "endpoint",
        "median",
        "lower",
        "upper",
        "hazard_ratio",
        "hazard_ratio_lower",
        "hazard_ratio_upper",
        "against",
        "p_value",
        "reference",
        "note",
    )


def _own_cells(row: MedianRow, context: TrialsContext) -> tuple:
    cohort = context.survival.cohort.sentence(context.study)
    return (
        "this cohort",
        row.name,
        NAN,
        "",
        row.arm,
        "",
        cohort,
        row.n,
        NAN,
        context.endpoint.label,
        *row.median,
        NAN,
        NAN,
        NAN,
        "",
        NAN,
        "",
        "",
    )


def _published_cells(row: MedianRow, context: TrialsContext) -> tuple:
    one = row.published
    counts = (NAN if n is None else n for n in (one.n, one.n_study))
    source = f"quoted by the paper of {context.quoted_by(one)}"
    return (
        source,
        one.study,
        one.year,
        one.design,
        one.arm,
        one.treatment,
        one.population,
        *counts,
        one.endpoint,
        *one.median,
        *one.hazard_ratio,
        one.hr_against,
        one.p,
        one.reference,
        one.note,
    )
