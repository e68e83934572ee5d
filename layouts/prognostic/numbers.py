"""The numbers of the Prognostic factors page: what each is called, and how it is made of a view.

A term is a coefficient of a model: the id of a number, or the id of a variable with a level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.levels import levels_of
from layouts.shared.numbers import COUNT, STATISTIC, Key, Number, count_below

# How many variables alone have a p below 0.05.
FOUND = ("found",)
MODEL_PATIENTS = ("model-n",)
CONCORDANCE = ("concordance",)
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


def variable_alone(name: str) -> Key:
    """Test of a variable alone, over all its terms."""
    return ("variable", name)


def model_hazards(variable: str) -> Key:
    """Test of proportional hazards of a variable within the model."""
    return ("model-hazards", variable)


# The hazard ratio of each column of estimates.
RATIOS = {"univariable": alone, "multivariable": together}


def numbers_of(context: PrognosticContext) -> tuple[Number, ...]:
    """The numbers of every level and of the model."""
    alone = {one.name: one.p_value for one in context.result.univariable}
    return (*_of_levels(context), *of_variables(alone), *_of_model(context))


def of_variables(p_values: Mapping[str, float]) -> Iterator[Number]:
    """The test of every variable alone, and how many of them are below 0.05."""
    for name, p in p_values.items():
        yield Number(variable_alone(name), p=p, unit=STATISTIC)
    yield count_below(FOUND, p_values.values())


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
        yield Number(CONCORDANCE, fit.concordance)
    if hazards is not None:
        yield from hazards_of(hazards)
