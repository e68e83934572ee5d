"""Of each variable the patients that a filter on it would choose from, and all of the set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.cohort import Cohort, masks_for_counting, set_mask
from data.people import People, Some, cohort_n, counted_each, everybody
from data.study import ARM, Study


def seen_by_variable(study: Study, cohort: Cohort) -> tuple[int, dict[str, tuple[Some, Some]]]:
    """Patients of the analysis set, and by variable those of the set and those now.

    Now are those under all filters but the variable's own. Of a study in a database that is one
    question for the set, one for all variables under all filters, and one for each that is
    filtered.
    """
    if study.counted is not None:
        return _counted(study, cohort)
    people, total = everybody(study), set_mask(study, cohort.analysis_set)
    masks = masks_for_counting(study, cohort)
    whole = Some(people, total)
    return int(total.sum()), {name: (whole, Some(people, mask)) for name, mask in masks.items()}


def _counted(study: Study, cohort: Cohort) -> tuple[int, dict[str, tuple[Some, Some]]]:
    wanted = {one.id: (one.id, *_beside(study, one)) for one in study.variables}
    unfiltered = replace(cohort, filters=())
    filtered = {one.variable for one in cohort.filters}
    others = {name: names for name, names in wanted.items() if name not in filtered}
    total = counted_each(study, unfiltered, wanted)
    now = counted_each(study, cohort, others if filtered else wanted)
    for name in filtered:
        now |= counted_each(study, cohort.without(name), {name: wanted[name]})
    found = {name: (_all(total[name]), _all(now[name])) for name in wanted}
    return cohort_n(study, unfiltered), found


def _beside(study: Study, variable) -> tuple[str, ...]:
    """The arms, where the steps of a number must hold enough patients of each."""
    return (ARM,) if study.disclosure.protects and variable.is_number and study.arms else ()


def _all(people: People) -> Some:
    return Some(people, np.ones(people.n.size, bool))
