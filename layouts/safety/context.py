"""What a safety view is about: the counts together with study, cohort and options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.competing_risks import CompetingRisks
from analysis.safety import AdverseEventCounts
from data.address import View
from data.patient_groups import Pair
from data.sections.adverse_events import AdverseEvents, Term
from data.study import Study, Variable
from layouts.safety.options import SafetyOptions, in_group


@dataclass(frozen=True, eq=False)
class TermSplit:
    """How the patients with one term split by one variable.

    Attributes
    ----------
    labels : tuple of str
        The variable's groups, "Missing" last where a patient in view has no value.
    with_term, n, severe : ndarray of int, shape (L,)
        Patients with the term, all patients, and those with the term at grade 3 or more.
    hidden : ndarray of bool, shape (L,)
        Groups whose counts are too small to be printed.
    """

    variable: Variable
    labels: tuple[str, ...]
    with_term: np.ndarray
    severe: np.ndarray
    n: np.ndarray
    hidden: np.ndarray


@dataclass(frozen=True, eq=False)
class Exposure:
    """One line of treatment received.

    Attributes
    ----------
    known : int
        Patients with a value.
    median, smallest, largest : float
        Of a number; NaN otherwise or where nobody has a value.
    levels : tuple of (label, patients)
        Of a variable with levels.
    """

    variable: Variable
    known: int
    median: float
    smallest: float
    largest: float
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class FirstSevere:
    """Time to the first event of grade 3 or more in each arm, death competing.

    Attributes
    ----------
    groups : tuple of (label, position, CompetingRisks)
    left_out : int
        Patients with a severe event of which no onset day is known.
    """

    groups: tuple[tuple[str, int, CompetingRisks], ...]
    left_out: int


@dataclass(frozen=True, eq=False)
class SafetyContext:
    """Counts of adverse events and everything that must be said beside them.

    Attributes
    ----------
    counts : AdverseEventCounts or None
        One group, or the compared arm before the reference; None where the study has no table.
    arms : tuple of (label, position)
        Names of the groups and their places among the arms; empty for one group.
    pair : Pair or None
        The places of those two; None with fewer than two arms.
    every_arm, every_counts
        The same of all arms where there are three or more, the reference last; else empty and None.
    in_cohort, recorded : int
        Patients who pass the filters, and those of them whose events were recorded.
    patients : tuple of tuple of str
        Lines about single patients with the chosen term, where the study allows it.
    ungraded : int
        Events of the study whose grade is not known.
    """

    study: Study
    view: View
    options: SafetyOptions
    counts: AdverseEventCounts | None
    arms: tuple[tuple[str, int], ...]
    in_cohort: int
    recorded: int
    split: tuple[TermSplit, ...] = ()
    patients: tuple[tuple[str, ...], ...] = ()
    exposure: tuple[Exposure, ...] = ()
    first_severe: FirstSevere | None = None
    pair: Pair | None = None
    every_arm: tuple[tuple[str, int], ...] = ()
    every_counts: AdverseEventCounts | None = None
    ungraded: int = 0

    @property
    def table(self) -> AdverseEvents:
        """The study's adverse events; only to be asked where there are any."""
        return self.study.adverse_events

    @property
    def compares(self) -> bool:
        """Whether two arms stand side by side."""
        return len(self.arms) == 2

    @property
    def by_arm(self) -> tuple[tuple[tuple[str, int], ...], AdverseEventCounts]:
        """The groups that words and files are about, with their counts: all arms there are."""
        if self.every_counts is not None:
            return self.every_arm, self.every_counts
        return self.arms, self.counts

    @property
    def unfiltered(self) -> bool:
        """Whether the publication's own cohort is on screen."""
        chosen = self.study.analysis_set(self.view.cohort.analysis_set)
        return chosen.published and not self.view.cohort.filters

    @property
    def term(self) -> Term | None:
        """The chosen term."""
        return next((one for one in self.table.terms if one.id == self.options.term), None)

    def total(self, severe: bool) -> np.ndarray:
        """Patients with each term in all groups together; (T,) array."""
        _, counts = self.by_arm
        return counts.with_term(severe).sum(axis=0)

    def order(self) -> list[int]:
        """Positions of the terms to show, in the order asked for."""
        options, terms = self.options, self.table.terms
        total = self.total(options.severe)
        least = max(1, options.least * self.recorded / 100)
        wanted = options.search.casefold()
        # A term that a filter emptied keeps its row unless a frequency is asked for.
        shown = [
            i
            for i, term in enumerate(terms)
            if in_group(self.study, term, options.group)
            and (total[i] >= least or not options.least)
            and wanted in f"{term.label} {term.category}".casefold()
        ]
        if options.order == "frequency":
            every = self.total(False)
            return sorted(shown, key=lambda i: (-total[i], -every[i], terms[i].label.casefold()))
        return shown
