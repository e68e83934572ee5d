"""The occupation of the three states in each arm of a study, not remembered."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from analysis.multistate import occupation
from callbacks.groups import arm_columns
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.states.context import Arm


def arms_of(study: Study, cohort: Cohort) -> tuple[Arm, ...]:
    """Every arm with patients who have both endpoints; all patients where there are no two."""
    response = study.comparison.response
    death, progression = (study.outcomes[one] for one in (response.survival, response.progression))
    used = select(study, cohort) & death.known & progression.known
    places = sorted(
        arm_columns(study, cohort.analysis_set), key=lambda one: study.arms[one[1]].reference
    )
    groups = [(label, place, used & (study.codes[ARM] == place)) for label, place in places]
    groups = [one for one in groups if one[2].any()]
    if not groups and used.any():
        groups = [("All patients", 0, used)]
    return tuple(
        Arm(label, place, _occupied(death, progression, rows)) for label, place, rows in groups
    )


def _occupied(death, progression, rows: np.ndarray):
    return occupation(
        progression.time[rows],
        progression.event[rows] == 1,
        # Who is known to have progressed was followed until then.
        np.maximum(
            death.time[rows], np.where(progression.event[rows] == 1, progression.time[rows], 0)
        ),
        death.event[rows] == 1,
    )


def follow_up(arms: Iterable[Arm]) -> float:
    """The shortest of the arms' follow-ups, in days."""
    return min((float(one.found.time[-1]) for one in arms), default=math.inf)
