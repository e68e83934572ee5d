"""Patients in view by arm and by what they are alike in: rows here, or counts of a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from callbacks.groups import in_analysis, split_labels, split_of
from data.cohort import Cohort, select
from data.study import ARM, Study, Variable


@dataclass(frozen=True)
class Wanted:
    """What patients are to be told apart by beside their arm: variable ids."""

    levels: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Together:
    """K patients with an arm, or kinds of them.

    Attributes
    ----------
    levels, numbers : mapping of variable id to (K,) array
        Places of levels, -1 where missing; values, NaN where missing.
    arm : (K,) array of int
    patients : (K,) array of int, or None
        How many there are of each kind; None where each is one patient.
    """

    study: Study
    levels: Mapping[str, np.ndarray]
    numbers: Mapping[str, np.ndarray]
    arm: np.ndarray
    patients: np.ndarray | None = None

    def column(self, variable: Variable) -> tuple[np.ndarray, int]:
        """Numbers and 0, or groups of a split and how many there are."""
        if variable.id in self.numbers:
            return self.numbers[variable.id], 0
        codes = split_of(self.study, variable, self.levels[variable.id])
        return codes, len(split_labels(self.study, variable))

    def sizes(self) -> np.ndarray:
        """Patients of each arm; (A,) of int, of one without arms."""
        n = np.bincount(self.arm, self.patients, max(len(self.study.arms), 1))
        return n.astype(np.int64)

    def of(self, rows: np.ndarray) -> Together:
        """Some of them."""
        return Together(
            self.study,
            {name: column[rows] for name, column in self.levels.items()},
            {name: column[rows] for name, column in self.numbers.items()},
            self.arm[rows],
            None if self.patients is None else self.patients[rows],
        )


class InView(Protocol):
    """The patients that a section is about.

    Attributes
    ----------
    study : Study
    """

    study: Study

    def each(self, *wanted: Wanted) -> tuple[Together, ...]:
        """The patients with an arm, told apart in each of some ways."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Patients who are here.

    Attributes
    ----------
    mask : (N,) array of bool
        Those in view who have an arm.
    """

    study: Study
    mask: np.ndarray

    def each(self, *wanted: Wanted) -> tuple[Together, ...]:
        """See `InView`."""
        study, mask = self.study, self.mask
        arm = study.codes.get(ARM, np.zeros(study.n, int))[mask]
        return tuple(
            Together(
                study,
                {name: study.codes[name][mask] for name in one.levels},
                {name: study.numbers[name][mask] for name in one.numbers},
                arm,
            )
            for one in wanted
        )


def rows_of(study: Study, cohort: Cohort, endpoint: str = "", landmark: int | None = None) -> Rows:
    """The patients of a cohort with an arm, in the analysis of an endpoint if one is named."""
    mask = select(study, cohort)
    if endpoint:
        mask = in_analysis(study, endpoint, mask, landmark)
    return Rows(study, mask & (study.codes.get(ARM, np.zeros(study.n, int)) >= 0))
