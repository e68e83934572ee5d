"""The overview in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from callbacks.groups import landmark_days
from callbacks.memory import VIEWS
from callbacks.overview.counts import (
    arm_columns,
    endpoint_view,
    groups_of,
    patients_of,
    response_card,
)
from callbacks.printed import is_printed, who
from callbacks.survival.ranges import AcrossAnswers, across
from data.address import NO_SPLIT, View
from data.cohort import Cohort
from data.study import ARM, Study
from layouts.overview.context import OverviewContext
from layouts.shared.ranges import Across


class OverviewAcross:
    """Ranges of the Overview page, with a memory.

    Parameters
    ----------
    sets : AcrossAnswers
        The memory of survival by group in each data set.
    """

    def __init__(self, sets: AcrossAnswers):
        self._sets = sets
        self._table = lru_cache(VIEWS)(self._compute_table)

    def __call__(self, context: OverviewContext) -> OverviewContext:
        """The view with the ranges of its cards and of Table 1."""
        study, view = context.study, context.view
        if not study.reconstructions:
            return context
        names = tuple(row.variable.id for row in context.rows)
        found = dict(self._table(study, view.cohort, names).ranges)
        for card in context.endpoints:
            found |= self._endpoint(study, view, card.endpoint.id).ranges
        return replace(context, across=Across(len(study.reconstructions), found))

    def _endpoint(self, study: Study, view: View, endpoint: str) -> Across:
        asked = endpoint_view(view, endpoint, NO_SPLIT)
        landmark = landmark_days(study, asked)
        sets = study.reconstructions
        values = self._sets.medians(study, view.cohort, endpoint, landmark)
        found = across(len(sets), values)
        columns = [
            (),
            *(
                ((ARM, (study.arms[place].level,)),)
                for _, place in arm_columns(study, view.cohort.analysis_set)
            ),
        ]
        kept = {
            (name, endpoint, column): one
            for (name, column), one in found.ranges.items()
            if name == "card-events"
            or landmark is not None
            or not is_printed(study, asked, "survival median", endpoint, group=columns[column])
        }
        return Across(len(sets), kept)

    def _compute_table(self, study: Study, cohort: Cohort, names) -> Across:
        view = View("", cohort, "", NO_SPLIT)
        arms = arm_columns(study, cohort.analysis_set)
        values: dict[tuple, list[float]] = {}
        for one in study.reconstructions:
            groups = groups_of(one, patients_of(one, view), arms)
            for key, number in _numbers(one, groups, names):
                values.setdefault(key, []).append(number)
        kept = {
            key: numbers
            for key, numbers in values.items()
            if not _printed(study, cohort, arms, key)
        }
        return across(len(study.reconstructions), kept.items())


def _numbers(study: Study, groups, names):
    """(key, number) pairs of Table 1 and of the response card in one data set."""
    yield from ((("n", column), int(group.sum())) for column, group in enumerate(groups))
    card = response_card(study, groups)
    if card is not None:
        for column, one in enumerate((card.whole, *card.arms)):
            yield ("share", column), one.value
    for name in names:
        variable = study.variable(name)
        if variable.is_number:
            for column, group in enumerate(groups):
                known = study.numbers[name][group]
                known = known[np.isfinite(known)]
                yield ("median", name, column), np.median(known) if known.size else np.nan
                yield ("mean", name, column), known.mean() if known.size else np.nan
            continue
        size = len(variable.levels) + 1
        for column, group in enumerate(groups):
            # -1 (missing) is counted in the last place.
            counts = np.bincount(study.codes[name][group] % size, minlength=size)
            for level, n in enumerate(counts.tolist()):
                yield ("count", name, level, column), n


def _printed(study: Study, cohort: Cohort, arms, key: tuple) -> bool:
    """Whether the publication prints the median or mean of a number."""
    if key[0] not in ("median", "mean") or who(study, cohort) is None:
        return False
    _, name, column = key
    group = ()
    if column:
        group = ((ARM, (study.arms[arms[column - 1][1]].level,)),)
    view = View("", cohort, "", NO_SPLIT)
    return is_printed(study, view, key[0], name, group=group)
