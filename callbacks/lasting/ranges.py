"""Lasting responses in each data set that fits a publication equally well."""

from __future__ import annotations

from callbacks.lasting.arms import arms_of, follow_up
from callbacks.memory import Memory
from callbacks.ranges import across_of
from data.cohort import Cohort
from data.study import Study
from layouts.lasting import numbers
from layouts.shared.ranges import Across


def lasting_across(
    memory: Memory, study: Study, cohort: Cohort, tau: float
) -> tuple[float, Across]:
    """Ranges up to a day that is within the follow-up of every data set, and that day."""
    sets = [arms_of(one, cohort)[0] for one in study.reconstructions]
    tau = min([tau, *map(follow_up, sets)])
    found = (number for arms in sets for number in numbers.numbers_of(arms, tau))
    return tau, across_of(len(sets), found)
