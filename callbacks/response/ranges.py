"""The Response page in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from analysis.fisher import fisher_exact
from callbacks.groups import split_codes
from callbacks.memory import Memory
from callbacks.ranges import across_of
from callbacks.response.landmark import landmark_result
from callbacks.response.parts import best_result, depth_result, responders
from data.cohort import select
from data.study import Study
from layouts.response import numbers
from layouts.response.context import ResponseContext
from layouts.shared.numbers import Number, count_below
from layouts.shared.ranges import Across
from layouts.survival.numbers import numbers_of as survival_numbers


def with_ranges(memory: Memory, context: ResponseContext) -> ResponseContext:
    """The shown part with the ranges of its numbers."""
    study, shown = context.study, context.options.view
    if not study.reconstructions or context.result is None:
        return context
    if shown == "landmark":
        found = memory.recall(_landmark, study, context.view, context.options)
        survival = replace(context.result.survival, across=found)
        return replace(context, result=replace(context.result, survival=survival))
    if shown not in ("best", "depth", "by"):
        return context
    names = tuple(v.id for v, *_ in context.result.factors) if shown == "by" else ()
    found = memory.recall(_ranges, study, context.view.cohort, shown, names)
    return replace(context, across=found)


def _ranges(memory: Memory, study: Study, cohort, shown: str, names) -> Across:
    sets = study.reconstructions
    return across_of(
        len(sets), [number for one in sets for number in _numbers(one, cohort, shown, names)]
    )


def _numbers(study: Study, cohort, shown: str, names) -> Iterable[Number]:
    rows = select(study, cohort)
    if shown == "by":
        return _of_levels(study, rows, names)
    made = {"best": best_result, "depth": depth_result}
    return numbers.numbers_of(made[shown](study, rows))


def _of_levels(study: Study, rows: np.ndarray, names) -> Iterator[Number]:
    """Patients, responders and their share in every level; no range needs an interval."""
    responded = responders(study)
    yield from numbers.of_level(numbers.EVERYBODY, *_counted(rows, responded))
    p_values = []
    for name in names:
        codes, labels = split_codes(study, study.variable(name))
        found = [_counted(rows & (codes == level), responded) for level in range(len(labels))]
        for level, (n, yes) in enumerate(found):
            yield from numbers.of_level((name, level), n, yes)
        table = np.array([(yes, n - yes) for n, yes in found])
        p_values.append(fisher_exact(table).p_value)
        yield numbers.of_factor(name, p_values[-1])
    yield count_below(numbers.FOUND, p_values)


def _counted(there: np.ndarray, responded: np.ndarray) -> tuple[int, int]:
    return int(there.sum()), int((there & responded).sum())


def _landmark(memory: Memory, study: Study, view, options) -> Across:
    sets = [landmark_result(memory, one, view, options) for one in study.reconstructions]
    horizon = sets[0].survival.result.horizon
    found = [
        number
        for one in sets
        for number in survival_numbers(one.survival.result, one.survival.options, horizon)
    ]
    return across_of(len(sets), found)
