"""What the page of lasting responses asks of the analysis."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from analysis.competing_risks import competing_risks
from analysis.multistate import occupation
from analysis.survival import kaplan_meier
from callbacks.groups import arm_columns
from callbacks.memory import LARGE, Memory
from callbacks.ranges import across_of
from data.address import View
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.lasting import numbers
from layouts.lasting.context import Arm, LastingContext
from layouts.lasting.page import LastingOptions
from layouts.shared.nobody import nobody
from layouts.shared.ranges import NOTHING, Across


def ask(memory: Memory, study: Study, view: View, options: LastingOptions) -> LastingContext:
    """Lasting responses of the patients on screen."""
    rows = select(study, view.cohort)
    context = LastingContext(study, view, (), 0.0, int(rows.sum()), 0, 0, "")
    if said := _missing(study):
        return replace(context, obstacle=said)
    if not rows.any():
        return replace(context, obstacle=nobody(study, view.cohort))
    arms, undated = memory.recall(_arms, study, view.cohort, room=LARGE)
    if not arms:
        said = "Of no patient on screen the days of response, progression and death are known."
        return replace(context, obstacle=said)
    tau, across = follow_up(arms), NOTHING
    if study.reconstructions:
        tau, across = memory.recall(_across, study, view.cohort, tau)
    return replace(
        context,
        arms=arms,
        tau=tau,
        known=sum(one.states.n for one in arms),
        undated=undated,
        origin=study.endpoint(study.comparison.response.survival).origin,
        across=across,
    )


def _missing(study: Study) -> str:
    """What the study does not record; empty where it records all."""
    response = study.comparison.response
    if response is None:
        return f"{study.title} has no response to treatment."
    if not response.time:
        return (
            f"{study.title} does not record on which day patients responded, so that nobody knows "
            "how long a response lasted."
        )
    if not response.survival:
        return (
            f"{study.title} does not name endpoints of death alone and of progression alone, with "
            "which a response ends."
        )
    return ""


def _arms(memory: Memory, study: Study, cohort: Cohort) -> tuple[tuple[Arm, ...], int]:
    return arms_of(study, cohort)


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


def _across(memory: Memory, study: Study, cohort: Cohort, tau: float) -> tuple[float, Across]:
    """Ranges up to a day that is within the follow-up of every data set, and that day."""
    sets = [arms_of(one, cohort)[0] for one in study.reconstructions]
    tau = min([tau, *map(follow_up, sets)])
    found = (number for arms in sets for number in numbers.numbers_of(arms, tau))
    return tau, across_of(len(sets), found)
