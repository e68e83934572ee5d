"""Several ways in which one endpoint can end: which cause each patient's first event had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.outcomes import EndpointData


@dataclass(frozen=True)
class Cause:
    """One way of leaving.

    Attributes
    ----------
    id : str
    label : str
        As a heading, ``Death of cancer``.
    name : str
        Within a sentence, where that is not the label.
    values : tuple of str
        Cells that stand for it; empty where its own endpoint tells it, or where it is what none
        of the others is.
    alone : str
        Endpoint that counts this cause alone and takes the others for censoring; empty for none.
    """

    id: str
    label: str
    name: str = ""
    values: tuple[str, ...] = ()
    alone: str = ""

    @property
    def rest(self) -> bool:
        """Whether it is every event that is of no other cause."""
        return not self.values and not self.alone


@dataclass(frozen=True)
class Causes:
    """Every way in which an endpoint can end.

    Attributes
    ----------
    endpoint : str
        The endpoint that counts all of them.
    causes : tuple of Cause
        The event of interest first.
    """

    endpoint: str
    causes: tuple[Cause, ...]

    @property
    def interest(self) -> Cause:
        return self.causes[0]

    @property
    def others(self) -> tuple[Cause, ...]:
        """What competes with the event of interest."""
        return self.causes[1:]

    @property
    def by_cells(self) -> bool:
        """Whether the cells of a column tell the causes, and not endpoints of their own."""
        return any(one.values for one in self.causes)

    def belongs_to(self, endpoint_id: str) -> bool:
        """Whether an endpoint counts all causes, or the one of interest alone."""
        return endpoint_id in (self.endpoint, self.interest.alone)


@dataclass(frozen=True, eq=False)
class FirstEvents:
    """The first event of every patient.

    Attributes
    ----------
    time : ndarray, shape (N,)
        Days.
    cause : ndarray of int64, shape (N,)
        Place in the causes from 1 on; 0 censored, -1 an event of no declared cause.
    known : ndarray of bool, shape (N,)
        False for patients who do not have these endpoints.
    """

    time: np.ndarray
    cause: np.ndarray
    known: np.ndarray


def first_events(causes: Causes, outcomes: Mapping[str, EndpointData]) -> FirstEvents:
    """What happened first to every patient, and when.

    Where endpoints of their own tell the causes, the earliest of their events not after the time
    of the endpoint that counts all is the first one; on one day the cause that is declared first.
    """
    whole = outcomes[causes.endpoint]
    if causes.by_cells:
        return FirstEvents(whole.time, whole.cause, whole.known)
    rest = next((i for i, one in enumerate(causes.causes, 1) if one.rest), -1)
    cause, time, known = np.where(whole.event == 1, rest, 0), whole.time, whole.known
    told = np.zeros(known.size, bool)
    for place, one in enumerate(causes.causes, 1):
        if one.rest:
            continue
        own = outcomes[one.alone]
        first = (own.event == 1) & (own.time <= whole.time) & (~told | (own.time < time))
        time, cause = np.where(first, own.time, time), np.where(first, place, cause)
        told, known = told | first, known & own.known
    return FirstEvents(time, cause, known)


def of_pair(event: str, composite: str, label: str, other: str) -> Causes:
    """The causes of two endpoints whose difference is the competing event.

    Parameters
    ----------
    event, composite : str
        Endpoint of the event of interest alone, and the one that also counts what competes.
    label : str
        Of the event of interest.
    other : str
        What competes; empty where the study does not say.
    """
    named = other or "the competing event"
    return Causes(composite, (Cause("event", label, alone=event), Cause("other", named)))
