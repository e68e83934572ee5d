"""Asks the analysis the same question of every data set that fits a publication equally well."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from analysis.event_table import TimeAxis, event_table, time_axis
from analysis.reconstruction_range import range_of
from analysis.survival import kaplan_meier_from_table
from analysis.survival_groups import GroupSurvival, SurvivalGroups, survival_by_group
from callbacks.groups import in_analysis, split_codes
from callbacks.memory import LARGE, VIEWS
from callbacks.overview.counts import arm_columns
from callbacks.printed import is_printed, level_condition
from data.address import NO_SPLIT
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.shared.ranges import Across
from layouts.shared.words import DAYS_PER
from layouts.survival.context import SurvivalContext


def across(n: int, values: Iterable[tuple[tuple, list[float]]]) -> Across:
    """Ranges of (key, one value for each data set) pairs; none where all are the same."""
    # A data set that lacks a term altogether has no number for it.
    found = {key: range_of([*numbers, *[np.nan] * (n - len(numbers))]) for key, numbers in values}
    known = {
        key: one
        for key, one in found.items()
        if one is not None and (one.known < one.n or not _same(one.low, one.high))
    }
    return Across(n, MappingProxyType(known))


def _same(low: float, high: float) -> bool:
    """Whether two numbers differ by no more than rounding on the way."""
    return math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-12)


class AcrossAnswers:
    """Numbers of a view in each reconstruction of its study."""

    def __init__(self):
        # Studies are told apart as objects: a study that is read again is another one.
        self.axis: Callable[[Study, str, int | None], TimeAxis] = lru_cache(VIEWS)(_axis)
        self._groups = lru_cache(LARGE)(self._compute_groups)
        self._medians = lru_cache(VIEWS)(self._compute_medians)

    def medians(self, study: Study, cohort: Cohort, endpoint: str, landmark) -> tuple:
        """(key, numbers) pairs: median in days and events of all patients, then of each arm.

        The keys are ``card`` or ``card-events`` with the column: 0 everybody, then the arms in
        the order of their columns.
        """
        return self._medians(study, cohort, endpoint, landmark)

    def _compute_medians(self, study, cohort, endpoint, landmark):
        made: dict[tuple, list[float]] = {}
        arms = arm_columns(study, cohort.analysis_set)
        for one in study.reconstructions:
            rows = in_analysis(one, endpoint, select(one, cohort), landmark)
            axis, event = self.axis(one, endpoint, landmark), one.outcomes[endpoint].event
            groups = [rows, *(rows & (one.codes[ARM] == place) for _, place in arms)]
            for column, group in enumerate(groups):
                curve = kaplan_meier_from_table(event_table(axis, event, rows=group), 0)
                made.setdefault(("card", column), []).append(curve.median.value)
                made.setdefault(("card-events", column), []).append(curve.n_events)
        return tuple(made.items())

    def survival_groups(
        self, study: Study, cohort: Cohort, endpoint: str, by: str, landmark, ci: str
    ) -> tuple[SurvivalGroups, ...]:
        """Survival by group in each data set; empty for a study with one only."""
        return self._groups(study, cohort, endpoint, by, landmark, ci)

    def _compute_groups(self, study, cohort, endpoint, by, landmark, ci):
        made = []
        for one in study.reconstructions:
            rows = in_analysis(one, endpoint, select(one, cohort), landmark)
            codes, labels = None, ("All patients",)
            if by != NO_SPLIT:
                codes, labels = split_codes(one, one.variable(by))
            axis = self.axis(one, endpoint, landmark)
            event = one.outcomes[endpoint].event
            made.append(survival_by_group(axis, event, codes, labels, rows, conf_type=ci))
        return tuple(made)

    def survival(self, context: SurvivalContext) -> SurvivalContext:
        """A survival view with the ranges of its numbers, and the curves of every data set."""
        study, view, endpoint = context.study, context.view, context.endpoint.id
        if not study.reconstructions:
            return context
        sets = self.survival_groups(
            study, view.cohort, endpoint, view.by, context.landmark_days, context.options.ci
        )
        values = list(_test_values(context, sets))
        for i in range(len(context.result.groups)):
            groups = [one.groups[i] for one in sets]
            values += _group_values(context, groups, i, _median_is_printed(context, groups[0]))
        return replace(context, across=across(len(sets), values), reconstructed=sets)


def group_ranges(sets: list[SurvivalContext]) -> Across:
    """Ranges of the test and of every group of one view in several data sets."""
    first = sets[0]
    values = [(("p",), [one.result.test.p_value if one.result.test else np.nan for one in sets])]
    for i in range(len(first.result.groups)):
        values += _group_values(first, [one.result.groups[i] for one in sets], i, printed=False)
    return across(len(sets), values)


def _axis(study: Study, endpoint: str, landmark: int | None) -> TimeAxis:
    time = study.outcomes[endpoint].time
    return time_axis(time if landmark is None else np.maximum(time - landmark, 0))


def _test_values(context: SurvivalContext, sets):
    view = context.view
    printed = is_printed(context.study, view, "log-rank p", context.endpoint.id, view.by)
    if context.result.test is not None and not (printed and context.landmark_days is None):
        yield ("p",), [one.test.p_value if one.test else np.nan for one in sets]


def _median_is_printed(context: SurvivalContext, group: GroupSurvival) -> bool:
    condition = level_condition(context.study, context.view.by, group.position)
    return context.landmark_days is None and is_printed(
        context.study, context.view, "survival median", context.endpoint.id, group=condition
    )


def _mean(group: GroupSurvival, horizon: float) -> float:
    """Restricted mean up to a day in view; NaN where the curve does not reach it."""
    return group.curve.rmst(horizon).value if group.n and np.isfinite(horizon) else np.nan


def _group_values(context: SurvivalContext, groups, place: int, printed: bool):
    """The numbers of one group in every data set, its median unless that is printed."""
    yield ("n", place), [group.n for group in groups]
    yield ("events", place), [group.events for group in groups]
    if not printed:
        yield ("median", place), [group.median.value for group in groups]
    # Up to the horizon of the view for all of them: a mean up to another day is another number.
    yield ("restricted-mean", place), [_mean(group, context.result.horizon) for group in groups]
    yield ("follow-up", place), [group.follow_up.value for group in groups]
    days = [month * DAYS_PER["months"] for month in context.options.landmarks]
    read = np.array([group.curve.at(days).survival for group in groups])
    for i, month in enumerate(context.options.landmark_texts()):
        yield (f"survival-{month}", place), read[:, i].tolist()
