"""One costly view at a time in each worker, so that it starves nobody who asks for a quick one.

What a view costs is known from the last time that its like was computed, in seconds of the
processor; where it never was, from the number of patients. Who has waited too long is told so.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from callbacks.memory import VIEWS

COSTLY = 1.0
"""Seconds of the processor from which on a view waits for its turn."""
PATIENCE = 20.0
"""Seconds that it waits for it."""
MOST_WAITING = 8
# A view of so many patients that was never computed is taken for a costly one.
_MANY_PATIENTS = 300_000
_KNOWN = 2_048
SENTENCE = (
    "The server is computing other large views, and this one has waited for 20 seconds. Try again "
    "in a moment."
)


class Busy(Exception):
    """A view whose turn has not come; its text is a sentence for the reader."""

    def __init__(self) -> None:
        super().__init__(SENTENCE)


class Gate:
    """Who computes a costly view, and what views have cost.

    Parameters
    ----------
    patience : float
        Seconds that a view waits for its turn.
    clock : function without arguments
        Seconds that the thread has used the processor.
    """

    def __init__(
        self, patience: float = PATIENCE, clock: Callable[[], float] = time.thread_time
    ) -> None:
        self._patience, self._clock = patience, clock
        self._turn = threading.Lock()
        self._waiting = threading.Semaphore(MOST_WAITING)
        self._lock = threading.Lock()
        self._costs: OrderedDict[Hashable, float] = OrderedDict()
        # What was answered lately is remembered, and costs nothing.
        self._answered: OrderedDict[Hashable, None] = OrderedDict()

    def run(self, kind: Hashable, asked: Hashable, patients: int, work: Callable[[], Any]) -> Any:
        """Do some work, in turn if it is costly.

        Parameters
        ----------
        kind : hashable
            What costs alike: a page of a study with its options.
        asked : hashable
            The view itself; one that was answered lately is remembered.
        patients : int
            Of the study.

        Raises
        ------
        Busy
            If its turn does not come in time, or too many wait already.
        """
        if not self._costly(kind, asked, patients):
            return self._measured(kind, asked, work)
        if not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            if not self._turn.acquire(timeout=self._patience):
                raise Busy
        finally:
            self._waiting.release()
        try:
            return self._measured(kind, asked, work)
        finally:
            self._turn.release()

    def _costly(self, kind: Hashable, asked: Hashable, patients: int) -> bool:
        with self._lock:
            if asked in self._answered:
                return False
            return self._costs.get(kind, COSTLY * (patients > _MANY_PATIENTS)) >= COSTLY

    def _measured(self, kind: Hashable, asked: Hashable, work: Callable[[], Any]) -> Any:
        start = self._clock()
        found = work()
        took = self._clock() - start
        with self._lock:
            if asked not in self._answered:
                _keep(self._costs, kind, took, _KNOWN)
            _keep(self._answered, asked, None, VIEWS)
        return found


def _keep(kept: OrderedDict, key: Hashable, value: Any, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)


GATE = Gate()
"""Of this worker; each has its own after the fork."""
