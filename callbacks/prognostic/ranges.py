"""Prognostic factors in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import ndtr

from analysis.cox.fit import fit_cox
from analysis.cox.many import many_univariable
from analysis.proportional_hazards import proportional_hazards
from callbacks.groups import covariate_frame, in_analysis, split_codes
from callbacks.memory import Memory
from callbacks.printed import is_printed
from callbacks.ranges import across
from callbacks.stacked import stacked, stacked_codes
from data.cohort import Cohort, select
from data.study import ARM, MISSING_ID, Study, Variable
from layouts.prognostic.context import PrognosticContext
from layouts.shared.ranges import Across


def with_ranges(memory: Memory, context: PrognosticContext) -> PrognosticContext:
    """The view with the ranges of its numbers."""
    study = context.study
    if not study.reconstructions or not context.with_endpoint:
        return context
    names = tuple(variable.id for variable in context.variables)
    found = memory.recall(
        _values,
        study,
        context.view.cohort,
        context.endpoint.id,
        context.landmark_days,
        names,
        context.result.chosen,
    )
    kept = {key: one for key, one in found.ranges.items() if not _printed(memory, context, key)}
    return replace(context, across=Across(found.n, kept))


def _values(
    memory: Memory, study, cohort: Cohort, endpoint: str, landmark, names, chosen
) -> Across:
    sets = study.reconstructions
    rows = [in_analysis(one, endpoint, select(one, cohort), landmark) for one in sets]
    values: dict[tuple, list[float]] = {}
    for name in names:
        variable = study.variable(name)
        if variable.is_number:
            values |= _of_number(study, variable, endpoint, landmark, rows)
        else:
            values |= _of_levels(memory, study, variable, endpoint, landmark, rows)
    if chosen:
        values |= _together(study, chosen, endpoint, landmark, rows)
    return across(len(sets), values.items())


def _of_levels(
    memory: Memory, study: Study, variable: Variable, endpoint: str, landmark, rows
) -> dict:
    """Hazard ratio and Wald p of each level against the reference, counts of every level."""
    data, everybody = stacked(memory, study, endpoint, landmark), np.concatenate(rows)
    codes = stacked_codes(memory, study, variable.id)
    labels, n_sets = split_codes(study, variable)[1], len(rows)
    reference = study.reference if variable.id == ARM else 0
    fits = many_univariable(
        data.axis, data.event, data.data_set, codes, n_sets, len(labels), everybody, reference
    )
    others = [i for i in range(len(labels)) if i != reference]
    values = {}
    for column, level in enumerate(others):
        term = f"{variable.id}={labels[level]}"
        coef, se = fits.coef[:, column], fits.se[:, column]
        values["univariable", term] = np.exp(coef)
        values["p", term] = 2 * ndtr(-np.abs(coef / se))
    used = everybody & (codes >= 0)
    cells = (data.data_set * len(labels) + codes)[used]
    size = n_sets * len(labels)
    n = np.bincount(cells, minlength=size).reshape(n_sets, -1)
    events = np.bincount(cells, data.event[used], minlength=size).reshape(n_sets, -1)
    for level, label in enumerate(labels):
        values["n", f"{variable.id}={label}"] = n[:, level]
        values["events", f"{variable.id}={label}"] = events[:, level]
    return values


def _of_number(study: Study, variable: Variable, endpoint: str, landmark, rows) -> dict:
    found = []
    for one, used in zip(study.reconstructions, rows, strict=True):
        numbers = one.numbers[variable.id]
        used = used & np.isfinite(numbers)
        outcome = one.outcomes[endpoint]
        column = pd.DataFrame({variable.id: numbers[used]})
        fit = fit_cox(outcome.time[used] - (landmark or 0), outcome.event[used], column)
        found.append((float(fit.hazard_ratio[0]), float(fit.p_value[0]), fit.n, fit.n_events))
    names = ("univariable", "p", "n", "events")
    return {
        (name, variable.id): list(values)
        for name, values in zip(names, zip(*found, strict=True), strict=True)
    }


def _together(study: Study, chosen, endpoint: str, landmark, rows) -> dict:
    """Hazard ratios and Wald p of the multivariable model."""
    values: dict[tuple, list[float]] = {}
    for one, used in zip(study.reconstructions, rows, strict=True):
        outcome = one.outcomes[endpoint]
        frame = covariate_frame(one, chosen, used)
        complete = frame.notna().all(axis=1).to_numpy()
        time, event = outcome.time[used] - (landmark or 0), outcome.event[used]
        fit = fit_cox(time[complete], event[complete], frame[complete])
        for term, ratio, p in zip(fit.terms, fit.hazard_ratio, fit.p_value, strict=True):
            values.setdefault(("multivariable", term), []).append(float(ratio))
            values.setdefault(("multivariable-p", term), []).append(float(p))
        values.setdefault(("model-n", ""), []).append(fit.n)
        values.setdefault(("model-events", ""), []).append(fit.n_events)
        hazards = proportional_hazards(fit)
        for name, test in zip(hazards.variables, hazards.tests, strict=True):
            values.setdefault(("model-hazards", name), []).append(test.p_value)
    return values


def _printed(memory: Memory, context: PrognosticContext, key: tuple) -> bool:
    """Whether the publication prints the hazard ratio of a level."""
    kind, term = key
    if kind not in ("univariable", "p", "multivariable", "multivariable-p"):
        return False
    if context.landmark_days is not None:
        return False
    name, _, label = term.partition("=")
    variable = context.study.variable(name)
    if variable.is_number:
        return False
    adjusted = ()
    if kind.startswith("multivariable"):
        others = [one for one in context.result.chosen if one != name]
        if len(others) != 1:
            return False
        adjusted = _levels(context.study.variable(others[0]))
    # One comparison of two levels is printed from either side.
    sides = [((name, (level.id,)),) for level in variable.levels]
    if len(variable.levels) != 2:
        sides = [((name, (level.id,)),) for level in variable.levels if level.label == label]
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
        for one in (adjusted or [()])
    )


def _levels(variable: Variable) -> list[tuple]:
    return [((variable.id, (level.id,)),) for level in variable.levels if level.id != MISSING_ID]
