"""A survival view in every data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.restricted_mean import restricted_mean
from analysis.survival_groups import GroupSurvival
from callbacks.curves import survival_of_sets
from callbacks.memory import Memory
from callbacks.printed import is_printed, level_condition
from callbacks.ranges import across
from layouts.shared.ranges import Across
from layouts.shared.words import DAYS_PER
from layouts.survival.context import SurvivalContext


def with_ranges(memory: Memory, context: SurvivalContext) -> SurvivalContext:
    """A survival view with the ranges of its numbers, and the curves of every data set."""
    study, view, endpoint = context.study, context.view, context.endpoint.id
    if not study.reconstructions:
        return context
    sets = survival_of_sets(
        memory, study, view.cohort, endpoint, view.by, context.landmark_days, context.options.ci
    )
    values = list(_test_values(memory, context, sets))
    for i in range(len(context.result.groups)):
        groups = [one.groups[i] for one in sets]
        printed = _median_is_printed(memory, context, groups[0])
        values += _group_values(context, groups, i, printed)
    return replace(context, across=across(len(sets), values), reconstructed=sets)


def group_ranges(sets: list[SurvivalContext]) -> Across:
    """Ranges of the test and of every group of one view in several data sets."""
    first = sets[0]
    values = [(("p",), [one.result.test.p_value if one.result.test else np.nan for one in sets])]
    for i in range(len(first.result.groups)):
        values += _group_values(first, [one.result.groups[i] for one in sets], i, printed=False)
    return across(len(sets), values)


def _test_values(memory: Memory, context: SurvivalContext, sets):
    view = context.view
    printed = is_printed(memory, context.study, view, "log-rank p", context.endpoint.id, view.by)
    if context.result.test is not None and not (printed and context.landmark_days is None):
        yield ("p",), [one.test.p_value if one.test else np.nan for one in sets]


def _median_is_printed(memory: Memory, context: SurvivalContext, group: GroupSurvival) -> bool:
    condition = level_condition(context.study, context.view.by, group.position)
    return context.landmark_days is None and is_printed(
        memory, context.study, context.view, "survival median", context.endpoint.id, group=condition
    )


def _group_values(context: SurvivalContext, groups, place: int, printed: bool):
    """The numbers of one group in every data set, its median unless that is printed."""
    yield ("n", place), [group.n for group in groups]
    yield ("events", place), [group.events for group in groups]
    if not printed:
        yield ("median", place), [group.median.value for group in groups]
    # Up to the horizon of the view for all of them: a mean up to another day is another number.
    means = [restricted_mean(group.curve, context.result.horizon).value for group in groups]
    yield ("restricted-mean", place), means
    yield ("follow-up", place), [group.follow_up.value for group in groups]
    days = [month * DAYS_PER["months"] for month in context.options.landmarks]
    read = np.array([group.curve.at(days).survival for group in groups])
    for i, month in enumerate(context.options.landmark_texts()):
        yield (f"survival-{month}", place), read[:, i].tolist()
