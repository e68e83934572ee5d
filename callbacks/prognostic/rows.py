"""Rows of the Prognostic factors page's file."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.prognostic import numbers
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.levels import levels_of
from layouts.shared.numbers import NAN, Key, p_key


def prognostic_rows(context: PrognosticContext) -> Iterable[dict]:
    """One row for each level, alone and in the multivariable model."""
    ratio = ("hazard_ratio", "hazard_ratio_lower", "hazard_ratio_upper", "p_value")
    together = tuple(f"multivariable_{name}" for name in ("n", "events", *ratio))
    tested = ("likelihood_ratio_p", "hazards_p", "multivariable_hazards_p")
    names = ("variable", "level", "n", "events", *ratio, *together, *tested)
    fit, tests = context.result.multivariable, numbers.tests_of(context.result)
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
                tests.likelihood_ratio[variable.id],
                tests.hazards[variable.id],
                tests.model.get(variable.id, NAN),
            )
            ranges = across_columns(context.across, _keys(row["term"]) | _of_tests(variable.id))
            yield dict(zip(names, cells, strict=True)) | ranges
    if empty:
        yield dict.fromkeys(names)


def _keys(term: str) -> dict[str, Key]:
    """Columns of a row with the keys of their ranges."""
    alone, together = numbers.alone(term), numbers.together(term)
    return {
        "n": numbers.patients(term),
        "events": numbers.events(term),
        "hazard_ratio": alone,
        "p_value": p_key(alone),
        "multivariable_hazard_ratio": together,
        "multivariable_p_value": p_key(together),
    }


def _of_tests(name: str) -> dict[str, Key]:
    """The same of the tests of a variable, which stand in every row of it."""
    return {
        "likelihood_ratio_p": p_key(numbers.likelihood_ratio(name)),
        "hazards_p": p_key(numbers.hazards_alone(name)),
        "multivariable_hazards_p": p_key(numbers.model_hazards(name)),
    }
