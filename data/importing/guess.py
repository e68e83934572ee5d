"""What was guessed, how sure that is, and why: of a column, of an endpoint, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from data.importing.column import Column

# How sure a guess is; what is ASKED is taken for nothing until somebody says it.
ASKED, DOUBTFUL, LIKELY, CERTAIN = range(4)
SURENESS = ("not known", "doubtful", "likely", "certain")

ROLES = {
    "id": "patient’s id",
    "arm": "treatment arm",
    "variable": "variable",
    "time": "time",
    "event": "event",
    "date": "date",
    "term": "adverse event",
    "grade": "grade",
    "category": "heading of adverse events",
    "onset": "day of onset",
    "left out": "left out",
}
KINDS = ("number", "ordinal", "categorical")
UNITS = ("days", "weeks", "months", "years")
# What a date may be of; a date of death that is one of the last contact too is both.
DATES = ("start", "progress", "death", "last contact", "end")


@dataclass(frozen=True, eq=False)
class Guess:
    """What one column is taken for.

    Attributes
    ----------
    column : Column
    role : str
        One of ROLES.
    why : str
        In a clause without a capital.
    sure : int
        ASKED to CERTAIN.
    kind : str
        One of KINDS for a variable; else empty.
    dates : frozenset of str
        Of a date: which of DATES.
    unit : str
        Of a number, or of a time; empty where none is known.
    personal : str
        What it tells of who somebody is; empty for nothing.
    """

    column: Column
    role: str
    why: str
    sure: int = CERTAIN
    kind: str = ""
    dates: frozenset[str] = frozenset()
    unit: str = ""
    personal: str = ""

    @property
    def name(self) -> str:
        return self.column.name


@dataclass(frozen=True)
class Question:
    """What cannot be known from the files.

    Attributes
    ----------
    key : str
        Under which it is answered: ``os.unit``.
    text : str
        The question with what speaks for what.
    choices : tuple of str
        What may be answered.
    """

    key: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class CauseGuess:
    """One way to leave that a status tells.

    Attributes
    ----------
    id, label : str
        As in ``study.toml``.
    values : tuple of str
        Cells that stand for it.
    kind : str
        ``death``, ``progress`` or ``transplant``; empty for anything else.
    """

    id: str
    label: str
    values: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True)
class EndpointGuess:
    """One endpoint, either by a time and an event or by dates.

    Attributes
    ----------
    id, label, name, event_name, curve, population : str
        As in ``study.toml``.
    time, unit : str
        Column of times, and their unit; both empty for one by dates.
    event : str
        Column of the event; may be empty for one by dates.
    event_values, censored_values : tuple of str
        Its cells that stand for an event, and those for none.
    start : str
        Column of the dates from which is counted.
    progress, death : str
        Columns of the dates of what may happen.
    end : str
        Column of the date of death or last contact, where one column holds both; with ``event``.
    last_contact : str
        Column of the date until which somebody without an event was followed.
    order : str
        ``dmy`` or ``mdy`` where its dates are written so; empty where nothing needs it.
    causes : tuple of CauseGuess
        The ways to leave that its event column tells, that of interest first; empty for fewer
        than two.
    alone : bool
        Whether it counts that of interest alone, so that a further endpoint counts all.
    sure : int
    why : str
        Clauses, separated by semicolons.
    questions : tuple of Question
    """

    id: str
    label: str
    name: str
    event_name: str
    curve: str = ""
    population: str = ""
    time: str = ""
    unit: str = ""
    event: str = ""
    event_values: tuple[str, ...] = ()
    censored_values: tuple[str, ...] = ()
    start: str = ""
    progress: str = ""
    death: str = ""
    end: str = ""
    last_contact: str = ""
    order: str = ""
    causes: tuple[CauseGuess, ...] = ()
    alone: bool = False
    sure: int = CERTAIN
    why: str = ""
    questions: tuple[Question, ...] = ()

    @property
    def by_dates(self) -> bool:
        return bool(self.start)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it is made from."""
        names = (self.time, self.event, self.start, self.progress, self.death, self.end)
        return tuple(dict.fromkeys(one for one in (*names, self.last_contact) if one))
