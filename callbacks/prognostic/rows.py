"""Rows of the Prognostic factors page's file."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import NAN, across_columns
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.table import levels_of

_RANGED = (
    ("n", "n"),
    ("events", "events"),
    ("hazard_ratio", "univariable"),
    ("p_value", "p"),
    ("multivariable_hazard_ratio", "multivariable"),
    ("multivariable_p_value", "multivariable-p"),
)


def prognostic_rows(context: PrognosticContext) -> Iterable[dict]:
    """One row for each level, alone and in the multivariable model."""
    ratio = ("hazard_ratio", "hazard_ratio_lower", "hazard_ratio_upper", "p_value")
    together = tuple(f"multivariable_{name}" for name in ("n", "events", *ratio))
    names = ("variable", "level", "n", "events", *ratio, *together, "likelihood_ratio_p")
    fit = context.result.multivariable
    empty = True
    for place, variable in enumerate(context.variables):
        for row in levels_of(context, place):
            empty = False
            multi = row["multivariable"]
            counts = (fit.n, fit.n_events) if multi is not None else (NAN, NAN)
            cells = (
                variable.label,
                row["label"],
                row["n"],
                row["events"],
                *row["univariable"],
                *counts,
                *((NAN,) * 4 if multi is None else multi),
                context.result.univariable[place].likelihood_ratio_p,
            )
            ranges = [(name, (key, row["term"])) for name, key in _RANGED]
            yield dict(zip(names, cells, strict=True)) | across_columns(context.across, *ranges)
    if empty:
        yield dict.fromkeys(names)
