"""Pairs of a study's arms: each against the reference, and those whose p-values go together."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from data.cohort import Cohort, Filter
from data.patient_groups import Pair
from data.study import ARM, Study


def several(study: Study) -> bool:
    """Whether there are three arms or more, so that a comparison must say which two."""
    return len(study.arms) > 2


def against_reference(study: Study) -> tuple[Pair, ...]:
    """Each arm against the reference, in the study's order; empty with fewer than two arms."""
    return tuple(
        Pair(place, study.reference) for place in range(len(study.arms)) if place != study.reference
    )


def family(study: Study, pair: Pair | None) -> tuple[Pair, ...]:
    """The comparisons whose p-values are adjusted together.

    A comparison with the study's reference belongs to those of each arm with it; any other one to
    those of all pairs, since nothing singled it out beforehand.

    Parameters
    ----------
    pair : Pair or None
        The chosen pair, which stands among them as it is; None for each against the reference.
    """
    pairs = against_reference(study)
    if pair is None:
        return pairs
    if study.reference not in pair.places:
        pairs = tuple(Pair(b, a) for a, b in combinations(range(len(study.arms)), 2))
    return tuple(pair if one.places == pair.places else one for one in pairs)


def pair_cohort(study: Study, cohort: Cohort, pair: Pair) -> Cohort:
    """The patients of a cohort who are in one of two arms; of two arms all of them.

    The cohort itself where the study has no third arm, so that nothing is computed twice.
    """
    if not several(study):
        return cohort
    allowed = {study.arms[place].level for place in pair.places}
    for one in cohort.filters:
        if one.variable == ARM:
            allowed &= set(one.levels)
    levels = tuple(arm.level for arm in study.arms if arm.level in allowed)
    rest = cohort.without(ARM)
    return replace(rest, filters=(*rest.filters, Filter(ARM, levels)))
