"""Cumulative incidence of the endpoint that a study declares to have a competing event."""

from __future__ import annotations

import numpy as np

from analysis.competing_risks import CompetingRisks, causes, competing_risks
from callbacks.groups import split_codes
from callbacks.memory import LARGE, Memory
from data.address import NO_SPLIT
from data.cohort import Cohort, select
from data.study import Study


def incidence_by_group(
    study: Study, cohort: Cohort, codes: np.ndarray, size: int, landmark: int | None
) -> tuple[tuple[CompetingRisks | None, ...], int]:
    """Competing risks of each group, None of one without patients, and how many passed no landmark.

    Parameters
    ----------
    codes : ndarray of int, shape (N,)
        Group of each patient, from 0 to ``size`` - 1; others are in none.
    landmark : int or None
        Day from which time is counted.
    """
    pair = study.comparison.competing
    event, composite = study.outcomes[pair.event], study.outcomes[pair.composite]
    time, cause = causes(composite.time, composite.event, event.time, event.event)
    everybody = select(study, cohort) & event.known & composite.known
    rows = everybody if landmark is None else everybody & (time > landmark)
    groups = []
    for position in range(size):
        used = rows & (codes == position)
        known = used.any()
        groups.append(competing_risks(time[used] - (landmark or 0), cause[used]) if known else None)
    return tuple(groups), int(everybody.sum() - rows.sum())


def incidence_beside(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark: int | None
) -> tuple[CompetingRisks | None, ...]:
    """Competing risks of the groups of a survival view, in their order.

    Empty where the endpoint is not the one that the study declares to have a competing event.
    """
    pair = study.comparison.competing
    if pair is None or pair.event != endpoint_id:
        return ()
    return memory.recall(_beside, study, cohort, by, landmark)


def incidence_of_sets(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark: int | None
) -> tuple[tuple[CompetingRisks | None, ...], ...]:
    """The same in each data set that fits the publication; empty for a study with one only."""
    pair = study.comparison.competing
    if pair is None or pair.event != endpoint_id:
        return ()
    return memory.recall(_of_sets, study, cohort, by, landmark, room=LARGE)


def _of_sets(memory: Memory, study: Study, *asked) -> tuple[tuple[CompetingRisks | None, ...], ...]:
    # Twenty results that are kept together need no places of their own.
    return tuple(_beside(memory, one, *asked) for one in study.reconstructions)


def _beside(memory: Memory, study: Study, cohort: Cohort, by: str, landmark):
    codes, labels = np.zeros(study.n, int), ("",)
    if by != NO_SPLIT:
        codes, labels = split_codes(study, study.variable(by))
    return incidence_by_group(study, cohort, codes, len(labels), landmark)[0]
