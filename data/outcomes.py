"""What happened to the patients of a study, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DAYS_PER_UNIT = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}
EVENT, CENSORED = "1", "0"


@dataclass(frozen=True)
class Timing:
    """How the cells of an endpoint become days and events.

    Attributes
    ----------
    unit : str
        Of the times as they stand, one of ``DAYS_PER_UNIT``; empty where it is not declared, and
        the times must then be whole days.
    event_values, censored_values : tuple of str
        Cells of the event's column that stand for an event and for a censored patient.
    start : str
        Column of the date from which days are counted; empty where durations are given. The time
        column then holds the date on which the time ends.
    event_dates : tuple of str
        Columns of the dates of the event, of which the first counts; who has none is censored on
        the date of the time column. Empty where the event's column says who had the event.
    first_of : tuple of str
        Ids of the endpoints of which this one is the first; it has no columns of its own.
    missing_codes : tuple of str
        Cells of its columns that stand for no value.
    causes : tuple of tuple of str
        Of each way in which it can end the cells that stand for it; empty where one column does
        not tell several causes.
    cause_column : str
        Column of those cells where it is not the event's.
    rest : int
        Place from 1 on of the cause of an event that none of the cells tells; 0 for none.
    """

    unit: str = ""
    event_values: tuple[str, ...] = (EVENT,)
    censored_values: tuple[str, ...] = (CENSORED,)
    start: str = ""
    event_dates: tuple[str, ...] = ()
    first_of: tuple[str, ...] = ()
    missing_codes: tuple[str, ...] = ()
    causes: tuple[tuple[str, ...], ...] = ()
    cause_column: str = ""
    rest: int = 0


WHOLE_DAYS = Timing()


@dataclass(frozen=True)
class EndpointData:
    """The columns of one endpoint, one entry per patient of the study.

    Attributes
    ----------
    time : ndarray of int or of float, shape (N,)
        Days; whole days are whole numbers, and only an endpoint with a fraction of a day has
        fractions. 0 where not known.
    event : ndarray of int, shape (N,)
        1 event, 0 censored.
    known : ndarray of bool, shape (N,)
        False for patients who do not have this endpoint.
    cause : ndarray of int, shape (N,), or None
        Place of the event's cause from 1 on, 0 without an event; None where no column tells it.
    """

    time: np.ndarray
    event: np.ndarray
    known: np.ndarray
    cause: np.ndarray | None = None

    def of(self, rows: np.ndarray) -> EndpointData:
        """The same of some patients only."""
        cause = None if self.cause is None else self.cause[rows]
        return EndpointData(self.time[rows], self.event[rows], self.known[rows], cause)
