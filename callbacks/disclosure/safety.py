"""Adverse events as they leave: no small count, no complement of one, no step to either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from analysis.safety import AdverseEventCounts, count_adverse_events, worst_grades
from callbacks.disclosure.about import About
from callbacks.disclosure.counts import written
from callbacks.disclosure.incidence import released_risks
from callbacks.disclosure.told_terms import small, told_by_counts
from callbacks.groups import recorded_mask
from callbacks.memory import Memory
from data.cohort import select
from data.disclosure import classes, few, hidden_cells
from data.study import ARM, Study
from layouts.safety.context import Exposure, FirstSevere, SafetyContext, TermSplit
from layouts.shared.few import Few

# Of an arm (or of all, None) and a grade: terms that a step of a filter would tell of few.
Told = Callable[[int | None, int], np.ndarray]


@dataclass(frozen=True, eq=False)
class ReleasedCounts(AdverseEventCounts):
    """Counts of which some are not printed.

    Attributes
    ----------
    exact : AdverseEventCounts
        From which intervals and differences are made.
    least : int
    term, severe : (A, T) arrays of bool
        Terms of which nothing is said at any grade, or at grade 3 or more.
    anybody : (A, 2) array of bool
        The same of any event.
    """

    exact: AdverseEventCounts
    least: int
    term: np.ndarray
    severe: np.ndarray
    anybody: np.ndarray

    def with_term(self, severe: bool = False) -> np.ndarray:
        hidden = self.severe if severe else self.term
        return written(self.exact.with_term(severe), hidden, self.least)

    def with_any(self, severe: bool = False) -> np.ndarray:
        return written(self.exact.with_any(severe), self.anybody[:, int(severe)], self.least)

    def interval(self, severe: bool = False) -> tuple[np.ndarray, np.ndarray]:
        hidden = self.severe if severe else self.term
        return tuple(np.where(hidden, np.nan, one) for one in self.exact.interval(severe))

    def of_groups(self, *groups: int) -> ReleasedCounts:
        some = list(groups)
        names = ("n", "counts", "patients", "rows", "term", "severe", "anybody")
        own = {name: getattr(self, name)[some] for name in names}
        return replace(self, exact=self.exact.of_groups(*groups), **own)

    def difference(self, severe: bool = False) -> np.ndarray:
        hidden = (self.severe if severe else self.term).any(axis=0)
        return np.where(hidden[:, None], np.nan, self.exact.difference(severe))


def released_safety(context: SafetyContext, about: About) -> SafetyContext:
    """All of the Safety page."""
    study = about.study
    if few(context.recorded, about.least):
        raise about.too_few()
    if context.compares and about.hidden(ARM):
        raise about.without_arms()
    told = told_by_counts(about) if study.counted is not None else _told_by_rows(about)

    def made(counts: AdverseEventCounts | None, arms) -> ReleasedCounts | None:
        if counts is None:
            return None
        return _counts(counts, [place for _, place in arms] or [None], told, about)

    counts = made(context.counts, context.arms)
    every = made(context.every_counts, context.every_arm)
    shown = counts is not None and context.term is not None and _term_shown(context, counts)
    # An arm that does not show the term would be told from all.
    split = tuple(_split(one, about) for one in context.split) if shown else ()
    severe = context.first_severe
    if severe is not None:
        groups = [(label, place, released_risks(one, about)) for label, place, one in severe.groups]
        kept = tuple(one for one in groups if one[2] is not None)
        severe = FirstSevere(kept, about.count(severe.left_out)) if kept else None
    return replace(
        context,
        counts=counts,
        every_counts=every,
        split=split,
        patients=context.patients if study.single_patients else (),
        exposure=tuple(_exposure(one, about) for one in context.exposure),
        first_severe=severe,
    )


def _worst(memory: Memory, study: Study) -> np.ndarray:
    table = study.adverse_events
    return worst_grades(table.patient, table.term, table.grade, study.n, len(table.terms))


def _term_shown(context: SafetyContext, counts: ReleasedCounts) -> bool:
    position = context.table.terms.index(context.term)
    return not (counts.term[:, position].any() or counts.severe[:, position].any())


def _counts(counts: AdverseEventCounts, arms, told: Told, about: About) -> ReleasedCounts:
    n, least = counts.n[:, None], about.cell
    total, severe = counts.with_term(False), counts.with_term(True)
    term = small(total, n, least)
    grave = term | small(severe, n, least) | small(total - severe, n, least)
    for group, arm in enumerate(arms):
        for least_grade, hidden in ((0, term), (counts.first_severe, grave)):
            hidden[group] |= told(arm, least_grade)
    grave |= term
    cells = np.array(
        [
            [
                _grades(counts, line, hidden, least)
                for line, hidden in zip(of_group, by_term, strict=True)
            ]
            for of_group, by_term in zip(
                counts.counts, np.stack([term, grave], axis=2), strict=True
            )
        ]
    ).reshape(counts.counts.shape)
    anybody = np.column_stack(
        [small(counts.with_any(one), counts.n, least) for one in (False, True)]
    )
    people = np.array(
        [
            hidden_cells([*line, int(n) - int(line.sum())], least)[:-1]
            for line, n in zip(counts.patients, counts.n, strict=True)
        ]
    ).reshape(counts.patients.shape)
    anybody |= people.any(axis=1)[:, None] & anybody
    return ReleasedCounts(
        n=counts.n,
        counts=written(counts.counts, cells, least),
        patients=written(counts.patients, people, least),
        rows=counts.rows,
        first_severe=counts.first_severe,
        exact=counts,
        least=least,
        term=term,
        severe=grave,
        anybody=anybody,
    )


def _grades(counts: AdverseEventCounts, line, hidden, least: int) -> np.ndarray:
    """Which grades of one term are not printed; low and severe ones have sums of their own."""
    if hidden[0]:
        return np.ones(line.size, bool)
    first = counts.first_severe
    if hidden[1]:
        marked = hidden_cells(line, least)
        # The sum of the severe ones, which is not printed, must not be told by its parts.
        marked[first:] |= line[first:] > 0
        return marked | hidden_cells(np.where(marked, 0, line), least)
    return np.concatenate([hidden_cells(part, least) for part in (line[:first], line[first:])])


def _told_by_rows(about: About) -> Told:
    """What `told_by_a_step` says of each term: (T,) of bool."""
    study = about.study
    everybody = select(study, about.cohort) & recorded_mask(study)

    def told(arm: int | None, least_grade: int) -> np.ndarray:
        worst = about.memory.recall(_worst, study)
        rows = everybody if arm is None else everybody & (study.codes[ARM] == arm)
        return told_by_a_step(worst.at_least(least_grade), rows, about)

    return told


def told_by_a_step(has: np.ndarray, rows: np.ndarray, about: About) -> np.ndarray:
    """Terms that one step of a filter would tell of few: (T,) of bool.

    Two answers that differ by one class of a filter tell of the patients of that class how many
    have a term. A term is shown only if of every class few neither have it nor have it not.
    """
    study = about.study
    found = np.zeros(has.shape[1], bool)
    for one in about.cohort.filters:
        others = about.cohort.without(one.variable)
        within = select(study, others) & _same_groups(study, rows, about)
        of_all = select(study, others.without(ARM))
        places = classes(study, study.variable(one.variable), within, of_all)
        for number in np.unique(places[within]):
            members = within & (places == number)
            some, size = has[members].sum(axis=0), int(members.sum())
            found |= small(some, np.array(size), about.cell)
    return found


def severe_hidden(about: About, term: str, arms, members) -> list[bool]:
    """Whether Safety does not tell how many of each arm had a term at grade 3 or more.

    Parameters
    ----------
    term : str
        Its id; what is no term has no hidden count of its own.
    arms : list of int, or [None] for all patients together
    members : list of (N,) arrays of bool
        Patients of each arm.
    """
    study = about.study
    found = [i for i, one in enumerate(study.adverse_events.terms) if one.id == term]
    if not found:
        return [False] * len(members)
    table = study.adverse_events
    counts = count_adverse_events(
        about.memory.recall(_worst, study),
        np.bincount(table.patient, minlength=study.n),
        np.argmax(members, axis=0),
        np.logical_or.reduce(members),
        n_groups=len(members),
        n_grades=len(table.grades),
        first_severe=table.first_severe,
    )
    return _counts(counts, arms, _told_by_rows(about), about).severe[:, found[0]].tolist()


def _same_groups(study, rows: np.ndarray, about: About) -> np.ndarray:
    """Patients of the arms of some, whose events were recorded; without arms all of them."""
    recorded = recorded_mask(study)
    if ARM not in study.codes or not rows.any():
        return recorded
    return recorded & np.isin(study.codes[ARM], np.unique(study.codes[ARM][rows]))


def _split(one: TermSplit, about: About) -> TermSplit:
    hidden = one.hidden | hidden_cells(one.with_term, about.cell)
    hidden |= small(one.with_term, one.n, about.cell)
    for place in about.hidden(one.variable.id):
        if place < hidden.size:
            hidden[place] = True
    hidden &= one.n > 0
    if hidden.sum() == 1:
        rest = np.flatnonzero(~hidden & (one.n > 0))
        if rest.size:
            hidden[rest[int(one.with_term[rest].argmin())]] = True
    grave = small(one.severe, one.with_term, about.cell) | hidden
    return replace(
        one,
        hidden=hidden,
        with_term=written(one.with_term, hidden, about.cell),
        severe=written(one.severe, grave, about.cell),
    )


def _exposure(one: Exposure, about: About) -> Exposure:
    if few(one.known, about.least):
        levels = tuple((label, Few(about.cell)) for label, _ in one.levels)
        return Exposure(one.variable, Few(about.least), *(np.nan,) * 3, levels)
    counts = about.counts([n for _, n in one.levels])
    levels = tuple((label, n) for (label, _), n in zip(one.levels, counts, strict=True))
    return replace(one, smallest=np.nan, largest=np.nan, levels=levels)
