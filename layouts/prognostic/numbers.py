"""The numbers of the Prognostic factors page: what each is called, and how it is made of a view.

A term is a coefficient of a model: the id of a number, or the id of a variable with a level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.prognostic import Prognostic
from analysis.proportional_hazards import ProportionalHazards
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.levels import levels_of
from layouts.shared.numbers import COUNT, NAN, STATISTIC, Key, Number, count_below

# How many variables alone have a p below 0.05.
FOUND = ("found",)
MODEL_PATIENTS = ("model-n",)
CONCORDANCE = ("concordance",)
MODEL_EVENTS = ("model-events",)
# Test of proportional hazards of all variables of the model.
GLOBAL_HAZARDS = ("global-hazards",)
# How many variables have hazards that are not proportional, alone or in the model.
CHANGING = ("changing",)


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


def likelihood_ratio(name: str) -> Key:
    """Likelihood-ratio test of a variable alone."""
    return ("likelihood-ratio", name)


def hazards_alone(variable: str) -> Key:
    """Test of proportional hazards of a variable alone."""
    return ("hazards", variable)


def changing(variable: str) -> Key:
    """The smaller p of both tests of proportional hazards of a variable."""
    return ("changing", variable)


def model_hazards(variable: str) -> Key:
    """Test of proportional hazards of a variable within the model."""
    return ("model-hazards", variable)


# The hazard ratio of each column of estimates.
RATIOS = {"univariable": alone, "multivariable": together}


def numbers_of(context: PrognosticContext) -> tuple[Number, ...]:
    """The numbers of every level and of the model."""
    return (*_of_levels(context), *of_tests(tests_of(context.result)), *_of_model(context))


@dataclass(frozen=True)
class Tests:
    """The p of every variable, by its name; NaN without a test.

    Attributes
    ----------
    alone, likelihood_ratio, hazards : mapping of str to float
        Of a variable alone: by which it counts, by likelihood ratio, of proportional hazards.
    model : mapping of str to float
        Of proportional hazards of the variables of the model.
    """

    alone: Mapping[str, float]
    likelihood_ratio: Mapping[str, float]
    hazards: Mapping[str, float]
    model: Mapping[str, float]

    @property
    def changing(self) -> dict[str, float]:
        """The smaller p of proportional hazards of every variable, alone or in the model."""
        # fmin takes the other where one is NaN.
        return {
            name: float(np.fmin(p, self.model.get(name, NAN))) for name, p in self.hazards.items()
        }


def tests_of(result: Prognostic) -> Tests:
    """The tests of a result."""
    model = result.hazards
    return Tests(
        {one.name: one.p_value for one in result.univariable},
        {one.name: one.likelihood_ratio_p for one in result.univariable},
        {one.name: one.hazards_p for one in result.univariable},
        {} if model is None else hazards_by_variable(model),
    )


def hazards_by_variable(hazards: ProportionalHazards) -> dict[str, float]:
    """p of the tests of proportional hazards of a model."""
    return {name: test.p_value for name, test in zip(hazards.variables, hazards.tests, strict=True)}


def global_hazards(hazards: ProportionalHazards) -> Number:
    """The test of proportional hazards of all variables of the model."""
    return Number(GLOBAL_HAZARDS, p=hazards.global_test.p_value, unit=STATISTIC)


def of_tests(tests: Tests) -> Iterator[Number]:
    """The tests of every variable, and how many of them are below 0.05."""
    for key, p_values in (
        (variable_alone, tests.alone),
        (likelihood_ratio, tests.likelihood_ratio),
        (hazards_alone, tests.hazards),
        (model_hazards, tests.model),
        (changing, tests.changing),
    ):
        for name, p in p_values.items():
            yield Number(key(name), p=p, unit=STATISTIC)
    yield count_below(FOUND, tests.alone.values())
    yield count_below(CHANGING, tests.changing.values())


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
        yield global_hazards(hazards)
