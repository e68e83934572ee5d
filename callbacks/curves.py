"""Sorted times and survival by group, of one study or of all data sets that fit its publication."""

from __future__ import annotations

import numpy as np

from analysis.event_table import TimeAxis, time_axis
from analysis.survival_groups import SurvivalGroups, survival_by_group
from callbacks.groups import in_analysis, split_codes
from callbacks.memory import LARGE, Memory
from data.address import NO_SPLIT
from data.cohort import Cohort, select
from data.study import Study


def axis_of(memory: Memory, study: Study, endpoint: str, landmark: int | None) -> TimeAxis:
    """Times sorted once for each study, endpoint and landmark; reused by every filter."""
    return memory.recall(_axis, study, endpoint, landmark)


def survival_groups(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, by: str, landmark, ci: str
) -> SurvivalGroups:
    """Survival of a cohort by the levels of a variable, or of all its patients."""
    return memory.recall(_groups, study, cohort, endpoint, by, landmark, ci)


def survival_of_sets(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, by: str, landmark, ci: str
) -> tuple[SurvivalGroups, ...]:
    """The same in each data set that fits the publication; empty for a study with one only."""
    return memory.recall(_of_sets, study, cohort, endpoint, by, landmark, ci, room=LARGE)


def _axis(memory: Memory, study: Study, endpoint: str, landmark: int | None) -> TimeAxis:
    time = study.outcomes[endpoint].time
    return time_axis(time if landmark is None else np.maximum(time - landmark, 0))


def _groups(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, by: str, landmark, ci: str
) -> SurvivalGroups:
    rows = in_analysis(study, endpoint, select(study, cohort), landmark)
    codes, labels = None, ("All patients",)
    if by != NO_SPLIT:
        codes, labels = split_codes(study, study.variable(by))
    axis = axis_of(memory, study, endpoint, landmark)
    return survival_by_group(
        axis, study.outcomes[endpoint].event, codes, labels, rows, conf_type=ci
    )


def _of_sets(memory: Memory, study: Study, *asked) -> tuple[SurvivalGroups, ...]:
    # Twenty results that are kept together need no places of their own.
    return tuple(_groups(memory, one, *asked) for one in study.reconstructions)
