"""What the states page asks of the analysis: the occupation of three states in each arm."""

from __future__ import annotations

from dataclasses import replace

from callbacks.memory import LARGE, Memory
from callbacks.states.arms import arms_of, follow_up
from callbacks.states.ranges import states_across
from data.address import View
from data.cohort import Cohort, select
from data.study import Study
from layouts.shared.nobody import nobody
from layouts.shared.ranges import NOTHING
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
        tau, across = memory.recall(states_across, study, view.cohort, tau)
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
