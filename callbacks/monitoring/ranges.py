"""What a rule says in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.monitoring import Boundary
from callbacks.memory import Memory
from callbacks.monitoring.rule import monitored, works
from callbacks.ranges import across_of
from callbacks.watched import watched
from data.cohort import Cohort
from data.study import Study
from layouts.monitoring import numbers
from layouts.shared.ranges import NOTHING, Across


def monitoring_across(
    memory: Memory, study: Study, cohort: Cohort, options, limits: Boundary
) -> Across:
    """Ranges of the numbers of every group, with the same boundary."""
    if not study.reconstructions:
        return NOTHING
    return memory.recall(_across, study, cohort, options, limits.n[-1])


def _across(memory: Memory, study: Study, cohort: Cohort, options, most: int) -> Across:
    limits, _ = memory.recall(works, options.rule, int(most))
    sets = study.reconstructions
    return across_of(len(sets), _numbers(memory, sets, cohort, options, limits))


def _numbers(memory: Memory, sets, cohort: Cohort, options, limits: Boundary) -> Iterable:
    for one in sets:
        found = watched(memory, one, cohort, options.event)
        yield from numbers.numbers_of(monitored(found, options, limits))
