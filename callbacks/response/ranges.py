"""The Response page in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from analysis.fisher import fisher_exact
from callbacks.groups import split_codes
from callbacks.memory import Memory
from callbacks.ranges import across
from callbacks.response.landmark import landmark_result
from callbacks.response.parts import best_result, depth_result, responders
from callbacks.survival.ranges import group_ranges
from data.cohort import select
from data.study import Study
from layouts.response.context import ResponseContext
from layouts.shared.ranges import Across

Numbers = Iterator[tuple[tuple, float]]


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
    found = memory.recall(_numbers, study, context.view.cohort, shown, names)
    return replace(context, across=found)


def _numbers(memory: Memory, study: Study, cohort, shown: str, names) -> Across:
    values: dict[tuple, list[float]] = {}
    for one in study.reconstructions:
        rows = select(one, cohort)
        made = _levels(one, rows, names) if shown == "by" else _shares(one, rows, shown)
        for key, number in made:
            values.setdefault(key, []).append(number)
    return across(len(study.reconstructions), values.items())


def _shares(study: Study, rows: np.ndarray, shown: str) -> Numbers:
    result = best_result(study, rows) if shown == "best" else depth_result(study, rows)
    shares = result.categories + result.sums if shown == "best" else result.rows
    for row in shares:
        for group, rate in enumerate(row.rates):
            yield ("rate", row.name, group), rate.value
        if row.fisher is not None:
            yield ("fisher", row.name), row.fisher.p_value
            yield ("chi-square", row.name), row.chi_square.p_value
    if shown == "depth":
        for group, spread in enumerate(result.spreads):
            yield ("change", group), spread.median


def _levels(study: Study, rows: np.ndarray, names) -> Numbers:
    """Patients, responders and their share in every level."""
    responded = responders(study)
    n, yes = int(rows.sum()), int((rows & responded).sum())
    yield from ((("n",), n), (("responders",), yes), (("rate",), yes / n if n else np.nan))
    for name in names:
        codes, labels = split_codes(study, study.variable(name))
        table = []
        for level in range(len(labels)):
            there = rows & (codes == level)
            n, yes = int(there.sum()), int((there & responded).sum())
            table.append((yes, n - yes))
            yield ("n", name, level), n
            yield ("responders", name, level), yes
            yield ("rate", name, level), yes / n if n else np.nan
        yield ("fisher", name), fisher_exact(np.array(table)).p_value


def _landmark(memory: Memory, study: Study, view, options) -> Across:
    sets = [landmark_result(memory, one, view, options).survival for one in study.reconstructions]
    return group_ranges(sets)
