"""Adverse events: what a study declares about their table, and the table as codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SEVERE = 3


@dataclass(frozen=True)
class Grade:
    """A grade of severity, or a band of grades that the study does not tell apart.

    Attributes
    ----------
    low, high : int
        1 to 5; equal for a single grade; both 0 where the grade of an event is not known.
    """

    low: int
    high: int

    @property
    def is_band(self) -> bool:
        return self.low != self.high

    @property
    def label(self) -> str:
        """``3``, or ``1–2`` of a band."""
        if self == UNGRADED:
            return "unknown"
        return f"{self.low}–{self.high}" if self.is_band else str(self.low)

    @property
    def severe(self) -> bool:
        """Grade 3 or more."""
        return self.low >= SEVERE


UNGRADED = Grade(0, 0)


@dataclass(frozen=True)
class Term:
    """A kind of adverse event; ``id`` is its name in links."""

    id: str
    label: str
    category: str


@dataclass(frozen=True)
class TermPreset:
    """A named selection of terms."""

    id: str
    label: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class AdverseEventColumns:
    """What ``[adverse_events]`` says, before the table is read.

    Attributes
    ----------
    table : str
        Id of one of the ``[[tables]]``.
    category, onset_day, emergent : str
        Empty where the table has no such column; the last says whether an event began or grew worse
        under treatment.
    grades : tuple of (text, text)
        What the study's own words for grades mean: the words, and the grade or band.
    after_start : bool
        Whether events that began before day 0 are left out.
    categories : tuple of str
        Order of the headings.
    analysis_set : str
        Id of the set whose patients' events were recorded; empty for everybody.
    death : str
        Endpoint whose event is death; competes with a first severe event.
    listing : bool
        Whether lines about single patients may be shown.
    minimum_cell : int
        Smaller counts in a split of one term's patients are not printed.
    """

    table: str
    term: str
    category: str
    grade: str
    onset_day: str
    categories: tuple[str, ...]
    analysis_set: str
    death: str
    listing: bool
    minimum_cell: int
    presets: tuple[TermPreset, ...]
    emergent: str = ""
    grades: tuple[tuple[str, str], ...] = ()
    after_start: bool = False


@dataclass(frozen=True, eq=False)
class AdverseEvents:
    """The adverse events of a study, one entry of each array for each row that counts.

    Attributes
    ----------
    columns : AdverseEventColumns
    grades : tuple of Grade
        Those that occur, from mild to severe.
    terms : tuple of Term
        By category; within one from frequent to rare in the whole file.
    patient, term, grade : ndarray of int64, shape (E,)
        Row of the patients' file, position in ``terms``, position in ``grades``. None, as
        ``onset``, where the events stay in a database.
    onset : ndarray of float, shape (E,), or None
        Day of onset, NaN where the cell is empty; None where the study does not know onsets.
    left_out : int
        Rows of the table that do not count because they are not of the treatment.
    rows : ndarray of int64, shape (E,), or None
        Row of the table, as a fault names it; None where nobody asks.
    """

    columns: AdverseEventColumns
    grades: tuple[Grade, ...]
    terms: tuple[Term, ...]
    patient: np.ndarray
    term: np.ndarray
    grade: np.ndarray
    onset: np.ndarray | None
    left_out: int = 0
    rows: np.ndarray | None = None

    @property
    def dated(self) -> bool:
        """Whether days of onset are recorded, of some events at least."""
        return bool(self.columns.onset_day)

    @property
    def first_severe(self) -> int:
        """Position of the first grade that is 3 or more; the number of grades if none is."""
        return next((i for i, one in enumerate(self.grades) if one.severe), len(self.grades))
