"""Every subgroup in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.coded_variables import coded_variables
from analysis.cox.many import many_interactions, many_univariable
from analysis.event_table import event_table
from analysis.multiplicity import benjamini_hochberg, holm
from analysis.screen import survival_screen
from analysis.survival import kaplan_meier_from_table
from callbacks.curves import axis_of
from callbacks.groups import in_analysis, split_codes
from callbacks.memory import Memory
from callbacks.printed import is_printed
from callbacks.ranges import across
from callbacks.stacked import Stacked, stacked, stacked_arms, stacked_codes
from data.address import NO_SPLIT
from data.cohort import select
from data.study import Study
from layouts.shared.ranges import Across
from layouts.shared.words import DAYS_PER
from layouts.subgroups.context import LANDMARKS, SubgroupContext

LANDMARK_DAYS = tuple(float(month) * DAYS_PER["months"] for month in LANDMARKS)


def with_ranges(memory: Memory, context: SubgroupContext) -> SubgroupContext:
    """The view with the ranges of its numbers."""
    study, endpoint = context.study, context.endpoint.id
    if not study.reconstructions or not context.n:
        return context
    names = tuple(variable.id for variable in context.variables)
    landmark, view = context.landmark_days, replace(context.view, by=NO_SPLIT)
    asked = (study, view.cohort, endpoint, names, landmark, context.options.ci)
    found = memory.recall(_values, *asked)
    printed = {
        ("p", place)
        for place, name in enumerate(names)
        if landmark is None and is_printed(memory, study, view, "log-rank p", endpoint, name)
    }
    kept = {key: one for key, one in found.ranges.items() if key not in printed}
    return replace(context, across=Across(found.n, kept))


def _values(memory: Memory, study: Study, cohort, endpoint: str, names, landmark, ci) -> Across:
    sets = study.reconstructions
    rows = [in_analysis(one, endpoint, select(one, cohort), landmark) for one in sets]
    values = list(_survival(memory, study, rows, endpoint, names, landmark, ci))
    arm = stacked_arms(memory, study, cohort.analysis_set)
    if arm is not None:
        values += _effects(memory, study, endpoint, names, landmark, arm, np.concatenate(rows))
    return across(len(sets), values)


def _survival(memory: Memory, study: Study, rows, endpoint: str, names, landmark, ci: str):
    """Counts, medians, rates and tests of every level, and of everybody."""
    screens, everybody = [], []
    for one, used in zip(study.reconstructions, rows, strict=True):
        axis, event = axis_of(memory, one, endpoint, landmark), one.outcomes[endpoint].event
        split = {name: split_codes(one, study.variable(name)) for name in names}
        variables = coded_variables(
            {name: codes for name, (codes, _) in split.items()},
            {name: len(labels) for name, (_, labels) in split.items()},
        )
        screens.append(
            survival_screen(
                axis, event, variables, rows=used, landmarks=LANDMARK_DAYS, conf_type=ci
            )
        )
        table = event_table(axis, event, rows=used)
        everybody.append(kaplan_meier_from_table(table, 0, conf_type=ci))
    yield from _overall(everybody)
    yield from _levels(screens)


def _overall(curves):
    yield ("n", "all"), [curve.n for curve in curves]
    yield ("events", "all"), [curve.n_events for curve in curves]
    yield ("median", "all"), [curve.median.value for curve in curves]
    rates = np.array([curve.at(LANDMARK_DAYS).survival for curve in curves])
    for i, month in enumerate(LANDMARKS):
        yield (f"survival-{month}", "all"), rates[:, i]


def _levels(screens):
    for name in ("n", "events", "median"):
        values = np.array([getattr(screen, name) for screen in screens])
        for row in range(values.shape[1]):
            yield (name, row), values[:, row]
    rates = np.array([screen.survival for screen in screens])
    for i, month in enumerate(LANDMARKS):
        for row in range(rates.shape[1]):
            yield (f"survival-{month}", row), rates[:, row, i]
    tests = np.array([screen.p_value for screen in screens])
    adjusted = {
        "p": tests,
        "holm": np.array([holm(p) for p in tests]),
        "benjamini-hochberg": np.array([benjamini_hochberg(p) for p in tests]),
    }
    for name, p in adjusted.items():
        for place in range(p.shape[1]):
            yield (name, place), p[:, place]


def _of_arms(data: Stacked, arm, codes, rows, size: tuple[int, int], place: int):
    """Patients and events of each arm in every level."""
    n_sets, n_levels = size
    used = rows & (arm >= 0) & (codes >= 0)
    cells = ((data.data_set * n_levels + codes) * 2 + arm)[used]
    shape = (n_sets, n_levels, 2)
    n = np.bincount(cells, minlength=np.prod(shape)).reshape(shape)
    events = np.bincount(cells, data.event[used], minlength=np.prod(shape)).reshape(shape)
    for level in range(n_levels):
        for side in (0, 1):
            yield ("arm-n", place, level, side), n[:, level, side]
            yield ("arm-events", place, level, side), events[:, level, side]


def _everybody(data: Stacked, arm, rows, n_sets: int):
    """Hazard ratio of the arm among all patients in view, with patients and events."""
    fits = many_univariable(data.axis, data.event, data.data_set, arm, n_sets, 2, rows)
    yield ("hazard-ratio", "all"), np.exp(fits.coef[:, 0])
    together = np.zeros_like(arm)
    for (name, *_, side), values in _of_arms(data, arm, together, rows, (n_sets, 1), 0):
        yield (name, "all", side), values


def _effects(memory: Memory, study: Study, endpoint: str, names, landmark, arm, rows):
    """Hazard ratio of the arm in every level, and the tests of interaction."""
    data = stacked(memory, study, endpoint, landmark)
    n_sets = len(study.reconstructions)
    yield from _everybody(data, arm, rows, n_sets)
    for place, name in enumerate(names):
        n_levels = len(split_codes(study, study.variable(name))[1])
        codes = stacked_codes(memory, study, name)
        found = many_interactions(
            data.axis,
            data.event,
            data.data_set,
            arm,
            codes,
            n_sets,
            n_levels,
            rows,
        )
        yield ("interaction", place), found.p_value
        yield from _of_arms(data, arm, codes, rows, (n_sets, n_levels), place)
        for level in range(n_levels):
            yield ("hazard-ratio", place, level), found.hazard_ratio[:, level]
