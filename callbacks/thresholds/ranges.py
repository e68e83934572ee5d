"""A threshold in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.cox.two_groups import HazardRatio, hazard_ratios
from analysis.survival_groups import SurvivalGroups, survival_by_group
from callbacks.curves import axis_of
from callbacks.groups import in_analysis
from callbacks.memory import LARGE, Memory
from callbacks.ranges import across_of
from data.cohort import select
from data.study import Study
from layouts.thresholds import numbers
from layouts.thresholds.context import ThresholdContext


def with_ranges(memory: Memory, context: ThresholdContext) -> ThresholdContext:
    """The view with the ranges of its numbers at the same threshold.

    What depends on all thresholds is not repeated in every data set.
    """
    study, options = context.study, context.options
    if not study.reconstructions:
        return context
    asked = (study, context.view.cohort, context.endpoint.id, options.variable.id)
    sets = memory.recall(_of_sets, *asked, context.landmark_days, options.cut, room=LARGE)
    found = [
        number
        for one, ratio in zip(sets, ratios_of(sets), strict=True)
        for number in numbers.numbers_of(one, ratio)
    ]
    return replace(context, across=across_of(len(sets), found))


def ratios_of(sets: tuple[SurvivalGroups, ...]) -> list[HazardRatio | None]:
    """At or above against below in each data set; None where one side is empty."""
    both = [one.table for one in sets if one.table.n.all()]
    found = iter(hazard_ratios(both, 1, 0) if both else ())
    return [next(found) if one.table.n.all() else None for one in sets]


def _of_sets(
    memory: Memory, study: Study, cohort, endpoint: str, name: str, landmark, cut: float
) -> tuple[SurvivalGroups, ...]:
    made = []
    for one in study.reconstructions:
        value = one.numbers[name]
        rows = in_analysis(one, endpoint, select(one, cohort), landmark) & np.isfinite(value)
        above = np.where(rows, value >= cut, -1).astype(np.int64)
        axis, event = axis_of(memory, one, endpoint, landmark), one.outcomes[endpoint].event
        made.append(survival_by_group(axis, event, above, ("below", "above"), rows))
    return tuple(made)
