"""The Response page in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np

from analysis.fisher import fisher_exact
from callbacks.groups import split_codes
from callbacks.memory import VIEWS
from callbacks.response.landmark import landmark_result
from callbacks.survival.ranges import AcrossAnswers, across, group_ranges
from data.cohort import select
from data.study import Study
from layouts.response.context import ResponseContext

Numbers = Iterator[tuple[tuple, float]]


class ResponseAcross:
    """Ranges of the Response page, with a memory.

    Parameters
    ----------
    sets : AcrossAnswers
        The memory of sorted times of each data set.
    parts : mapping of part to function of (study, rows)
        The result of a part for some patients of one data set.
    responders : function of study
        Who had an objective response at any time.
    """

    def __init__(self, sets: AcrossAnswers, parts: dict[str, Callable], responders: Callable):
        self._sets = sets
        self._parts, self._responders = parts, responders
        self._numbers = lru_cache(VIEWS)(self._compute)
        self._landmarks = lru_cache(VIEWS)(self._compute_landmark)

    def __call__(self, context: ResponseContext) -> ResponseContext:
        """The shown part with the ranges of its numbers."""
        study, shown = context.study, context.options.view
        if not study.reconstructions or context.result is None:
            return context
        if shown == "landmark":
            found = self._landmarks(study, context.view, context.options)
            survival = replace(context.result.survival, across=found)
            return replace(context, result=replace(context.result, survival=survival))
        if shown not in ("best", "depth", "by"):
            return context
        names = tuple(v.id for v, *_ in context.result.factors) if shown == "by" else ()
        return replace(context, across=self._numbers(study, context.view.cohort, shown, names))

    def _compute(self, study: Study, cohort, shown: str, names):
        values: dict[tuple, list[float]] = {}
        for one in study.reconstructions:
            rows = select(one, cohort)
            made = (
                self._levels(one, rows, names) if shown == "by" else self._shares(one, rows, shown)
            )
            for key, number in made:
                values.setdefault(key, []).append(number)
        return across(len(study.reconstructions), values.items())

    def _shares(self, study: Study, rows: np.ndarray, shown: str) -> Numbers:
        result = self._parts[shown](study, rows)
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

    def _levels(self, study: Study, rows: np.ndarray, names) -> Numbers:
        """Patients, responders and their share in every level."""
        responded = self._responders(study)
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

    def _compute_landmark(self, study: Study, view, options):
        sets = [
            landmark_result(one, view, options, self._axis_of(one)).survival
            for one in study.reconstructions
        ]
        return group_ranges(sets)

    def _axis_of(self, study: Study) -> Callable:
        return lambda version, study_id, endpoint, day: self._sets.axis(study, endpoint, day)
