"""A cohort as its filters make it: whom each of them keeps of those whom the others leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from data.cohort import Cohort, level_numbers, set_mask
from data.people import People, cohort_n, counted_people, everybody, level_sizes
from data.study import ARM, Study


@dataclass(frozen=True, eq=False)
class Around:
    """The patients around one filter; all masks are (K,) of bool.

    Attributes
    ----------
    within : array
        Whom the other filters leave.
    of_all : array
        The same whatever their arm is.
    inside : array
        Those of ``within`` whom the filter keeps.
    """

    people: People
    within: np.ndarray
    of_all: np.ndarray
    inside: np.ndarray


class Parts(Protocol):
    """A cohort by its filters.

    Attributes
    ----------
    names : tuple of str
        Variables that are filtered, each once.
    """

    @property
    def names(self) -> tuple[str, ...]: ...

    @property
    def n(self) -> int:
        """Patients of the cohort."""

    def around(self, name: str) -> Around:
        """The patients around the filter on a variable."""

    def levels(self, name: str) -> np.ndarray:
        """Patients by level of a variable, those without one last: (L + 1,) of int."""

    def at(self, name: str, place: int) -> Parts:
        """The cohort with one level of a variable alone; without one behind the last."""


def parts_of(study: Study, cohort: Cohort) -> Parts:
    """The parts of a cohort, from rows or from counts."""
    if study.counted is not None:
        return _Counts(study, cohort)
    kept = {one.variable: one.mask(study) for one in cohort.filters}
    return _Rows(study, set_mask(study, cohort.analysis_set), kept)


@dataclass(frozen=True, eq=False)
class _Rows:
    """The patients of the set, and those whom each filter keeps."""

    study: Study
    of_set: np.ndarray
    kept: Mapping[str, np.ndarray]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.kept)

    @property
    def n(self) -> int:
        return int(self._rows().sum())

    def around(self, name: str) -> Around:
        within = self._rows(name)
        kept = self.kept.get(name)
        inside = within if kept is None else within & kept
        return Around(everybody(self.study), within, self._rows(name, ARM), inside)

    def levels(self, name: str) -> np.ndarray:
        size = len(self.study.variable(name).levels) + 1
        return level_numbers(self.study.codes[name], size, self._rows())

    def at(self, name: str, place: int) -> _Rows:
        codes, size = self.study.codes[name], len(self.study.variable(name).levels)
        mask = codes < 0 if place == size else codes == place
        both = self.kept[name] & mask if name in self.kept else mask
        return _Rows(self.study, self.of_set, {**self.kept, name: both})

    def _rows(self, *but: str) -> np.ndarray:
        """Patients that pass all filters, or all but some."""
        rows = self.of_set.copy()
        for name, mask in self.kept.items():
            if name not in but:
                rows &= mask
        return rows


@dataclass(frozen=True, eq=False)
class _Counts:
    """The same from counts, with single levels of some variables alone."""

    study: Study
    cohort: Cohort
    alone: tuple[tuple[str, int], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        filtered = [one.variable for one in self.cohort.filters]
        return tuple(dict.fromkeys([*filtered, *(name for name, _ in self.alone)]))

    @property
    def n(self) -> int:
        if not self.alone:
            return cohort_n(self.study, self.cohort)
        people = self._people(self.cohort)
        return people.size(self._alone(people))

    def around(self, name: str) -> Around:
        others = self.cohort.without(name)
        people = self._people(others.without(ARM), name)
        of_all = self._alone(people, name, ARM)
        within = self._alone(people, name)
        for one in others.filters:
            if one.variable == ARM:
                within = within & people.passing(one, self.study)
        inside = within & self._alone(people, *(n for n, _ in self.alone if n != name))
        for one in self.cohort.filters:
            if one.variable == name:
                inside = inside & people.passing(one, self.study)
        return Around(people, within, of_all, inside)

    def levels(self, name: str) -> np.ndarray:
        if not self.alone:
            return level_sizes(self.study, self.cohort, name)
        people, size = self._people(self.cohort, name), len(self.study.variable(name).levels)
        places = np.where(people.codes[name] < 0, size, people.codes[name])
        return people.by(places, self._alone(people), size + 1)

    def at(self, name: str, place: int) -> _Counts:
        size = len(self.study.variable(name).levels)
        return replace(self, alone=(*self.alone, (name, -1 if place == size else place)))

    def _people(self, cohort: Cohort, *names: str) -> People:
        arm = (ARM,) if self.study.arms else ()
        names = dict.fromkeys((*names, *(name for name, _ in self.alone), *arm))
        return counted_people(self.study, cohort, *names)

    def _alone(self, people: People, *but: str) -> np.ndarray:
        """Those with the single levels."""
        mask = np.ones(people.n.size, bool)
        for name, place in self.alone:
            if name not in but:
                mask &= people.codes[name] == place
        return mask
