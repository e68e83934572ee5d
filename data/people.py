"""Patients one by one, or how many there are of each kind: what counts either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.cohort import Cohort, Filter, level_numbers, levels_held, select, set_mask
from data.study import ARM, Study, Variable
from data.warehouse.asked import counts_of
from data.warehouse.question import Happened, Level, Question, Value, Who


@dataclass(frozen=True, eq=False)
class Some:
    """Some of the people: those of a mask, (K,) of bool."""

    people: People
    mask: np.ndarray

    def levels(self, variable: Variable) -> np.ndarray:
        """Patients by level of a variable, those without one last: (L + 1,) of int."""
        codes, size = self.people.codes[variable.id], len(variable.levels) + 1
        if self.people.n is None:
            return level_numbers(codes, size, self.mask)
        return np.roll(self.people.by(codes + 1, self.mask, size), -1)

    def values(self, name: str) -> tuple[np.ndarray, np.ndarray | None]:
        """Values that a number has, and how many have each; None where each has one patient."""
        numbers, n = self.people.numbers[name], self.people.n
        known = self.mask & np.isfinite(numbers)
        return numbers[known], None if n is None else n[known]


@dataclass(frozen=True, eq=False)
class People:
    """K patients of a study, or K kinds of patients.

    Attributes
    ----------
    codes : mapping of variable id to (K,) array of int
        Places of levels; -1 where missing.
    numbers : mapping of variable id to (K,) array of float
        NaN where missing.
    n : (K,) array of int, or None
        How many there are of each kind; None where each is one patient.
    """

    codes: Mapping[str, np.ndarray]
    numbers: Mapping[str, np.ndarray]
    n: np.ndarray | None = None

    def size(self, mask: np.ndarray) -> int:
        """Patients among some; ``mask`` is (K,) of bool."""
        return int(mask.sum() if self.n is None else self.n[mask].sum())

    def by(self, places: np.ndarray, mask: np.ndarray, size: int) -> np.ndarray:
        """Patients among some by place from 0 on: (``size`` or more,) of int."""
        weights = None if self.n is None else self.n[mask]
        # Sums of whole numbers below 2 ** 53 are exact.
        return np.bincount(places[mask].astype(np.intp), weights, size).astype(np.int64)

    def passing(self, one: Filter, study: Study) -> np.ndarray:
        """Who passes a filter; (K,) of bool."""
        variable = study.variable(one.variable)
        numbers = self.numbers[one.variable] if variable.is_number else None
        return one.passed(variable, self.codes[one.variable], numbers)


def everybody(study: Study) -> People:
    """The patients of a study in memory."""
    return People(study.codes, study.numbers)


def counted_people(study: Study, cohort: Cohort, *names: str) -> People:
    """The kinds of patients of a cohort by some variables; of a study in a database.

    Raises
    ------
    NotAnswered
        If the database does not answer.
    """
    return counted_each(study, cohort, {"": names})[""]


def counted_each(
    study: Study, cohort: Cohort, wanted: Mapping[str, tuple[str, ...]]
) -> dict[str, People]:
    """The same by several groups of variables, each under a name, asked for at once."""
    if not wanted:
        return {}
    groupings = tuple(_columns(study, names) for names in wanted.values())
    found = counts_of(study, Question(Who(cohort), groupings))
    return {
        name: People(
            {one: counts.columns[Level(one)] for one in names},
            {one: counts.columns[Value(one)] for one in names if study.variable(one).is_number},
            counts.n,
        )
        for (name, names), counts in zip(wanted.items(), found, strict=True)
    }


def _columns(study: Study, names) -> tuple:
    """Levels of variables, and the values of those that are numbers."""
    columns: list = []
    for name in dict.fromkeys(names):
        columns.append(Level(name))
        if study.variable(name).is_number:
            columns.append(Value(name))
    return tuple(columns)


def level_sizes(study: Study, cohort: Cohort, name: str) -> np.ndarray:
    """Patients of a cohort by level of a variable, those without one last: (L + 1,) of int."""
    size = len(study.variable(name).levels) + 1
    if study.counted is None:
        return level_numbers(study.codes[name], size, select(study, cohort))
    (found,) = counts_of(study, Question(Who(cohort), ((Level(name),),)))
    sizes = np.zeros(size, np.int64)
    np.add.at(sizes, found.columns[Level(name)], found.n)
    return sizes


def levels_by_arm(study: Study, cohort: Cohort, name: str) -> np.ndarray:
    """Patients of a cohort by level of a variable and arm: (L + 1, A + 1) of int.

    Those without one are last.
    """
    size = (len(study.variable(name).levels) + 1, len(study.arms) + 1)
    names = (name, ARM) if study.arms else (name,)
    if study.counted is None:
        mask = select(study, cohort)
        codes, n = [study.codes[one][mask].astype(np.intp) for one in names], 1
    else:
        people = counted_people(study, cohort, *names)
        codes, n = [people.codes[one] for one in names], people.n
    made = np.zeros(size, np.int64)
    np.add.at(made, (codes[0], codes[1] if study.arms else -1), n)
    return made


def cohort_n(study: Study, cohort: Cohort) -> int:
    """Patients of a cohort."""
    if study.counted is None:
        return int(select(study, cohort).sum())
    if study.arms:
        # What the cohort line asks as well.
        return int(level_sizes(study, cohort, ARM).sum())
    (whole,) = counts_of(study, Question(Who(cohort), ((),)))
    return whole.total


def events_n(study: Study, cohort: Cohort, endpoint: str) -> int:
    """Events of an endpoint in a cohort."""
    if study.counted is None:
        outcome = study.outcomes[endpoint]
        return int((select(study, cohort) & outcome.known & (outcome.event == 1)).sum())
    happened = Happened(endpoint)
    (found,) = counts_of(study, Question(Who(cohort, endpoint), ((happened,),)))
    return int(found.n[found.columns[happened] == 1].sum())


def arms_held(study: Study, set_id: str) -> set[int]:
    """Places of the arms that an analysis set has patients of; none for a study without arms."""
    if not study.arms:
        return set()
    if study.counted is None:
        return levels_held(study.codes[ARM], set_mask(study, set_id))
    sizes = level_sizes(study, Cohort(study.id, set_id), ARM)
    return set(np.flatnonzero(sizes[:-1]).tolist())


def also_in(study: Study, cohort: Cohort, set_id: str) -> Cohort:
    """The patients of a cohort who belong to another analysis set as well."""
    rule = study.analysis_set(set_id).rule
    more = tuple(Filter(variable, levels) for variable, levels in rule)
    return Cohort(cohort.study, cohort.analysis_set, (*cohort.filters, *more))
