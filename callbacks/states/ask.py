"""What the states page asks of the analysis: the occupation of three states in each arm."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from analysis.multistate import occupation
from callbacks.groups import arm_columns
from callbacks.memory import LARGE, Memory
from callbacks.ranges import across_of
from data.address import View
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.shared.nobody import nobody
from layouts.shared.ranges import NOTHING, Across
from layouts.states import numbers
from layouts.states.context import Arm, StatesContext
from layouts.states.page import StatesOptions


def ask(memory: Memory, study: Study, view: View, options: StatesOptions) -> StatesContext:
    """The states of the patients on screen."""
    rows = select(study, view.cohort)
    context = StatesContext(study, view, (), 0.0, int(rows.sum()), 0, "")
    response = study.comparison.response
    if response is None or not response.survival:
        said = (
            f"{study.title} does not name endpoints of death alone and of progression alone, from "
            "which the states follow."
        )
        return replace(context, obstacle=said)
    if not rows.any():
        return replace(context, obstacle=nobody(study, view.cohort))
    arms = memory.recall(_arms, study, view.cohort, room=LARGE)
    if not arms:
        return replace(context, obstacle="No patient on screen has both endpoints.")
    tau, across = follow_up(arms), NOTHING
    if study.reconstructions:
        tau, across = memory.recall(_across, study, view.cohort, tau)
    return replace(
        context,
        arms=arms,
        tau=tau,
        known=sum(one.found.n for one in arms),
        origin=study.endpoint(response.survival).origin,
        across=across,
    )


def _arms(memory: Memory, study: Study, cohort: Cohort) -> tuple[Arm, ...]:
    return arms_of(study, cohort)


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


def _across(memory: Memory, study: Study, cohort: Cohort, tau: float) -> tuple[float, Across]:
    """Ranges up to a day that is within the follow-up of every data set, and that day."""
    sets = [arms_of(one, cohort) for one in study.reconstructions]
    tau = min([tau, *map(follow_up, sets)])
    found = (number for arms in sets for number in numbers.numbers_of(arms, tau))
    return tau, across_of(len(sets), found)
