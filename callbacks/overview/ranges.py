"""The overview in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.event_table import event_table
from analysis.survival import kaplan_meier_from_table
from callbacks.curves import axis_of
from callbacks.groups import arm_columns, in_analysis, landmark_days
from callbacks.memory import Memory
from callbacks.overview.counts import endpoint_view, groups_of, patients_of, response_card
from callbacks.printed import is_printed, who
from callbacks.ranges import across
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.overview.context import OverviewContext
from layouts.shared.ranges import Across


def with_ranges(memory: Memory, context: OverviewContext) -> OverviewContext:
    """The view with the ranges of its cards and of Table 1."""
    study, view = context.study, context.view
    if not study.reconstructions:
        return context
    names = tuple(row.variable.id for row in context.rows)
    found = dict(memory.recall(_table, study, view.cohort, names).ranges)
    for card in context.endpoints:
        found |= _endpoint(memory, study, view, card.endpoint.id)
    return replace(context, across=Across(len(study.reconstructions), found))


def _endpoint(memory: Memory, study: Study, view: View, endpoint: str) -> dict:
    """Ranges of a card's median and events, by card, endpoint and column."""
    asked = endpoint_view(view, endpoint, NO_SPLIT)
    landmark = landmark_days(study, asked)
    values = memory.recall(_medians, study, view.cohort, endpoint, landmark)
    arms = arm_columns(study, view.cohort.analysis_set)
    groups = [(), *(((ARM, (study.arms[place].level,)),) for _, place in arms)]

    def is_fixed(name: str, column: int) -> bool:
        return (
            name == "card"
            and landmark is None
            and is_printed(memory, study, asked, "survival median", endpoint, group=groups[column])
        )

    return {
        (name, endpoint, column): one
        for (name, column), one in across(len(study.reconstructions), values).ranges.items()
        if not is_fixed(name, column)
    }


def _medians(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark) -> tuple:
    """(key, numbers) pairs: median in days and events of all patients, then of each arm.

    The keys are ``card`` or ``card-events`` with the column: 0 everybody, then the arms in the
    order of their columns.
    """
    made: dict[tuple, list[float]] = {}
    arms = arm_columns(study, cohort.analysis_set)
    for one in study.reconstructions:
        rows = in_analysis(one, endpoint, select(one, cohort), landmark)
        axis, event = axis_of(memory, one, endpoint, landmark), one.outcomes[endpoint].event
        groups = [rows, *(rows & (one.codes[ARM] == place) for _, place in arms)]
        for column, group in enumerate(groups):
            curve = kaplan_meier_from_table(event_table(axis, event, rows=group), 0)
            made.setdefault(("card", column), []).append(curve.median.value)
            made.setdefault(("card-events", column), []).append(curve.n_events)
    return tuple(made.items())


def _table(memory: Memory, study: Study, cohort: Cohort, names) -> Across:
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
        if not _printed(memory, study, cohort, arms, key)
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


def _printed(memory: Memory, study: Study, cohort: Cohort, arms, key: tuple) -> bool:
    """Whether the publication prints the median or mean of a number."""
    if key[0] not in ("median", "mean") or who(study, cohort) is None:
        return False
    _, name, column = key
    group = ()
    if column:
        group = ((ARM, (study.arms[arms[column - 1][1]].level,)),)
    view = View("", cohort, "", NO_SPLIT)
    return is_printed(memory, study, view, key[0], name, group=group)
