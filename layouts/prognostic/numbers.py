"""The numbers of the Prognostic factors page: what each is called, and how it is made of a view.

A term is a coefficient of a model: the id of a number, or the id of a variable with a level.
"""

from __future__ import annotations

from collections.abc import Iterator

from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.levels import levels_of
from layouts.shared.numbers import COUNT, STATISTIC, Key, Number

MODEL_PATIENTS = ("model-n",)
MODEL_EVENTS = ("model-events",)


def patients(term: str) -> Key:
    """Patients of a level, or with a number."""
    return ("n", term)


def events(term: str) -> Key:
    """Events of a level, or with a number."""
    return ("events", term)


def alone(term: str) -> Key:
    """Hazard ratio of a term in the model of its variable alone."""
    return ("univariable", term)


def together(term: str) -> Key:
    """Hazard ratio of a term in the model of the chosen variables."""
    return ("multivariable", term)


def model_hazards(variable: str) -> Key:
    """Test of proportional hazards of a variable within the model."""
    return ("model-hazards", variable)


# The hazard ratio of each column of estimates.
RATIOS = {"univariable": alone, "multivariable": together}


def numbers_of(context: PrognosticContext) -> tuple[Number, ...]:
    """The numbers of every level and of the model."""
    return (*_of_levels(context), *_of_model(context))


def hazards_of(hazards) -> Iterator[Number]:
    """The tests of proportional hazards of a model, by variable."""
    for name, test in zip(hazards.variables, hazards.tests, strict=True):
        yield Number(model_hazards(name), test.statistic, p=test.p_value, unit=STATISTIC)


def _of_levels(context: PrognosticContext) -> Iterator[Number]:
    for place in range(len(context.variables)):
        for row in levels_of(context, place):
            yield Number(patients(row["term"]), row["n"], unit=COUNT)
            yield Number(events(row["term"]), row["events"], unit=COUNT)
            for kind, key in RATIOS.items():
                if row[kind] is not None:
                    yield Number(key(row["term"]), *row[kind])


def _of_model(context: PrognosticContext) -> Iterator[Number]:
    fit, hazards = context.result.multivariable, context.result.hazards
    if fit is not None:
        yield Number(MODEL_PATIENTS, fit.n, unit=COUNT)
        yield Number(MODEL_EVENTS, fit.n_events, unit=COUNT)
    if hazards is not None:
        yield from hazards_of(hazards)
