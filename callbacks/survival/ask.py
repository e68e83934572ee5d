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
from data.study import Study
from layouts.survival.context import SurvivalContext
from layouts.survival.options import SurvivalOptions


def ask(memory: Memory, study: Study, view: View, options: SurvivalOptions) -> SurvivalContext:
    """The survival view of a study with all that must be said beside it."""
    if options.cut is not None:
        study = study_at_cut(memory, study, view.by, options.cut)
    endpoint = study.endpoint(view.endpoint)
    split = None if view.by == NO_SPLIT else study.variable(view.by)
    landmark = _start(landmark_days(study, view), options.alive_days)
    mask = select(study, view.cohort)
    known = mask & study.outcomes[endpoint.id].known
    still = in_analysis(study, endpoint.id, mask, landmark)
    context = SurvivalContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        split=split,
        result=survival_groups(
            memory, study, view.cohort, endpoint.id, view.by, landmark, options.ci
        ),
        in_cohort=int(mask.sum()),
        without_endpoint=int(mask.sum() - known.sum()),
        before_landmark=int(known.sum() - still.sum()),
        landmark_days=landmark,
        incidence=incidence_beside(memory, study, view.cohort, endpoint.id, view.by, landmark),
    )
    if context.compared:
        (ratio,) = hazard_ratios([context.result.table], *context.compared)
        context = replace(context, ratio=ratio)
    context = with_ranges(memory, context)
    if options.cut is not None:
        return context
    return replace(context, printed=printed_view(memory, context))


def study_at_cut(memory: Memory, study: Study, name: str, cut: float) -> Study:
    """The study with a number cut somewhere else, in all data sets that fit its publication."""
    return memory.recall(_at_cut, study, name, cut, room=LARGE)


def _at_cut(memory: Memory, study: Study, name: str, cut: float) -> Study:
    return at_cut(study, name, cut)


def _start(*days: int | None) -> int | None:
    """The last of some days; None where there is none."""
    return max((day for day in days if day is not None), default=None)
