"""Which terms one step of a filter would tell of few, from counts: see `disclosure.safety`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from callbacks.counted.counts import counts
from callbacks.disclosure.about import About
from callbacks.groups import recorded_cohort
from data.cohort import Filter
from data.disclosure import classes
from data.people import People, counted_people, level_sizes
from data.study import ARM
from data.warehouse.question import Grade, Level, Question, Rows, Term, Value, Who


def small(some: np.ndarray, n: np.ndarray, least: int) -> np.ndarray:
    """Whether few have it, or few have it not."""
    rest = n - some
    return ((some > 0) & (some < least)) | ((rest > 0) & (rest < least))


def told_by_counts(about: About) -> Callable[[int | None, int], np.ndarray]:
    """Of an arm (or of all, None) and a grade: the terms that would be told; (T,) of bool."""

    def told(arm: int | None, least_grade: int) -> np.ndarray:
        found = np.zeros(len(about.study.adverse_events.terms), bool)
        for one in about.cohort.filters:
            found |= _told_by(about, one, arm, least_grade)
        return found

    return told


def _told_by(about: About, one: Filter, arm: int | None, least_grade: int) -> np.ndarray:
    study, name, others = about.study, one.variable, about.cohort.without(one.variable)
    variable, recorded = study.variable(name), recorded_cohort(study, others)
    by = (name, ARM) if study.arms else (name,)
    people = counted_people(study, recorded, *by)
    everybody = counted_people(study, others.without(ARM), *by)
    arms = _arms(about, arm)
    within = _of_arms(people, arms)
    of_all = np.ones(everybody.n.size, bool)
    places = classes(study, variable, within, of_all, people, everybody)
    terms, grades, class_of, n = _terms(about, recorded, by, arms, places, people)
    found = np.zeros(len(study.adverse_events.terms), bool)
    for number in np.unique(places[within]):
        size = people.size(within & (places == number))
        own = (class_of == number) & (grades >= least_grade)
        some = np.bincount(terms[own], n[own], found.size).astype(np.int64)
        found |= small(some, np.array(size), about.cell)
    return found


def _arms(about: About, arm: int | None) -> list[int] | None:
    """The arms of the patients in question, of whom events were recorded; None for any arm."""
    study = about.study
    if not study.arms:
        return None
    sizes = level_sizes(study, recorded_cohort(study, about.cohort), ARM)
    if arm is not None:
        return [arm] if sizes[arm] else None
    held = np.flatnonzero(sizes).tolist()
    # Those in no arm stand behind the last.
    return [-1 if place == len(study.arms) else place for place in held] or None


def _of_arms(people: People, arms: list[int] | None) -> np.ndarray:
    if arms is None:
        return np.ones(people.n.size, bool)
    return np.isin(people.codes[ARM], arms)


def _terms(about: About, recorded, by, arms, places: np.ndarray, people: People) -> tuple:
    """Term, worst grade, class of the filter, and how many: patients once for each term."""
    study, name = about.study, by[0]
    number = study.variable(name).is_number
    columns = [*map(Level, by), *([Value(name)] if number else ()), Term(), Grade()]
    question = Question(Who(recorded), (tuple(columns),), rows=Rows.WORST_OF_TERM)
    (found,) = counts(about.memory, study, question)
    kept = np.ones(found.n.size, bool)
    if arms is not None:
        kept = np.isin(found.columns[Level(ARM)], arms)
    column = Value(name) if number else Level(name)
    known = people.numbers[name] if number else people.codes[name]
    # All patients with a value are of one class; no value is a value of its own.
    keys, first = np.unique(known[_of_arms(people, arms)], return_index=True)
    of_key = places[_of_arms(people, arms)][first]
    at = np.searchsorted(keys, found.columns[column][kept])
    return (
        found.columns[Term()][kept],
        found.columns[Grade()][kept],
        of_key[np.minimum(at, keys.size - 1)] if keys.size else at,
        found.n[kept],
    )
