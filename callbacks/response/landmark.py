"""Survival by response from a landmark on: who is in it, in which group, and who is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.response_time import NOT_YET, UNKNOWN, landmark_groups
from analysis.survival_groups import survival_by_group
from callbacks.curves import axis_of
from callbacks.groups import landmark_days
from callbacks.memory import Memory
from data.address import NO_SPLIT, View
from data.cohort import select
from data.study import Level, Study, Variable
from layouts.response.context import LandmarkResult
from layouts.response.options import (
    ResponseOptions,
    has_times,
    known_by_days,
    month_days,
    own_landmark_days,
)
from layouts.shared.words import DAYS_PER
from layouts.survival.context import SurvivalContext
from layouts.survival.options import SurvivalOptions


def landmark_obstacle(study: Study, view: View) -> str:
    """Why there is no landmark analysis, in one sentence; empty where there is one."""
    endpoint = study.endpoint(view.endpoint)
    if endpoint.later_origin:
        return (
            f"{endpoint.name} is counted from {endpoint.origin}, not from the start of treatment: "
            "a landmark cannot be set on it. Choose another endpoint."
        )
    if not has_times(study) and known_by_days(study) is None:
        return (
            f"{study.title} says neither when patients responded nor by which day the response is "
            "known, so that no landmark can be set; without one, who lived longer would have had "
            "more time to respond."
        )
    return ""


def landmark_result(
    memory: Memory, study: Study, view: View, options: ResponseOptions
) -> LandmarkResult:
    """Curves from the landmark on, for whoever was still followed without the event."""
    endpoint = study.endpoint(view.endpoint)
    outcome = study.outcomes[endpoint.id]
    chosen, day = _days(study, view, options)
    rows = select(study, view.cohort)
    known = rows & outcome.known
    still = known & (outcome.time > day)
    responder, when = _responses(study)
    codes = landmark_groups(responder, when, day)
    split = _split(day)
    result = survival_by_group(
        axis_of(memory, study, endpoint.id, day),
        outcome.event,
        codes,
        tuple(level.label for level in split.levels),
        still,
        conf_type=options.ci,
    )
    gone = known & ~still
    survival = SurvivalContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=SurvivalOptions(ci=options.ci),
        split=split,
        result=result,
        in_cohort=int(rows.sum()),
        without_endpoint=int((rows & ~known).sum()),
        before_landmark=int(gone.sum()),
        landmark_days=day,
    )
    return LandmarkResult(
        survival,
        at_event=int((gone & (outcome.event == 1)).sum()),
        censored=int((gone & (outcome.event == 0)).sum()),
        later=int((still & responder & (codes == NOT_YET)).sum()),
        unknown=int((still & (codes == UNKNOWN)).sum()),
        raised=day > chosen,
    )


def _days(study: Study, view: View, options: ResponseOptions) -> tuple[int, int]:
    """The chosen landmark, and the one that is used: what filters look at is known by it too."""
    chosen = own_landmark_days(study) if options.month is None else month_days(options.month)
    filtered = landmark_days(study, replace(view, by=NO_SPLIT)) or 0
    return chosen, max(chosen, filtered)


def _responses(study: Study) -> tuple[np.ndarray, np.ndarray | None]:
    """Who responded, and on which day; None where the study does not record the day."""
    response = study.comparison.response
    best = study.variable(response.variable)
    wanted = [i for i, level in enumerate(best.levels) if level.id in response.responders]
    responder = np.isin(study.codes[best.id], wanted)
    if not response.time:
        return responder, None
    return responder, np.round(study.numbers[response.time] * DAYS_PER["months"])


def _split(day: int) -> Variable:
    """Response by the landmark, as the variable that it is on the screen."""
    levels = (
        Level("response", "", "Response"),
        Level("no-response", "", "No response"),
    )
    return Variable(
        "response-by-landmark", "", f"By day {day}", "categorical", "", levels, after_baseline=True
    )
