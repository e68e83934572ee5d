"""An effect along a number in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

from analysis.effect_along import effect_along
from analysis.stepp import stepp
from callbacks.along.patients import patients_of
from callbacks.curves import axis_of
from callbacks.memory import Memory
from callbacks.ranges import across_of
from data.cohort import Cohort
from data.study import Study
from layouts.along import numbers
from layouts.along.context import AlongContext
from layouts.shared.ranges import Across


def with_ranges(memory: Memory, context: AlongContext) -> AlongContext:
    """The view with the ranges of its numbers, at the same values and in the same windows.

    The permutations are not repeated in every data set.
    """
    study, options = context.study, context.options
    if not study.reconstructions or not context.n:
        return context
    asked = (study, context.view.cohort, context.endpoint.id, options.variable.id)
    more = (context.landmark_days, context.pair, options.window)
    return replace(
        context, across=memory.recall(_ranges, *asked, *more, context.effect, context.stepp)
    )


def _ranges(
    memory: Memory,
    study: Study,
    cohort: Cohort,
    endpoint,
    name,
    landmark,
    pair,
    window,
    effect,
    found,
) -> Across:
    made = []
    for one in study.reconstructions:
        rows, arm = patients_of(one, cohort, endpoint, name, landmark, pair)
        if (arm is None) != (found is None):
            # A data set may have nobody in one of the arms.
            continue
        axis, event = axis_of(memory, one, endpoint, landmark), one.outcomes[endpoint].event
        asked = (axis, event, one.numbers[name])
        at = (effect.quartiles.at,) * 2
        along = effect_along(*asked, rows, arm, log=study.variable(name).log, at=at)
        same = None
        if found is not None:
            same = stepp(*asked, arm, rows, windows=found.windows, draws=0)
        made += numbers.numbers_of(along, same)
    return across_of(len(study.reconstructions), made)
