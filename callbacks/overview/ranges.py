"""The overview in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from analysis.baseline import largest_difference
from analysis.event_table import event_table
from analysis.survival import kaplan_meier_from_table
from callbacks.curves import axis_of
from callbacks.groups import arm_columns, in_analysis, landmark_days
from callbacks.incidence import incidence_of_sets
from callbacks.memory import Memory
from callbacks.overview.counts import endpoint_view, patients_of
from callbacks.printed import is_printed
from callbacks.ranges import across_of, settle, together
from callbacks.shares import groups_of, response_card
from data.address import NO_SPLIT, View
from data.cohort import Cohort, level_numbers, select
from data.sections.evidence import Condition
from data.study import ARM, Study
from layouts.overview import numbers
from layouts.overview.context import OverviewContext
from layouts.shared.competing_numbers import of_incidence
from layouts.shared.numbers import Key, Number
from layouts.shared.ranges import Across


def with_ranges(memory: Memory, context: OverviewContext) -> OverviewContext:
    """The view with the ranges of its cards and of Table 1."""
    study, view = context.study, context.view
    if not study.reconstructions:
        return context
    names = tuple(row.variable.id for row in context.rows)
    table = memory.recall(_table, study, view.cohort, names)
    found = [settle(table, _table_printed(memory, context, table))]
    found += [_endpoint(memory, context, card.endpoint.id) for card in context.endpoints]
    return replace(context, across=together(len(study.reconstructions), found))


def _endpoint(memory: Memory, context: OverviewContext, endpoint: str) -> Across:
    """Ranges of a card's median and events."""
    study, cohort = context.study, context.view.cohort
    asked = endpoint_view(context.view, endpoint, NO_SPLIT)
    landmark = landmark_days(study, asked)
    found = memory.recall(_card, study, cohort, endpoint, landmark)
    if landmark is not None:
        return found
    printed = {
        numbers.card_median(endpoint, column)
        for column, group in enumerate(_columns(study, cohort.analysis_set))
        if is_printed(memory, study, asked, "survival median", endpoint, group=group)
    }
    return settle(found, printed)


def _columns(study: Study, set_id: str) -> list[Condition]:
    """The columns as conditions of a printed number: everybody, then the arms."""
    return [(), *(((ARM, (study.arms[place].level,)),) for _, place in arm_columns(study, set_id))]


def _card(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark) -> Across:
    arms = arm_columns(study, cohort.analysis_set)
    found: list[Number] = []
    for one in study.reconstructions:
        rows = in_analysis(one, endpoint, select(one, cohort), landmark)
        axis, event = axis_of(memory, one, endpoint, landmark), one.outcomes[endpoint].event
        groups = [rows, *(rows & (one.codes[ARM] == place) for _, place in arms)]
        for column, group in enumerate(groups):
            curve = kaplan_meier_from_table(event_table(axis, event, rows=group), 0)
            found += numbers.of_card(endpoint, column, curve.median, curve.n_events)
    for column, of_sets in enumerate(_incidences(memory, study, cohort, endpoint, landmark, arms)):
        for risks in of_sets:
            found += of_incidence(risks, endpoint, column)
    return across_of(len(study.reconstructions), found)


def _incidences(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark, arms):
    """Competing risks of every column, in every data set; empty where nothing competes."""
    whole = incidence_of_sets(memory, study, cohort, endpoint, NO_SPLIT, landmark)
    by_arm = incidence_of_sets(memory, study, cohort, endpoint, ARM, landmark) if arms else ()
    columns = [[one[0] for one in whole]]
    return columns + [[one[place] for one in by_arm] for _, place in arms]


def _table(memory: Memory, study: Study, cohort: Cohort, names) -> Across:
    view = View("", cohort, "", NO_SPLIT)
    arms = arm_columns(study, cohort.analysis_set)
    found: list[Number] = []
    for one in study.reconstructions:
        groups = groups_of(one, patients_of(one, view), arms)
        found += _numbers(one, groups, names)
    return across_of(len(study.reconstructions), found)


def _numbers(study: Study, groups, names) -> Iterator[Number]:
    """Table 1 and the response card in one data set."""
    if len(groups) > 2:
        yield from numbers.of_differences(
            {name: _difference(study, name, groups) for name in names}
        )
    yield from numbers.of_sizes(int(group.sum()) for group in groups)
    card = response_card(study, groups)
    if card is not None:
        yield from numbers.of_response((card.whole, *card.arms))
    for name in names:
        variable = study.variable(name)
        if variable.is_number:
            for column, group in enumerate(groups):
                values = study.numbers[name][group]
                known = values[np.isfinite(values)]
                counts = (known.size, values.size - known.size)
                both = (np.median(known), known.mean()) if known.size else (np.nan, np.nan)
                yield from numbers.of_number(name, column, *both, counts)
            continue
        size = len(variable.levels) + 1
        for column, group in enumerate(groups):
            counts = level_numbers(study.codes[name], size, group)
            yield from numbers.of_levels(name, column, counts.tolist())


def _difference(study: Study, name: str, groups) -> float:
    """Largest standardised difference of a variable between two arms, without its sign."""
    variable = study.variable(name)
    if variable.is_number:
        return largest_difference(study.numbers[name], 0, groups)[0]
    return largest_difference(study.codes[name], len(variable.levels), groups)[0]


def _table_printed(memory: Memory, context: OverviewContext, table: Across) -> set[Key]:
    """Keys of the medians and means of numbers that the publication prints."""
    study, cohort = context.study, context.view.cohort
    view = View("", cohort, "", NO_SPLIT)
    columns = _columns(study, cohort.analysis_set)
    return {
        key(row.variable.id, column)
        for row in context.rows
        for column, group in enumerate(columns)
        for key, quantity in ((numbers.median, "median"), (numbers.mean, "mean"))
        if key(row.variable.id, column) in table.ranges
        and is_printed(memory, study, view, quantity, row.variable.id, group=group)
    }
