"""Adverse events: each patient once per term at worst grade, by arm, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from analysis.proportions import newcombe_difference

METHOD = (
    "Each patient counts once per term, at the worst grade; the denominator is every patient in "
    "view, with and without events. 95 % CI by Clopper–Pearson."
)
DIFFERENCE_METHOD = "Difference with 95 % CI by Newcombe (hybrid score)."


@dataclass(frozen=True, eq=False)
class AdverseEventCounts:
    """Patients with adverse events; A groups, T terms, G grades from mild to severe.

    Attributes
    ----------
    n : (A,) array of int
        Patients in view: the denominators.
    counts : (A, T, G) array of int
        Patients whose worst grade of a term is this grade.
    patients : (A, G) array of int
        Patients whose worst grade of any term is this grade.
    rows : (A,) array of int
        Rows of the table, that is events as recorded.
    first_severe : int
        Position of the first grade that is 3 or more; G if none is.
    """

    n: np.ndarray
    counts: np.ndarray
    patients: np.ndarray
    rows: np.ndarray
    first_severe: int

    def with_term(self, severe: bool = False) -> np.ndarray:
        """Patients with each term at any grade, or at grade 3 or more; (A, T) array of int."""
        return self.counts[:, :, self.first_severe if severe else 0 :].sum(axis=2)

    def with_any(self, severe: bool = False) -> np.ndarray:
        """Patients with any term at any grade, or at grade 3 or more; (A,) array of int."""
        return self.patients[:, self.first_severe if severe else 0 :].sum(axis=1)

    def interval(self, severe: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """Clopper–Pearson limits of `with_term`; two (A, T) arrays, NaN without patients."""
        return exact_limits(self.with_term(severe), self.n[:, None])

    def of_groups(self, *groups: int) -> AdverseEventCounts:
        """The counts of some groups, in their order."""
        some = list(groups)
        arrays = (self.n, self.counts, self.patients, self.rows)
        return AdverseEventCounts(*(array[some] for array in arrays), self.first_severe)

    def difference(self, severe: bool = False) -> np.ndarray:
        """First group minus second, with Newcombe's limits; (T, 3) array of shares."""
        with_term = self.with_term(severe)
        made = np.full((with_term.shape[1], 3), np.nan)
        known: dict[tuple[int, int], tuple[float, float, float]] = {}
        for i, (first, second) in enumerate(zip(*with_term[:2].tolist(), strict=True)):
            if (first, second) not in known:
                one = newcombe_difference(first, int(self.n[0]), second, int(self.n[1]))
                known[first, second] = (one.value, one.lower, one.upper)
            made[i] = known[first, second]
        return made


@dataclass(frozen=True, eq=False)
class WorstGrades:
    """Worst grade of each patient for each term that the patient had: W pairs of both.

    Attributes
    ----------
    patient, term, grade : (W,) arrays of int
        By patient, then by term; no pair stands twice.
    n_patients, n_terms : int
    """

    patient: np.ndarray
    term: np.ndarray
    grade: np.ndarray
    n_patients: int
    n_terms: int

    def highest(self, terms=None) -> np.ndarray:
        """The worst of some terms, or of all; (N,) array of int, -1 without any of them."""
        kept = slice(None) if terms is None else np.isin(self.term, terms)
        patient, grade = self.patient[kept], self.grade[kept]
        found = np.full(self.n_patients, -1)
        if patient.size:
            # Pairs of a patient stand together.
            first = np.flatnonzero(np.diff(patient, prepend=-1))
            found[patient[first]] = np.maximum.reduceat(grade, first)
        return found

    def at_least(self, grade: int) -> np.ndarray:
        """Who had which term at this grade or a worse one; (N, T) array of bool."""
        found = np.zeros((self.n_patients, self.n_terms), bool)
        kept = self.grade >= grade
        found[self.patient[kept], self.term[kept]] = True
        return found


def worst_grades(patient, term, grade, n_patients: int, n_terms: int) -> WorstGrades:
    """Worst grade of each patient for each term.

    Parameters
    ----------
    patient, term, grade : (E,) arrays of int
        Codes of the rows of the table of adverse events.
    """
    pair = np.asarray(patient).astype(np.int64) * n_terms + term
    order = np.lexsort((grade, pair))
    pair, grade = pair[order], np.asarray(grade)[order]
    # Of each pair the last row has the worst grade.
    last = np.append(pair[1:] != pair[:-1], True)[: pair.size]
    pair = pair[last]
    return WorstGrades(pair // n_terms, pair % n_terms, grade[last], n_patients, n_terms)


def count_adverse_events(
    worst: WorstGrades,
    recorded: np.ndarray,
    group: np.ndarray,
    rows: np.ndarray,
    *,
    n_groups: int,
    n_grades: int,
    first_severe: int,
) -> AdverseEventCounts:
    """Count patients by group, term and worst grade.

    Parameters
    ----------
    worst : WorstGrades
    recorded : (N,) array of int
        Rows of the table for each patient.
    group : (N,) array of int
        0 to n_groups - 1; -1 is in no group and not counted.
    rows : (N,) array of bool
        Patients in view.

    Raises
    ------
    ValueError
        If a grade or group lies outside its range.
    """
    _check_codes(worst.grade, n_grades, "worst grades must be -1 or a position among the grades")
    _check_codes(group, n_groups, "groups must be -1 or a position among the groups")
    n_terms = worst.n_terms
    view = rows & (group >= 0)
    of = group[view]
    seen = view[worst.patient]
    place = (group[worst.patient[seen]] * n_terms + worst.term[seen]) * n_grades
    counts = np.bincount(place + worst.grade[seen], minlength=n_groups * n_terms * n_grades)
    highest = worst.highest()[view]
    place = of[highest >= 0] * n_grades + highest[highest >= 0]
    patients = np.bincount(place, minlength=n_groups * n_grades)
    return AdverseEventCounts(
        n=np.bincount(of, minlength=n_groups),
        counts=counts.reshape(n_groups, n_terms, n_grades),
        patients=patients.reshape(n_groups, n_grades),
        rows=np.bincount(of, weights=recorded[view], minlength=n_groups).astype(np.int64),
        first_severe=first_severe,
    )


def _check_codes(codes: np.ndarray, size: int, sentence: str) -> None:
    if codes.size and (codes.max() >= size or codes.min() < -1):
        raise ValueError(sentence)


def exact_limits(events, n, conf_level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Clopper–Pearson limits of many proportions at once; see `proportions.clopper_pearson`.

    Parameters
    ----------
    events, n : arrays of int that broadcast
        Numerators and denominators; NaN limits where the denominator is 0 or the numerator NaN.
    """
    events, n = np.broadcast_arrays(np.asarray(events, float), np.asarray(n, float))
    tail = (1 - conf_level) / 2
    lower, upper = np.zeros(events.shape), np.ones(events.shape)
    some, not_all = events > 0, events < n
    lower[some] = betaincinv(events[some], n[some] - events[some] + 1, tail)
    upper[not_all] = betaincinv(events[not_all] + 1, n[not_all] - events[not_all], 1 - tail)
    unknown = (n == 0) | np.isnan(events)
    lower[unknown] = upper[unknown] = np.nan
    return lower, upper
