"""What the Survival page asks of the analysis: curves, numbers and the test of one view."""

from __future__ import annotations

from dataclasses import replace

from analysis.cox.two_groups import hazard_ratios
from callbacks.curves import survival_groups
from callbacks.groups import in_analysis, landmark_days
from callbacks.incidence import incidence_beside
from callbacks.memory import LARGE, Memory
from callbacks.survival.printed import printed_view
from callbacks.survival.ranges import with_ranges
from data.address import NO_SPLIT, View
from data.at_cut import at_cut
from data.cohort import select
from data.study import Study, Variable
from layouts.survival.context import SurvivalContext
from layouts.survival.options import SurvivalOptions


def ask(memory: Memory, study: Study, view: View, options: SurvivalOptions) -> SurvivalContext:
    """The survival view of a study with all that must be said beside it."""
    if options.cut is not None:
        study = study_at_cut(memory, study, view.by, options.cut)
    endpoint = study.endpoint(view.endpoint)
    landmark = start_day(study, view, options)
    mask = select(study, view.cohort)
    known = mask & study.outcomes[endpoint.id].known
    still = in_analysis(study, endpoint.id, mask, landmark)
    context = SurvivalContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        split=split_by(study, view),
        result=survival_groups(
            memory, study, view.cohort, endpoint.id, view.by, landmark, options.ci
        ),
        in_cohort=int(mask.sum()),
        without_endpoint=int(mask.sum() - known.sum()),
        before_landmark=int(known.sum() - still.sum()),
        landmark_days=landmark,
        incidence=incidence_beside(memory, study, view.cohort, endpoint.id, view.by, landmark),
    )
    context = with_ranges(memory, with_ratio(context))
    if options.cut is not None:
        return context
    return replace(context, printed=printed_view(memory, context))


def study_at_cut(memory: Memory, study: Study, name: str, cut: float) -> Study:
    """The study with a number cut somewhere else, in all data sets that fit its publication."""
    return memory.recall(_at_cut, study, name, cut, room=LARGE)


def _at_cut(memory: Memory, study: Study, name: str, cut: float) -> Study:
    return at_cut(study, name, cut)


def split_by(study: Study, view: View) -> Variable | None:
    """The variable that makes the groups of a view."""
    return None if view.by == NO_SPLIT else study.variable(view.by)


def start_day(study: Study, view: View, options: SurvivalOptions) -> int | None:
    """The day from which time is counted; None from the start."""
    days = (landmark_days(study, view), options.alive_days)
    return max((day for day in days if day is not None), default=None)


def with_ratio(context: SurvivalContext) -> SurvivalContext:
    """The view with the hazard ratio of two groups, if it has two."""
    if not context.compared:
        return context
    (ratio,) = hazard_ratios([context.result.table], *context.compared)
    return replace(context, ratio=ratio)
