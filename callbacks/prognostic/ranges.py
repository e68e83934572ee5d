"""Prognostic factors in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import chdtrc, ndtr

from analysis.cox.fit import CoxFit, fit_cox
from analysis.cox.many import ManyFits, many_univariable
from analysis.cox.many_hazards import many_hazards
from analysis.proportional_hazards import proportional_hazards
from callbacks.groups import covariate_frame, in_analysis, split_codes
from callbacks.memory import Memory
from callbacks.printed import is_printed
from callbacks.ranges import across_of, settle
from callbacks.stacked import Stacked, stacked, stacked_codes
from data.cohort import Cohort, select
from data.study import ARM, MISSING_ID, Study, Variable
from layouts.prognostic import numbers
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.numbers import Tests
from layouts.shared.numbers import COUNT, Key, Number, p_key
from layouts.shared.ranges import Across
from layouts.shared.steps import step_of


class VariableTests(NamedTuple):
    """The tests of a variable alone, (B,) arrays each; see `layouts.prognostic.numbers.Tests`."""

    alone: np.ndarray
    likelihood_ratio: np.ndarray
    hazards: np.ndarray


def with_ranges(memory: Memory, context: PrognosticContext) -> PrognosticContext:
    """The view with the ranges of its numbers."""
    study = context.study
    if not study.reconstructions or not context.with_endpoint:
        return context
    names = tuple(variable.id for variable in context.variables)
    found = memory.recall(
        _ranges,
        study,
        context.view.cohort,
        context.endpoint.id,
        context.landmark_days,
        names,
        context.result.chosen,
    )
    if context.landmark_days is None:
        found = settle(found, _printed(memory, context, found))
    return replace(context, across=found)


def _ranges(
    memory: Memory, study, cohort: Cohort, endpoint: str, landmark, names, chosen
) -> Across:
    sets = study.reconstructions
    rows = [in_analysis(one, endpoint, select(one, cohort), landmark) for one in sets]
    found: list[Number] = []
    alone: dict[str, VariableTests] = {}
    for name in names:
        variable = study.variable(name)
        if variable.is_number:
            own, alone[name] = _of_number(study, variable, endpoint, landmark, rows)
        else:
            own, alone[name] = _of_levels(memory, study, variable, endpoint, landmark, rows)
        found += own
    models: list[dict[str, float]] = [{} for _ in sets]
    if chosen:
        for i, fit in enumerate(_together(study, chosen, endpoint, landmark, rows)):
            hazards = proportional_hazards(fit)
            models[i] = numbers.hazards_by_variable(hazards)
            found += _of_model(fit)
            found.append(numbers.global_hazards(hazards))
    for i, model in enumerate(models):
        found += numbers.of_tests(_tests_of(alone, i, model))
    return across_of(len(sets), found)


def _tests_of(alone: Mapping[str, VariableTests], i: int, model: Mapping[str, float]) -> Tests:
    """All tests of one data set."""
    of_variables = (
        {name: float(getattr(one, test)[i]) for name, one in alone.items()}
        for test in VariableTests._fields
    )
    return Tests(*of_variables, model)


def _of_levels(
    memory: Memory, study: Study, variable: Variable, endpoint: str, landmark, rows
) -> tuple[list[Number], VariableTests]:
    """Hazard ratio and Wald p of each level against the reference, counts of every level.

    With them the tests of the whole variable.
    """
    data, everybody = stacked(memory, study, endpoint, landmark), np.concatenate(rows)
    codes = stacked_codes(memory, study, variable.id)
    labels, n_sets = split_codes(study, variable)[1], len(rows)
    terms = [f"{variable.id}={label}" for label in labels]
    reference = study.reference if variable.id == ARM else 0
    asked = (data.axis, data.event, data.data_set, codes, n_sets, len(labels), everybody)
    fits = many_univariable(*asked, reference)
    others = [term for i, term in enumerate(terms) if i != reference]
    ratio, wald = np.exp(fits.coef), 2 * ndtr(-np.abs(fits.coef / fits.se))
    found = [
        Number(numbers.alone(term), value, p=p)
        for column, term in enumerate(others)
        for value, p in zip(ratio[:, column], wald[:, column], strict=True)
    ]
    used = everybody & (codes >= 0)
    cells = (data.data_set * len(labels) + codes)[used]
    size = n_sets * len(labels)
    n = np.bincount(cells, minlength=size).reshape(n_sets, -1)
    events = np.bincount(cells, data.event[used], minlength=size).reshape(n_sets, -1)
    for level, term in enumerate(terms):
        for i in range(n_sets):
            found.append(Number(numbers.patients(term), n[i, level], unit=COUNT))
            found.append(Number(numbers.events(term), events[i, level], unit=COUNT))
    ratio_p = _likelihood_ratio(data, codes, used, fits, (n_sets, len(labels)))
    p = ratio_p
    if len(others) == 1:
        p = np.where(np.isfinite(wald[:, 0]), wald[:, 0], p)
    return found, VariableTests(p, ratio_p, many_hazards(*asked, fits, reference).p_value)


def _likelihood_ratio(data: Stacked, codes, used, fits: ManyFits, size) -> np.ndarray:
    """p of a variable over all its levels in every data set; NaN where there is no test.

    A level takes a degree of freedom where anybody of it is at risk at the first event.
    """
    n_sets, n_levels = size
    first = np.full(n_sets, np.iinfo(np.int64).max)
    had = used & (data.event > 0)
    np.minimum.at(first, data.data_set[had], data.axis.code[had])
    there = used & (data.axis.code >= first[data.data_set])
    at_risk = np.bincount((data.data_set * n_levels + codes)[there], minlength=n_sets * n_levels)
    df = (at_risk.reshape(n_sets, n_levels) > 0).sum(axis=1) - 1
    ratio = 2 * np.maximum(fits.loglik - fits.null_loglik, 0)
    return np.where(df > 0, chdtrc(np.maximum(df, 1), ratio), np.nan)


def _of_number(
    study: Study, variable: Variable, endpoint: str, landmark, rows
) -> tuple[list[Number], VariableTests]:
    """Hazard ratio of a number with its p, patients and events; the tests of the variable."""
    found, tests = [], []
    # All data sets count in the steps of the one on screen.
    step = step_of(study, variable)
    for one, used in zip(study.reconstructions, rows, strict=True):
        column = step.of(one.numbers[variable.id])
        used = used & np.isfinite(column)
        outcome = one.outcomes[endpoint]
        frame = pd.DataFrame({variable.id: column[used]})
        fit = fit_cox(outcome.time[used] - (landmark or 0), outcome.event[used], frame)
        ratio, p = float(fit.hazard_ratio[0]), float(fit.p_value[0])
        hazards = proportional_hazards(fit).global_test.p_value
        ratio_p = fit.lr_test.p_value
        tests.append((p if np.isfinite(p) else ratio_p, ratio_p, hazards))
        found.append(Number(numbers.alone(variable.id), ratio, p=p))
        found.append(Number(numbers.patients(variable.id), fit.n, unit=COUNT))
        found.append(Number(numbers.events(variable.id), fit.n_events, unit=COUNT))
    return found, VariableTests(*np.array(tests).T)


def _together(study: Study, chosen, endpoint: str, landmark, rows) -> Iterator[CoxFit]:
    """The multivariable model in every data set."""
    for one, used in zip(study.reconstructions, rows, strict=True):
        outcome = one.outcomes[endpoint]
        frame = covariate_frame(one, chosen, used, stands_for=study)
        complete = frame.notna().all(axis=1).to_numpy()
        time, event = outcome.time[used] - (landmark or 0), outcome.event[used]
        yield fit_cox(time[complete], event[complete], frame[complete])


def _of_model(fit: CoxFit) -> Iterator[Number]:
    """Hazard ratios and Wald p of a multivariable model."""
    for term, ratio, p in zip(fit.terms, fit.hazard_ratio, fit.p_value, strict=True):
        yield Number(numbers.together(term), float(ratio), p=float(p))
    yield Number(numbers.MODEL_PATIENTS, fit.n, unit=COUNT)
    yield Number(numbers.MODEL_EVENTS, fit.n_events, unit=COUNT)
    yield Number(numbers.CONCORDANCE, fit.concordance)


def _printed(memory: Memory, context: PrognosticContext, across: Across) -> set[Key]:
    """Keys of the hazard ratios of levels, and of their p, that the publication prints."""
    found = set()
    for variable in context.variables:
        if variable.is_number:
            continue
        others = [one for one in context.result.chosen if one != variable.id]
        # A model with another variable is printed as adjusted for one of its levels.
        adjusted = _levels(context.study.variable(others[0])) if len(others) == 1 else []
        for label in split_codes(context.study, variable)[1]:
            term = f"{variable.id}={label}"
            ratios = {numbers.alone(term): [()]}
            alone = p_key(numbers.alone(term))
            if len(others) == 1:
                ratios[numbers.together(term)] = adjusted or [()]
            for key, conditions in ratios.items():
                both = {key, p_key(key)} & across.ranges.keys()
                if both and _ratio_is_printed(memory, context, variable, label, conditions):
                    found |= both
                    if alone in both and len(variable.levels) == 2:
                        found.add(p_key(numbers.variable_alone(variable.id)))
    return found


def _ratio_is_printed(memory, context, variable: Variable, label: str, conditions) -> bool:
    # One comparison of two levels is printed from either side.
    sides = [((variable.id, (level.id,)),) for level in variable.levels]
    if len(variable.levels) != 2:
        sides = [((variable.id, (level.id,)),) for level in variable.levels if level.label == label]
    return any(
        is_printed(
            memory,
            context.study,
            context.view,
            "hazard ratio",
            context.endpoint.id,
            by=side,
            adjusted=one,
        )
        for side in sides
        for one in conditions
    )


def _levels(variable: Variable) -> list[tuple]:
    return [((variable.id, (level.id,)),) for level in variable.levels if level.id != MISSING_ID]
