"""Every subgroup in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from analysis.coded_variables import coded_variables
from analysis.cox.many import many_interactions, many_univariable
from analysis.event_table import event_table
from analysis.multiplicity import benjamini_hochberg, holm
from analysis.screen import survival_screen
from analysis.survival import kaplan_meier_from_table
from callbacks.curves import axis_of
from callbacks.groups import in_analysis, split_codes
from callbacks.memory import Memory
from callbacks.printed import is_printed
from callbacks.ranges import across_of, settle
from callbacks.stacked import Stacked, stacked, stacked_arms, stacked_codes
from data.address import NO_SPLIT
from data.cohort import select
from data.study import Study
from layouts.shared.numbers import Number, p_key
from layouts.shared.ranges import Across
from layouts.subgroups import numbers
from layouts.subgroups.context import SubgroupContext


def with_ranges(memory: Memory, context: SubgroupContext) -> SubgroupContext:
    """The view with the ranges of its numbers."""
    study, endpoint = context.study, context.endpoint.id
    if not study.reconstructions or not context.n:
        return context
    names = tuple(variable.id for variable in context.variables)
    landmark, view = context.landmark_days, replace(context.view, by=NO_SPLIT)
    # Interactions that rest on few events are in no headline, and so not in its count.
    read = tuple(
        names[i]
        for i, effect in enumerate(context.result.effects)
        if effect.tested and not context.has_few_events(i)
    )
    asked = (study, view.cohort, endpoint, names, landmark, context.options.ci, context.pair, read)
    found = memory.recall(_ranges, *asked)
    printed = {
        p_key(numbers.test("log-rank", place))
        for place, name in enumerate(names)
        if landmark is None and is_printed(memory, study, view, "log-rank p", endpoint, name)
    }
    return replace(context, across=settle(found, printed))


def _ranges(
    memory: Memory, study: Study, cohort, endpoint: str, names, landmark, ci: str, pair, read
) -> Across:
    sets = study.reconstructions
    rows = [in_analysis(one, endpoint, select(one, cohort), landmark) for one in sets]
    found = list(_survival(memory, study, rows, endpoint, names, landmark, ci))
    arm = stacked_arms(memory, study, cohort.analysis_set, pair)
    if arm is not None:
        used = np.concatenate(rows)
        found += _effects(memory, study, endpoint, names, landmark, arm, used, read)
    return across_of(len(sets), found)


def _survival(
    memory: Memory, study: Study, rows, endpoint: str, names, landmark, ci: str
) -> Iterator[Number]:
    """Counts, medians, rates and tests of every level, and of everybody."""
    for one, used in zip(study.reconstructions, rows, strict=True):
        axis, event = axis_of(memory, one, endpoint, landmark), one.outcomes[endpoint].event
        split = {name: split_codes(one, study.variable(name)) for name in names}
        variables = coded_variables(
            {name: codes for name, (codes, _) in split.items()},
            {name: len(labels) for name, (_, labels) in split.items()},
        )
        days = numbers.LANDMARK_DAYS
        screen = survival_screen(axis, event, variables, rows=used, landmarks=days, conf_type=ci)
        table = event_table(axis, event, rows=used)
        yield from numbers.of_curve(kaplan_meier_from_table(table, 0, conf_type=ci))
        yield from numbers.of_screen(screen)
        p = screen.p_value
        tests = {"log-rank": p, "holm": holm(p), "benjamini-hochberg": benjamini_hochberg(p)}
        yield from numbers.of_tests(tests)
        yield numbers.of_found("log-rank", p)


def _of_arms(
    data: Stacked, arm, codes, rows, size: tuple[int, int], where: list[tuple]
) -> Iterator[Number]:
    """Patients and events of each arm in every level; ``where`` each level stands."""
    n_sets, n_levels = size
    used = rows & (arm >= 0) & (codes >= 0)
    cells = ((data.data_set * n_levels + codes) * 2 + arm)[used]
    shape = (n_sets, n_levels, 2)
    n = np.bincount(cells, minlength=np.prod(shape)).reshape(shape)
    events = np.bincount(cells, data.event[used], minlength=np.prod(shape)).reshape(shape)
    for data_set in range(n_sets):
        for level, place in enumerate(where):
            for side in (0, 1):
                at = (data_set, level, side)
                yield from numbers.of_arm(place, side, n[at], events[at])


def _everybody(data: Stacked, arm, rows, n_sets: int) -> Iterator[Number]:
    """Hazard ratio of the arm among all patients in view, with patients and events."""
    where = numbers.everywhere()
    fits = many_univariable(data.axis, data.event, data.data_set, arm, n_sets, 2, rows)
    for ratio in np.exp(fits.coef[:, 0]):
        yield Number(numbers.hazard_ratio(where), ratio)
    yield from _of_arms(data, arm, np.zeros_like(arm), rows, (n_sets, 1), [where])


def _effects(
    memory: Memory, study: Study, endpoint: str, names, landmark, arm, rows, read
) -> Iterator[Number]:
    """Hazard ratio of the arm in every level, and the tests of interaction.

    Of those in ``read`` also how many are below 0.05.
    """
    data = stacked(memory, study, endpoint, landmark)
    n_sets = len(study.reconstructions)
    yield from _everybody(data, arm, rows, n_sets)
    p_values = []
    for place, name in enumerate(names):
        n_levels = len(split_codes(study, study.variable(name))[1])
        codes = stacked_codes(memory, study, name)
        found = many_interactions(
            data.axis, data.event, data.data_set, arm, codes, n_sets, n_levels, rows
        )
        where = [numbers.within(place, level) for level in range(n_levels)]
        if name in read:
            p_values.append(found.p_value)
        yield from (numbers.of_interaction(place, p) for p in found.p_value)
        yield from _of_arms(data, arm, codes, rows, (n_sets, n_levels), where)
        for level, one in enumerate(where):
            for ratio in found.hazard_ratio[:, level]:
                yield Number(numbers.hazard_ratio(one), ratio)
    for of_set in zip(*p_values, strict=True):
        yield numbers.of_found("interaction", of_set)
