"""One interaction in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.cox.many import many_interactions
from callbacks.groups import in_analysis, split_codes
from callbacks.memory import Memory
from callbacks.ranges import across_of
from callbacks.stacked import stacked, stacked_arms, stacked_codes
from data.cohort import Cohort, select
from data.study import Study
from layouts.credibility import numbers
from layouts.shared.ranges import Across
from layouts.subgroups.context import SubgroupContext


def with_ranges(memory: Memory, context: SubgroupContext, position: int) -> SubgroupContext:
    """The view of all subgroups with the ranges of one interaction and of its levels' effects."""
    study = context.study
    if not study.reconstructions:
        return context
    asked = (study, context.view.cohort, context.endpoint.id, context.landmark_days, context.pair)
    name = context.variables[position].id
    return replace(context, across=memory.recall(_ranges, *asked, name, position))


def _ranges(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark, pair, name, position: int
) -> Across:
    sets = study.reconstructions
    arm = stacked_arms(memory, study, cohort.analysis_set, pair)
    if arm is None:
        return across_of(len(sets), ())
    rows = np.concatenate(
        [in_analysis(one, endpoint, select(one, cohort), landmark) for one in sets]
    )
    data, codes = stacked(memory, study, endpoint, landmark), stacked_codes(memory, study, name)
    n_levels = len(split_codes(study, study.variable(name))[1])
    asked = (data.axis, data.event, data.data_set, arm, codes, len(sets), n_levels, rows)
    found = many_interactions(*asked)
    return across_of(len(sets), numbers.numbers_of(position, found))
