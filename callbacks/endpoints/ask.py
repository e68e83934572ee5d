"""What the page of all endpoints asks: the survival view of each, and the time gained."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.arm_difference import Difference, rmst_difference
from analysis.restricted_mean import has_mean
from callbacks.endpoints.ranges import with_ranges
from callbacks.memory import LARGE, Memory
from callbacks.survival.ask import ask as ask_survival
from callbacks.survival.counted import counted as survival_counted
from data.address import NO_SPLIT, View
from data.cohort import Cohort
from data.people import cohort_n
from data.study import Study
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.endpoints.options import EndpointsOptions
from layouts.survival.context import SurvivalContext
from layouts.survival.options import SurvivalOptions


def ask(memory: Memory, study: Study, view: View, options: EndpointsOptions) -> EndpointsContext:
    """All endpoints of a study with all that must be said beside them."""
    found = memory.recall(_found, study, view.cohort, view.by, room=LARGE)
    return replace(found, view=view)


def _found(memory: Memory, study: Study, cohort: Cohort, by: str) -> EndpointsContext:
    """From rows, or from counts: all that is asked is the survival view of each endpoint."""
    ask_one = ask_survival if study.counted is None else survival_counted
    view = View("survival", cohort, study.endpoints[0].id, by, ())
    parts = tuple(
        _one(ask_one(memory, study, replace(view, endpoint=one.id), SurvivalOptions()))
        for one in study.endpoints
    )
    context = EndpointsContext(
        study=study,
        view=view,
        split=None if by == NO_SPLIT else study.variable(by),
        parts=parts,
        in_cohort=cohort_n(study, cohort),
    )
    return with_ranges(context)


def _one(survival: SurvivalContext) -> OneEndpoint:
    return OneEndpoint(survival, _gained(survival))


def _gained(survival: SurvivalContext) -> Difference | None:
    """As for two arms: none where one of the groups is too small for a mean."""
    if survival.compared is None:
        return None
    ours, theirs = (survival.result.groups[place].curve for place in survival.compared)
    horizon = survival.result.horizon
    if not (has_mean(ours) and has_mean(theirs) and np.isfinite(horizon)):
        return None
    return rmst_difference(ours, theirs, horizon)
