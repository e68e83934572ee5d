"""Cumulative incidence of every cause of an endpoint for which a study declares several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.competing_risks import CompetingRisks, competing_risks
from analysis.gray import GrayTest, gray_test
from callbacks.groups import split_codes
from callbacks.memory import LARGE, Memory
from data.address import NO_SPLIT
from data.causes import Causes, first_events
from data.cohort import Cohort, select
from data.study import Study


def incidence_by_group(
    study: Study,
    cohort: Cohort,
    causes: Causes,
    codes: np.ndarray,
    size: int,
    landmark: int | None,
) -> tuple[tuple[CompetingRisks | None, ...], int]:
    """Competing risks of each group, None of one without patients, and how many passed no landmark.

    Parameters
    ----------
    causes : Causes
        The ways in which the endpoint ends.
    codes : ndarray of int, shape (N,)
        Group of each patient, from 0 to ``size`` - 1; others are in none.
    landmark : int or None
        Day from which time is counted.
    """
    first = _analysed(study, cohort, causes, landmark)
    groups = []
    for position in range(size):
        used = first.rows & (codes == position)
        found = None
        if used.any():
            found = competing_risks(first.time[used], first.cause[used], len(causes.causes))
        groups.append(found)
    return tuple(groups), first.without


def gray_by_cause(
    study: Study, cohort: Cohort, causes: Causes, codes: np.ndarray, landmark: int | None
) -> tuple[GrayTest, ...]:
    """Gray's test of each cause over the groups that have patients."""
    first = _analysed(study, cohort, causes, landmark)
    used = first.rows & (codes >= 0)
    columns = (first.time[used], first.cause[used], codes[used])
    return tuple(gray_test(*columns, of) for of in range(1, len(causes.causes) + 1))


@dataclass(frozen=True, eq=False)
class _Analysed:
    """First events of the patients of a cohort; days are counted from the landmark."""

    time: np.ndarray
    cause: np.ndarray
    rows: np.ndarray
    without: int


def _analysed(study: Study, cohort: Cohort, causes: Causes, landmark: int | None) -> _Analysed:
    first = first_events(causes, study.outcomes)
    everybody = select(study, cohort) & first.known
    rows = everybody if landmark is None else everybody & (first.time > landmark)
    without = int(everybody.sum() - rows.sum())
    return _Analysed(first.time - (landmark or 0), first.cause, rows, without)


def incidence_beside(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark: int | None
) -> tuple[CompetingRisks | None, ...]:
    """Competing risks of the groups of a survival view, in their order.

    Empty where the endpoint does not count the event of interest alone among several causes.
    """
    if _alone(study, endpoint_id) is None:
        return ()
    return memory.recall(_beside, study, cohort, endpoint_id, by, landmark)


def incidence_of_sets(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark: int | None
) -> tuple[tuple[CompetingRisks | None, ...], ...]:
    """The same in each data set that fits the publication; empty for a study with one only."""
    if _alone(study, endpoint_id) is None:
        return ()
    return memory.recall(_of_sets, study, cohort, endpoint_id, by, landmark, room=LARGE)


def _alone(study: Study, endpoint_id: str) -> Causes | None:
    """The causes of which an endpoint counts that of interest alone."""
    return next((one for one in study.all_causes if one.interest.alone == endpoint_id), None)


def _of_sets(memory: Memory, study: Study, *asked) -> tuple[tuple[CompetingRisks | None, ...], ...]:
    # Twenty results that are kept together need no places of their own.
    return tuple(_beside(memory, one, *asked) for one in study.reconstructions)


def _beside(memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark):
    codes, labels = np.zeros(study.n, int), ("",)
    if by != NO_SPLIT:
        codes, labels = split_codes(study, study.variable(by))
    causes = _alone(study, endpoint_id)
    return incidence_by_group(study, cohort, causes, codes, len(labels), landmark)[0]
