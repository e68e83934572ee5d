"""A folder that may change while the server runs, and what was read from it last.

Numbers must never come from a file that is no longer there, and a request must not see half of
one state and half of another. So what was read is kept as one whole and never changed: when the
folder has changed, a new whole takes its place, and whoever holds the old one keeps it. Only where
the change cannot be read at all does the old whole stay, and the log says so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from data.sources.listing import marks

log = logging.getLogger(__name__)

# A copy takes a while, and half a file may look like a sound one: a change counts once the folder
# has been left alone for so many seconds.
QUIET = 1.0
# Looking at a very large folder takes at most one part in so many of the server's time.
SHARE = 20
# What could not be read is tried again after so many seconds.
RETRY = 30.0


class Held(NamedTuple):
    """What was read, and the state of the folder before it was read."""

    state: frozenset
    value: Any


class Live:
    """What was read from a folder, read again when the folder has changed.

    Parameters
    ----------
    folder : Path or None
        The folder that is watched; None if nothing can change.
    read : function without arguments
        Reads everything and returns it as one object that is never changed.
    clock : function without arguments
        Seconds since 1970, as the time stamps of files.
    more : function of what was read
        Whether there is more to be had of the same state of the folder by now: what reads may
        leave out what takes long, and bring it later.
    """

    def __init__(
        self,
        folder: Path | None,
        read: Callable[[], Any],
        clock: Callable[[], float] = time.time,
        more: Callable[[Any], bool] = lambda value: False,
    ):
        self._folder, self._read, self._clock, self._more = folder, read, clock, more
        self._lock = threading.Lock()
        self._look_again = 0.0
        self._failed: frozenset | None = None
        # The state is taken first: what changes during the reading is then seen as a change.
        self._held = Held(self._state(), read())

    def current(self) -> Any:
        """What the folder holds now; a caller that asks once has one state for all it does."""
        if self._folder is None:
            return self._held.value
        if self._more(self._held.value):
            with self._lock:
                if self._more(self._held.value):
                    self._take(self._held.state)
        if time.monotonic() < self._look_again:
            return self._held.value
        if self._changed():
            with self._lock:
                # Another request may have read it while this one waited. Those that come now
                # wait too: nobody is answered from the old state once the new one was seen.
                state = self._state()
                if state != self._held.state and self._settled(state):
                    self._take(state)
        return self._held.value

    def _take(self, state: frozenset) -> None:
        """Read the new state; if that fails, keep the old one and say so once."""
        if state == self._failed and time.monotonic() < self._look_again:
            return
        try:
            self._held, self._failed = Held(state, self._read()), None
        except Exception as error:
            if state != self._failed:
                log.error(
                    "The changed folder of studies could not be read (%s); what was read "
                    "before is still shown.",
                    type(error).__name__,
                )
            self._failed, self._look_again = state, time.monotonic() + RETRY

    def _changed(self) -> bool:
        start = time.monotonic()
        state = self._state()
        if state != self._held.state and self._settled(state):
            return True
        end = time.monotonic()
        self._look_again = end + SHARE * (end - start)
        return False

    def _settled(self, state: frozenset) -> bool:
        """Whether the last change is long enough ago; one in the future is a clock set wrong.

        All workers see the same files and so come to the same answer.
        """
        last = max((mark[-1] for mark in state), default=0)
        return not 0 <= self._clock() - last / 1e9 < QUIET

    def _state(self) -> frozenset:
        return frozenset() if self._folder is None else marks(self._folder)
