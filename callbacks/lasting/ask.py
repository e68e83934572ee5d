"""What the page of lasting responses asks of the analysis."""

from __future__ import annotations

from dataclasses import replace

from callbacks.lasting.arms import arms_of, follow_up
from callbacks.lasting.ranges import lasting_across
from callbacks.memory import LARGE, Memory
from data.address import View
from data.cohort import Cohort, select
from data.study import Study
from layouts.lasting.context import Arm, LastingContext
from layouts.lasting.page import LastingOptions
from layouts.shared.nobody import nobody
from layouts.shared.ranges import NOTHING


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
        tau, across = memory.recall(lasting_across, study, view.cohort, tau)
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
