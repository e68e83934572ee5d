"""Cumulative incidence of every cause of an endpoint for which a study declares several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.competing_risks import CompetingRisks, competing_risks
from analysis.gray import GrayTest, gray_test
from callbacks.groups import split_codes
from callbacks.memory import LARGE, Memory
from data.address import NO_SPLIT
from data.causes import Causes, FirstEvents, first_events
from data.cohort import Cohort, select
from data.study import Study


@dataclass(frozen=True, eq=False)
class FirstByGroup:
    """First events of K patients, or kinds of patients, by group; days are counted from a landmark.

    Attributes
    ----------
    time, cause : (K,) arrays
        As in `data.causes.FirstEvents`.
    codes : (K,) array of int
        Group from 0 on; -1 for none.
    n_causes : int
    without : int
        Patients who did not pass the landmark.
    patients : (K,) array of int, or None
        How many there are of each kind; None where each is one patient.
    """

    time: np.ndarray
    cause: np.ndarray
    codes: np.ndarray
    n_causes: int
    without: int
    patients: np.ndarray | None = None

    def risks(self, size: int) -> tuple[CompetingRisks | None, ...]:
        """Competing risks of each of so many groups, None of one without patients."""
        groups = []
        for position in range(size):
            time, cause, patients = self._of(self.codes == position)
            found = None
            if time.size:
                found = competing_risks(time, cause, self.n_causes, patients)
            groups.append(found)
        return tuple(groups)

    def gray(self) -> tuple[GrayTest, ...]:
        """Gray's test of each cause over the groups that have patients."""
        used = self.codes >= 0
        time, cause, patients = self._of(used)
        codes = self.codes[used]
        of = range(1, self.n_causes + 1)
        return tuple(gray_test(time, cause, codes, one, patients) for one in of)

    def _of(self, rows: np.ndarray):
        patients = None if self.patients is None else self.patients[rows]
        return self.time[rows], self.cause[rows], patients


def first_by_group(
    study: Study, cohort: Cohort, causes: Causes, codes: np.ndarray, landmark: int | None
) -> FirstByGroup:
    """First events of the patients of a cohort who passed a landmark.

    Parameters
    ----------
    causes : Causes
        The ways in which the endpoint ends.
    codes : ndarray of int, shape (N,)
        Group of each patient, from 0 on; others are in none.
    landmark : int or None
        Day from which time is counted.
    """
    return after(
        first_events(causes, study.outcomes), select(study, cohort), codes, causes, landmark
    )


def after(
    first: FirstEvents, mask, codes, causes: Causes, landmark: int | None, patients=None
) -> FirstByGroup:
    """The same of the first events of some patients, or kinds of patients."""
    everybody = mask & first.known
    rows = everybody if landmark is None else everybody & (first.time > landmark)
    gone = everybody & ~rows
    return FirstByGroup(
        first.time[rows] - (landmark or 0),
        first.cause[rows],
        codes[rows],
        len(causes.causes),
        int(gone.sum() if patients is None else patients[gone].sum()),
        None if patients is None else patients[rows],
    )


def incidence_beside(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark: int | None
) -> tuple[CompetingRisks | None, ...]:
    """Competing risks of the groups of a survival view, in their order.

    Empty where the endpoint does not count the event of interest alone among several causes.
    """
    if alone_of(study, endpoint_id) is None:
        return ()
    return memory.recall(_beside, study, cohort, endpoint_id, by, landmark)


def incidence_of_sets(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark: int | None
) -> tuple[tuple[CompetingRisks | None, ...], ...]:
    """The same in each data set that fits the publication; empty for a study with one only."""
    if alone_of(study, endpoint_id) is None:
        return ()
    return memory.recall(_of_sets, study, cohort, endpoint_id, by, landmark, room=LARGE)


def alone_of(study: Study, endpoint_id: str) -> Causes | None:
    """The causes of which an endpoint counts that of interest alone."""
    return next((one for one in study.all_causes if one.interest.alone == endpoint_id), None)


def _of_sets(memory: Memory, study: Study, *asked) -> tuple[tuple[CompetingRisks | None, ...], ...]:
    # Twenty results that are kept together need no places of their own.
    return tuple(_beside(memory, one, *asked) for one in study.reconstructions)


def _beside(memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark):
    codes, labels = np.zeros(study.n, int), ("",)
    if by != NO_SPLIT:
        codes, labels = split_codes(study, study.variable(by))
    causes = alone_of(study, endpoint_id)
    return first_by_group(study, cohort, causes, codes, landmark).risks(len(labels))
