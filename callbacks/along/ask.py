"""What the effect along a number asks of the analysis."""

from __future__ import annotations

from dataclasses import replace

from analysis.effect_along import EffectAlong, effect_along
from analysis.stepp import Stepp, stepp
from callbacks.along.patients import patients_of
from callbacks.along.ranges import with_ranges
from callbacks.curves import axis_of
from callbacks.groups import in_analysis, landmark_days
from callbacks.memory import Memory
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.patient_groups import Pair
from data.study import Study
from layouts.along.context import AlongContext
from layouts.along.options import AlongOptions, numbers_known_before
from layouts.shared.pairs import first_pair


def ask(memory: Memory, study: Study, view: View, options: AlongOptions) -> AlongContext:
    """The effect along a number with all that must be said beside it."""
    endpoint, variable = study.endpoint(view.endpoint), options.variable
    landmark = landmark_days(study, replace(view, by=NO_SPLIT))
    mask = select(study, view.cohort)
    known = in_analysis(study, endpoint.id, mask, landmark)
    pair = first_pair(study, options.pair)
    context = AlongContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        effect=None,
        stepp=None,
        pair=None,
        in_cohort=int(mask.sum()),
        with_endpoint=int(known.sum()),
        without_value=0,
        landmark_days=landmark,
        numbers=len(numbers_known_before(study)),
    )
    if variable is None or not context.with_endpoint:
        return context
    asked = (study, view.cohort, endpoint.id, variable.id, landmark, pair)
    pair, effect, windows = memory.recall(_found, *asked, options.window)
    left_out = context.with_endpoint - effect.n
    context = replace(context, pair=pair, effect=effect, stepp=windows, without_value=left_out)
    return with_ranges(memory, context)


def _found(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, name, landmark, pair, window: int
) -> tuple[Pair | None, EffectAlong, Stepp | None]:
    rows, arm = patients_of(study, cohort, endpoint_id, name, landmark, pair)
    outcome, axis = study.outcomes[endpoint_id], axis_of(memory, study, endpoint_id, landmark)
    value, log = study.numbers[name], study.variable(name).log
    effect = effect_along(axis, outcome.event, value, rows, arm, log=log)
    if arm is None:
        return None, effect, None
    return pair, effect, stepp(axis, outcome.event, value, arm, rows, least_events=window)
