"""A folder that may change while the server runs, and what was read from it last.

Numbers must never come from a file that is no longer there, and a request must not see half of
one state and half of another. So what was read is kept as one whole and never changed: when the
folder has changed, a new whole takes its place, and whoever holds the old one keeps it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

# A copy takes a while, and half a file may look like a sound one: a change counts once the folder
# has been left alone for so many seconds.
QUIET = 1.0
# Looking at a very large folder takes at most one part in so many of the server's time.
SHARE = 20


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
    """

    def __init__(
        self,
        folder: Path | None,
        read: Callable[[], Any],
        clock: Callable[[], float] = time.time,
    ):
        self._folder, self._read, self._clock = folder, read, clock
        self._lock = threading.Lock()
        self._look_again = 0.0
        # The state is taken first: what changes during the reading is then seen as a change.
        self._held = Held(self._state(), read())

    def current(self) -> Any:
        """What the folder holds now; a caller that asks once has one state for all it does."""
        if self._folder is None or time.monotonic() < self._look_again:
            return self._held.value
        if self._changed():
            with self._lock:
                # Another request may have read it while this one waited. Those that come now
                # wait too: nobody is answered from the old state once the new one was seen.
                state = self._state()
                if state != self._held.state and self._settled(state):
                    self._held = Held(state, self._read())
        return self._held.value

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
        return frozenset() if self._folder is None else frozenset(_marks(self._folder))


def _marks(folder: Path) -> Iterator[tuple]:
    """Name, inode, size and times of a folder and of all in it; the last is when it changed.

    Change times cannot be set, as the others can: a copy that keeps the old date is seen.
    """
    yield _mark(folder)
    try:
        inside = [path for path in folder.iterdir() if not path.name.startswith((".", "_"))]
    except OSError:
        return
    for path in inside:
        yield _mark(path)
        for where, folders, files in os.walk(path):
            for name in (*folders, *files):
                yield _mark(Path(where, name))


def _mark(path: Path) -> tuple:
    try:
        found = path.stat()
    except OSError as error:
        return str(path), error.errno, 0
    return str(path), found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
