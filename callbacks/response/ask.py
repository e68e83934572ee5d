"""What the Response page asks of the analysis: the part that is shown, and no other."""

from __future__ import annotations

import numpy as np

from callbacks.memory import Memory
from callbacks.response.landmark import landmark_obstacle, landmark_result
from callbacks.response.parts import (
    best_result,
    by_result,
    course_result,
    depth_result,
    groups_in_view,
)
from callbacks.response.ranges import with_ranges
from data.address import View
from data.cohort import Cohort, select
from data.study import Study
from layouts.response.context import ResponseContext
from layouts.response.options import ResponseOptions
from layouts.shared.nobody import nobody


def ask(memory: Memory, study: Study, view: View, options: ResponseOptions) -> ResponseContext:
    """The part that the options show, with all that must be said beside it."""
    rows = select(study, view.cohort)
    shown = options.view
    obstacle = _obstacle(study, view, shown, rows)
    result = None
    if shown == "landmark" and not obstacle:
        result = landmark_result(memory, study, view, options)
    elif not obstacle:
        # Only what a part depends on is part of the question.
        asked = {"course": options.show, "by": view.by}.get(shown, "")
        result = memory.recall(_part, study, view.cohort, shown, asked)
    context = ResponseContext(
        study=study,
        view=view,
        options=options,
        endpoint=study.endpoint(view.endpoint) if shown == "landmark" else None,
        groups=groups_in_view(study, rows),
        in_cohort=int(rows.sum()),
        result=result,
        obstacle=obstacle,
    )
    return with_ranges(memory, context)


def _part(memory: Memory, study: Study, cohort: Cohort, shown: str, asked: str):
    rows = select(study, cohort)
    if shown == "by":
        return by_result(study, rows, asked)
    if shown == "course":
        return course_result(study, rows, asked)
    return {"best": best_result, "depth": depth_result}[shown](study, rows)


def _obstacle(study: Study, view: View, shown: str, rows: np.ndarray) -> str:
    """Why a part cannot be shown, in one sentence."""
    response = study.comparison.response
    if response is None:
        return "This study has no response to treatment."
    if not rows.any():
        return nobody(study, view.cohort)
    if shown == "depth" and not response.depth:
        why = (
            ""
            if study.single_patients
            else (", and is disclosure-controlled: no chart has a mark for each single patient")
        )
        return f"{study.title} does not record the depth of response{why}."
    if shown == "by" and view.by == response.variable:
        return "This variable is the response itself. Choose another one."
    return landmark_obstacle(study, view) if shown == "landmark" else ""
