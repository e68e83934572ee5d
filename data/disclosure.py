"""What may be shown of few patients: the one place that decides.

A cohort is answered when it is empty, or has ``minimum_cohort`` patients and each of its filters
keeps or takes away whole *classes* of the patients that the other filters leave. A class has at
least ``minimum_cell`` patients: a level, the small levels together, a step of a number. Two cohorts
that differ in one filter leave the same patients to it and so differ by whole classes: by nobody,
or by ``minimum_cell`` patients at least. A group of a split is answered as the cohort that a filter
on it would make.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.cohort import Cohort, Filter
from data.cohort_parts import Around, Parts, parts_of
from data.number_steps import outward, step_starts
from data.people import People, also_in, cohort_n, everybody
from data.study import MISSING_ID, Study, Variable

# Patients of no class: fewer than make one. No filter keeps them but one that keeps everybody.
RESIDUE = -1


def few(n: int, minimum: int) -> bool:
    """Whether some patients are too few for a number; nobody is not too few."""
    return 0 < n < minimum


def hidden_cells(counts, minimum: int) -> np.ndarray:
    """Which counts of a margin that is known must not be printed.

    A count from 1 to ``minimum - 1`` is hidden. What is hidden must not be told from the sum, so
    the smallest other counts are hidden with it until they are two or more, of at least
    ``minimum`` patients together (secondary suppression).

    Parameters
    ----------
    counts : (L,) array-like of int

    Returns
    -------
    (L,) array of bool
    """
    counts = np.asarray(counts)
    return _hidden_beside(counts, np.zeros(counts.shape, bool), minimum)


def hidden_table(counts, minimum: int, already=None) -> np.ndarray:
    """The same for a table of which the sums of rows and columns are known; (R, C) of bool.

    Parameters
    ----------
    already : (R, C) array of bool, optional
        Cells that are hidden whatever they hold.
    """
    counts = np.asarray(counts)
    hidden = np.zeros(counts.shape, bool) if already is None else np.array(already, bool)
    while True:
        before = hidden.copy()
        for lines, marks in ((counts, hidden), (counts.T, hidden.T)):
            for line, marked in zip(lines, marks, strict=True):
                marked |= _hidden_beside(line, marked, minimum)
        if (before == hidden).all():
            return hidden


def _hidden_beside(counts: np.ndarray, already: np.ndarray, minimum: int) -> np.ndarray:
    """`hidden_cells` of a line in which some cells are hidden already."""
    hidden = already | ((counts > 0) & (counts < minimum))
    while hidden.any() and (hidden.sum() < 2 or counts[hidden].sum() < minimum):
        rest = np.flatnonzero(~hidden & (counts > 0))
        if not rest.size:
            break
        hidden[rest[int(counts[rest].argmin())]] = True
    return hidden


def classes(
    study: Study,
    variable: Variable,
    within: np.ndarray,
    of_all: np.ndarray,
    people: People | None = None,
    all_people: People | None = None,
) -> np.ndarray:
    """The class of each patient, or of each kind, for filters on a variable.

    Parameters
    ----------
    within : (K,) array of bool
        Patients whom the other filters leave.
    of_all : (K,) array of bool
        The same whatever their arm is: all arms have the same steps.
    people : People, optional
        Of whom the masks are; the study's patients if not given.
    all_people : People, optional
        Of whom ``of_all`` is, where it is of others.

    Returns
    -------
    (K,) array of int
        0 and above for those within; `RESIDUE` for those within who are in no class, and for all
        others.
    """
    minimum, people = study.disclosure.minimum_cell, people or everybody(study)
    codes = people.codes[variable.id]
    found = np.full(within.size, RESIDUE)
    missing = within & (codes < 0)
    if variable.is_number:
        numbers = people.numbers[variable.id]
        starts = step_starts(study, variable, of_all, all_people or people)
        known = within & np.isfinite(numbers)
        if starts.size:
            found[known] = np.searchsorted(starts, numbers[known], "right") - 1
        if people.size(missing) >= minimum:
            found[missing] = starts.size
        return found
    codes = np.where(codes < 0, len(variable.levels), codes)
    sizes = people.by(codes, within, len(variable.levels) + 1)
    large = sizes[codes] >= minimum
    found[within & large] = codes[within & large]
    small = within & ~large
    if people.size(small) >= minimum:
        found[small] = len(sizes)
    return found


def answered(study: Study, cohort: Cohort) -> bool:
    """Whether a cohort may have numbers at all."""
    if not study.disclosure.protects:
        return True
    return _answered(study, parts_of(study, cohort)) and _set_answered(study, cohort)


def _answered(study: Study, parts: Parts) -> bool:
    if few(parts.n, study.disclosure.minimum_cohort):
        return False
    return all(_whole_classes(study, name, parts.around(name)) for name in parts.names)


def _whole_classes(study: Study, name: str, around: Around) -> bool:
    """Whether a filter keeps or takes away whole classes of those whom the others leave."""
    people, within, inside = around.people, around.within, around.inside
    gone = people.size(within & ~inside)
    if not gone:
        return True
    if few(gone, study.disclosure.minimum_cell):
        return False
    found = classes(study, study.variable(name), within, around.of_all, people)
    if (inside & (found == RESIDUE)).any():
        return False
    kept = np.unique(found[inside])
    return not np.isin(found[within & ~inside], kept).any()


def _set_answered(study: Study, cohort: Cohort) -> bool:
    """Whether the sets that come before leave the same patients or differ by enough of them.

    The default set comes first.
    """
    ordered = sorted(study.analysis_sets, key=lambda one: one.id != study.default_set.id)
    before: list[str] = []
    for one in ordered:
        told = any(_sets_told(study, cohort, one.id, other) for other in before)
        if one.id == cohort.analysis_set:
            return not told
        if not told:
            before.append(one.id)
    return True


def _sets_told(study: Study, cohort: Cohort, one: str, other: str) -> bool:
    """Whether few patients are in one of two sets and not in the other."""
    first, second = (replace(cohort, analysis_set=name) for name in (one, other))
    both = cohort_n(study, also_in(study, first, other))
    gone = (cohort_n(study, each) - both for each in (first, second))
    return any(few(n, study.disclosure.minimum_cell) for n in gone)


def hidden_groups(study: Study, cohort: Cohort, name: str) -> frozenset[int]:
    """Levels of a variable, by place, whose patients of a cohort have no numbers of their own.

    Missing values are the level behind the last. What is left when the shown groups are taken from
    the cohort is nobody or enough patients: else the smallest shown group is hidden too.
    """
    if not study.disclosure.protects:
        return frozenset()
    parts, variable = parts_of(study, cohort), study.variable(name)
    size, counts = len(variable.levels), parts.levels(name)
    grouped = size + (variable.missing == "level")
    shown = [
        place
        for place in range(grouped)
        if counts[place] and _answered(study, parts.at(name, place))
    ]
    total = int(counts.sum())
    while shown and few(total - int(counts[shown].sum()), study.disclosure.minimum_cell):
        shown.remove(min(shown, key=lambda place: counts[place]))
    return frozenset(place for place in range(size + 1) if counts[place] and place not in shown)


def snapped(study: Study, cohort: Cohort) -> Cohort:
    """The cohort with the bounds of its numbers widened to whole steps.

    A range that then keeps everybody with a value, where only few have none, is no filter.
    """
    if not study.disclosure.protects:
        return cohort
    for _ in range(len(cohort.filters) + 1):
        before = cohort
        for one in cohort.filters:
            if one.low is None:
                continue
            made = _snapped(study, cohort, one)
            rest = [other if other is not one else made for other in cohort.filters]
            cohort = replace(cohort, filters=tuple(other for other in rest if other))
        if cohort == before:
            break
    return cohort


def _snapped(study: Study, cohort: Cohort, one: Filter) -> Filter | None:
    variable = study.variable(one.variable)
    around = parts_of(study, cohort).around(one.variable)
    people, within = around.people, around.of_all
    numbers = people.numbers[one.variable]
    known = np.sort(numbers[within & np.isfinite(numbers)])
    inside = known[(known >= one.low) & (known <= one.high)]
    starts = step_starts(study, variable, within, people)
    if not inside.size or not starts.size:
        return one
    first, last = (int(i) - 1 for i in np.searchsorted(starts, inside[[0, -1]], "right"))
    lowest, highest = outward(known[0], known[-1])
    low, high = float(starts[first]) if first else lowest, highest
    if last + 1 < starts.size:
        high = float(known[known < starts[last + 1]][-1])
    unknown = people.size(within & (people.codes[one.variable] < 0))
    whole = first == 0 and last + 1 == starts.size
    if whole and MISSING_ID not in one.levels and few(unknown, study.disclosure.minimum_cell):
        return None
    return replace(one, low=low, high=high)


def limits(
    study: Study, variable: Variable, mask: np.ndarray, people: People | None = None
) -> tuple[float, float] | None:
    """Ends of a number's slider that are nobody's value; None where too few have one."""
    people = people or everybody(study)
    numbers = people.numbers[variable.id]
    known = mask & np.isfinite(numbers)
    if people.size(known) < study.disclosure.minimum_cohort:
        return None
    return outward(float(numbers[known].min()), float(numbers[known].max()))


def not_shown(study: Study) -> str:
    """The rule for a cohort or group as a sentence without its full stop; never the count."""
    return f"Fewer than {study.disclosure.minimum_cohort} patients: not shown"
