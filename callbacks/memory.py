"""What was computed from one state of the studies, and how much of it is kept.

A question is a function and what it is asked with; the same question is answered once. The
questions name the study itself, so that a study whose files have changed is another one, and the
memory goes with the state of the studies that it belongs to. A computation costs less than asking
another machine for its result would, so what is forgotten is simply computed again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Future
from functools import lru_cache, partial
from typing import Any

from data.study import Study
from data.warehouse.asked import forget, note_absent, noting

# Results of views: some kilobytes each. Enough for a room full of readers.
VIEWS = 256
# Rows and numbers of which one view asks for many: less than that.
PARTS = 1024
# Results with whole models or all curves in them: a tenth of a megabyte to a megabyte each.
LARGE = 24


class _OfSome(Exception):
    """An answer of the sites that answered, which is not kept: the others will be back."""

    def __init__(self, value: Any, absent: Iterable[str]):
        super().__init__()
        self.value, self.absent = value, tuple(absent)


class Memory:
    """The memory of one state of the studies, of use to several threads.

    Attributes
    ----------
    studies : tuple of Study
        The studies that can be asked about.
    """

    def __init__(self, studies: tuple[Study, ...]):
        self.studies = studies
        self._kept: dict[Callable, Callable] = {}

    def of(self, studies: tuple[Study, ...]) -> Memory:
        """The same memory for somebody who may ask about some of the studies only."""
        other = Memory(studies)
        other._kept = self._kept
        return other

    def recall(self, compute: Callable, *asked: Hashable, room: int = VIEWS) -> Any:
        """What a function answers, computed only if it is not remembered.

        Parameters
        ----------
        compute : function of (Memory, *asked)
            It depends on nothing else, and its answer is never changed.
        asked : hashable
            All that the answer depends on.
        room : int
            How many answers of this function are kept, the last used ones.
        """
        kept = self._kept.get(compute)
        if kept is None:
            # Two threads may come here at once; both then use the memory that was first.
            # What is remembered is shared by all who may ask, and so knows of no other studies.
            whole = _Once(partial(_whole, compute, self.of(())))
            kept = self._kept.setdefault(compute, lru_cache(room)(whole))
        try:
            return kept(*asked)
        except _OfSome as some:
            note_absent(some.absent)
            return some.value

    def forget(self, *but: str) -> None:
        """Forget every answer, except those of functions of some modules."""
        for compute, kept in list(self._kept.items()):
            if compute.__module__ not in but:
                kept.cache_clear()
        forget()


class _Once:
    """A function that is computed once for all threads that ask it the same at the same time.

    A room full of readers opens the same link at once. Questions ask others in one direction only,
    so nobody waits for who waits for him.
    """

    def __init__(self, compute: Callable):
        self._compute, self._lock = compute, threading.Lock()
        self._running: dict[tuple[Hashable, ...], Future] = {}

    def __call__(self, *asked: Hashable) -> Any:
        with self._lock:
            running = self._running.get(asked)
            if first := running is None:
                running = self._running[asked] = Future()
        if not first:
            return running.result()
        try:
            running.set_result(self._compute(*asked))
        except BaseException as error:  # Whoever waits is told the same.
            running.set_exception(error)
        with self._lock:
            del self._running[asked]
        return running.result()


def _whole(compute: Callable, memory: Memory, *asked: Hashable) -> Any:
    """What a function answers, of all sites of a study; `_OfSome` if one of them did not answer."""
    with noting() as noted:
        found = compute(memory, *asked)
    if noted.absent:
        raise _OfSome(found, noted.absent)
    return found
