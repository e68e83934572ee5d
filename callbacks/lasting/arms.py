"""What the responses of each arm of a study do, not remembered."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from analysis.competing_risks import competing_risks
from analysis.multistate import occupation
from analysis.survival import kaplan_meier
from callbacks.groups import arm_columns
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.lasting import numbers
from layouts.lasting.context import Arm


def arms_of(study: Study, cohort: Cohort) -> tuple[tuple[Arm, ...], int]:
    """Every arm with patients whose days are known, and how many responders have no day."""
    declared = study.comparison.response
    death, progression = (study.outcomes[one] for one in (declared.survival, declared.progression))
    levels = study.variable(declared.variable).levels
    wanted = [i for i, one in enumerate(levels) if one.id in declared.responders]
    yes = np.isin(study.codes[declared.variable], wanted)
    day = np.round(study.numbers[declared.time] * numbers.MONTH)
    used = select(study, cohort) & death.known & progression.known
    undated = used & yes & ~np.isfinite(day)
    used = used & ~undated
    # A response ends with progression or death, whichever is first.
    progressed = progression.event == 1
    end = np.where(progressed, np.minimum(progression.time, death.time), death.time)
    ended = progressed | (death.event == 1)
    day = np.where(yes & np.isfinite(day), day, np.inf)
    places = sorted(
        arm_columns(study, cohort.analysis_set), key=lambda one: study.arms[one[1]].reference
    )
    groups = [(label, place, used & (study.codes[ARM] == place)) for label, place in places]
    groups = [one for one in groups if one[2].any()]
    if not groups and used.any():
        groups = [("All patients", 0, used)]
    made = [
        arm_of(label, place, day[rows], end[rows], ended[rows]) for label, place, rows in groups
    ]
    return tuple(made), int(undated.sum())


def arm_of(label: str, place: int, day: np.ndarray, end: np.ndarray, ended: np.ndarray) -> Arm:
    """What one arm's responses do.

    Parameters
    ----------
    day, end : (N,) arrays of float
        Days to the response, infinite without one, and to progression, death or last follow-up.
    ended : (N,) array of bool
        Whether that was progression or death.
    """
    # A response that is dated on or after its end was never seen to last.
    yes = day < end
    at = np.where(yes, day, end)
    first = np.where(yes, 1, np.where(ended, 2, 0))
    duration = None
    if yes.any():
        duration = kaplan_meier((end - at)[yes], ended[yes].astype(int))
    return Arm(
        label,
        place,
        occupation(at, yes, end, ended),
        competing_risks(at, first),
        duration,
        int(yes.sum()),
    )


def follow_up(arms: Iterable[Arm]) -> float:
    """The shortest of the arms' follow-ups, in days."""
    return min((float(one.states.time[-1]) for one in arms), default=math.inf)
