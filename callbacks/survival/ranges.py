"""A survival view in every data set that fits a publication equally well."""

from __future__ import annotations

import math
from dataclasses import replace

from analysis.cox.two_groups import hazard_ratios
from callbacks.curves import survival_of_sets
from callbacks.incidence import incidence_of_sets
from callbacks.memory import Memory
from callbacks.printed import is_printed, level_condition
from callbacks.ranges import across_of, settle
from layouts.shared.competing_numbers import of_groups
from layouts.shared.numbers import Key, p_key
from layouts.survival import numbers
from layouts.survival.context import SurvivalContext


def with_ranges(memory: Memory, context: SurvivalContext) -> SurvivalContext:
    """A survival view with the ranges of its numbers, and the curves of every data set."""
    study, view, options = context.study, context.view, context.options
    if not study.reconstructions:
        return context
    sets = survival_of_sets(
        memory, study, view.cohort, context.endpoint.id, view.by, context.landmark_days, options.ci
    )
    horizon = context.result.horizon
    found = [number for one in sets for number in numbers.numbers_of(one, options, horizon)]
    if context.compared:
        # A data set may have nobody in one of the two.
        tables = [one.table for one in sets if one.table.n[list(context.compared)].all()]
        found += map(numbers.of_ratio, hazard_ratios(tables, *context.compared))
    incidence = incidence_of_sets(
        memory, study, view.cohort, context.endpoint.id, view.by, context.landmark_days
    )
    found += [number for one in incidence for number in of_groups(one)]
    own_cut = options.cut is None
    fixed = own_cut and context.landmark_days is None
    left_out = _printed(memory, context) if fixed else set()
    # A group that is too small for a mean has no range of it either.
    left_out |= {
        numbers.restricted_mean(place)
        for place, group in enumerate(context.result.groups)
        if not math.isfinite(group.restricted_mean.value)
    }
    if context.result.test is None:
        # What stands nowhere in the view needs no range.
        left_out.add(p_key(numbers.LOG_RANK))
    across = settle(across_of(len(sets), found), left_out)
    return replace(context, across=across, reconstructed=sets)


def _printed(memory: Memory, context: SurvivalContext) -> set[Key]:
    """Keys of the numbers that the publication prints itself."""
    study, view, endpoint = context.study, context.view, context.endpoint.id
    found = set()
    if is_printed(memory, study, view, "log-rank p", endpoint, view.by):
        found.add(p_key(numbers.LOG_RANK))
    if context.compared and _ratio_is_printed(memory, context):
        found.add(numbers.HAZARD_RATIO)
        found.add(p_key(numbers.HAZARD_RATIO))
    for place, group in enumerate(context.result.groups):
        condition = level_condition(study, view.by, group.position)
        if is_printed(memory, study, view, "survival median", endpoint, group=condition):
            found.add(numbers.median(place))
    return found


def _ratio_is_printed(memory: Memory, context: SurvivalContext) -> bool:
    """Whether the publication compares either of the two groups with the other."""
    study, view, endpoint = context.study, context.view, context.endpoint.id
    levels = context.split.levels
    return any(
        is_printed(
            memory, study, view, "hazard ratio", endpoint, by=((view.by, (levels[place].id,)),)
        )
        for place in context.compared
    )
