"""The sections of Compare arms that compare two arms at a time, as a memory asks for them."""

from __future__ import annotations

from dataclasses import replace

from callbacks.arms.over_time import over_time_result
from callbacks.arms.power import power_result
from callbacks.arms.weighted import all_sizes, weighted_result
from callbacks.memory import Memory
from data.cohort import Cohort
from data.patient_groups import Pair
from data.study import Study
from layouts.arms.context import ArmContext
from layouts.arms.more_results import AllSizes, OverTimeResult, PowerResult, WeightedResult
from layouts.arms.weighted_words import why_not


def possible(context: ArmContext) -> ArmContext:
    """The same; where arms cannot be made alike a sentence in place of numbers."""
    if isinstance(context.result, WeightedResult) and context.result.found.obstacle is not None:
        return replace(context, obstacle=why_not(context), result=None)
    return context


def weighted(
    memory: Memory,
    study: Study,
    cohort: Cohort,
    endpoint_id,
    landmark,
    pair: Pair,
    adjust,
    trim,
    whole: bool,
) -> WeightedResult:
    """What the section Adjusted states of two arms."""
    return weighted_result(study, cohort, endpoint_id, landmark, pair, adjust, trim)


def over_time(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, pair: Pair, whole: bool
) -> OverTimeResult:
    """What the section Over time states of two arms."""
    return over_time_result(study, cohort, endpoint_id, landmark, pair)


def power(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, pair: Pair, whole: bool
) -> PowerResult:
    """What the section Power states of two arms."""
    return power_result(study, cohort, endpoint_id, landmark, pair)


def sizes(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark) -> AllSizes:
    """Patients and events of three arms or more."""
    return all_sizes(study, cohort, endpoint_id, landmark)


SECTIONS = {"adjusted": weighted, "time": over_time, "power": power}
OF_ALL = dict.fromkeys(SECTIONS, sizes)
