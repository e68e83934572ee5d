"""Patients of an analysis by what they are alike in: levels, day and event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.event_table import TimeAxis, time_axis
from analysis.prognostic import Patterns
from callbacks.counted.counts import counts
from callbacks.groups import in_order, split_of
from callbacks.memory import Memory
from data.cohort import Cohort
from data.study import ARM, Study
from data.warehouse.question import Happened, Level, Question, Time, Who


@dataclass(frozen=True, eq=False)
class Kinds:
    """K kinds of patients with an endpoint.

    Attributes
    ----------
    axis : TimeAxis
        Days from the landmark, if there is one.
    event, n : (K,) arrays of int
        Whether the event ended the follow-up; how many patients there are of the kind.
    codes : mapping of variable id to (K,) array of int
        Group in a split by the variable, -1 for none: see `callbacks.groups.split_codes`.
    study : Study
    """

    axis: TimeAxis
    event: np.ndarray
    n: np.ndarray
    codes: Mapping[str, np.ndarray]
    study: Study

    @property
    def time(self) -> np.ndarray:
        """Days of each kind; (K,)."""
        return self.axis.time[self.axis.code]

    @property
    def arm(self) -> np.ndarray:
        """Place of the arm of each kind, -1 for none; (K,)."""
        codes = self.codes[ARM]
        return np.where(codes < len(self.study.arms), codes, -1)

    def frame(self, names: Iterable[str]) -> pd.DataFrame:
        """Variables for a regression on levels, a number by its ranges; the reference arm first."""
        columns = {
            name: in_order(self.study, self.study.variable(name), self.codes[name])
            for name in dict.fromkeys(names)
        }
        return pd.DataFrame(columns, index=range(self.n.size))

    def patterns(self, *names: str) -> Patterns:
        """The same with time and event."""
        return Patterns(self.time, self.event, self.frame(names), self.n)


def kinds(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark: int | None, *names: str
) -> Kinds:
    """Kinds of patients of a cohort by some variables: those in the analysis of an endpoint.

    Raises
    ------
    NotAnswered
        If the database does not answer.
    """
    return kinds_of_each(memory, study, cohort, endpoint, landmark, [names])[0]


def kinds_of_each(
    memory: Memory,
    study: Study,
    cohort: Cohort,
    endpoint: str,
    landmark: int | None,
    groupings: Iterable[tuple[str, ...]],
) -> tuple[Kinds, ...]:
    """The same by several groups of variables, asked for at once."""
    groupings = tuple(tuple(dict.fromkeys(names)) for names in groupings)
    if not groupings:
        return ()
    day, happened = Time(endpoint), Happened(endpoint)
    asked = tuple((*map(Level, names), day, happened) for names in groupings)
    found = counts(memory, study, Question(Who(cohort, endpoint, landmark), asked))
    return tuple(
        Kinds(
            time_axis(one.columns[day] - (landmark or 0)),
            one.columns[happened],
            one.n,
            {
                name: split_of(study, study.variable(name), one.columns[Level(name)])
                for name in names
            },
            study,
        )
        for names, one in zip(groupings, found, strict=True)
    )


def analysed_n(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark=None) -> int:
    """Patients of a cohort in the analysis of an endpoint."""
    (whole,) = counts(memory, study, Question(Who(cohort, endpoint, landmark), ((),)))
    return whole.total
