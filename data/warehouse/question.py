"""What a study in a database can be asked: how many patients there are of each kind.

A question names columns by the study's own words (variables, endpoints); nothing in it is a name of
the database, and no answer is about one patient by construction: every answer is a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from data.cohort import Cohort, Filter

SITE = "site"
"""Id of the variable that says where a patient lies."""


@dataclass(frozen=True)
class Level:
    """A patient's level: its place among the variable's levels (of a number: its range)."""

    variable: str


@dataclass(frozen=True)
class Value:
    """A patient's number as it stands."""

    variable: str


@dataclass(frozen=True)
class Time:
    """Days to the end of a patient's follow-up for an endpoint; -1 of one who does not have it."""

    endpoint: str


@dataclass(frozen=True)
class Happened:
    """1 where the endpoint's event ended the follow-up, 0 where the patient is censored."""

    endpoint: str


@dataclass(frozen=True)
class Cause:
    """Place from 1 on of the cause of an endpoint's event, 0 without an event."""

    endpoint: str


@dataclass(frozen=True)
class Site:
    """Where a patient lies: the place of the source among the study's sources.

    A study of several sources also has it as a variable, `SITE`, which its loader makes: patients
    are filtered and split by it as by any other.
    """


@dataclass(frozen=True)
class Term:
    """An adverse event's term: its place among the study's terms."""


@dataclass(frozen=True)
class Grade:
    """A (worst) grade: its place among the study's grades."""


@dataclass(frozen=True)
class Passes:
    """1 where a patient passes a filter, else 0."""

    filter: Filter


@dataclass(frozen=True)
class SevereTime:
    """Of `Rows.FIRST_SEVERE`: the day of the first severe event, else the end of follow-up.

    NaN where the days of all of a patient's severe events are unknown.
    """


@dataclass(frozen=True)
class SevereCause:
    """Of `Rows.FIRST_SEVERE`: 1 a severe event came first, 2 death without one, 0 censored.

    -1 where a severe event is recorded and the days of all of the patient's are unknown.
    """


Column = (
    Level
    | Value
    | Time
    | Happened
    | Cause
    | Site
    | Term
    | Grade
    | Passes
    | SevereTime
    | SevereCause
)


class Rows(Enum):
    """What is counted."""

    PATIENTS = "patients"
    WORST = "patients with an adverse event, at their worst grade of all"
    WORST_OF_TERM = "patients by term, each once, at the worst grade of that term"
    EVENTS = "adverse events"
    # Those with the endpoint of death, `AdverseEventColumns.death`, which competes; and all of
    # whom a severe event is recorded and no day of one.
    FIRST_SEVERE = "patients, until their first severe adverse event"


@dataclass(frozen=True)
class Who:
    """Which patients are counted.

    Attributes
    ----------
    cohort : Cohort
        Analysis set and filters.
    endpoint : str
        Only patients who have this endpoint; empty for all.
    after : int or None
        Only patients whose time to that endpoint is longer than so many days.
    """

    cohort: Cohort
    endpoint: str = ""
    after: int | None = None


@dataclass(frozen=True)
class Question:
    """Counts of the same patients by several groupings, in one statement where that is possible.

    Attributes
    ----------
    groupings : tuple of tuple of Column
        Each is answered by a table of its own; an empty one by one row, the whole.
    sums : tuple of tuple of str
        Variables that are numbers: of each tuple the sum of their product within each row, over
        the patients who have all of them.
    rows : Rows
    """

    who: Who
    groupings: tuple[tuple[Column, ...], ...]
    sums: tuple[tuple[str, ...], ...] = ()
    rows: Rows = Rows.PATIENTS
