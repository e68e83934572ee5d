"""Sign-ins that were refused, counted by address: thousands of guesses are a few lines."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from callbacks.server.audit_log import Unwritten, now
from callbacks.server.guesses import neighbourhood

# The first refusal of an address is said at once, the further ones with their number after this.
EVERY = 60.0
# Addresses that have lines of their own at a time; all others are counted together.
MOST_ADDRESSES = 32
OTHERS = "others"


@dataclass
class _Count:
    """Refusals that are not said yet."""

    since: str
    started: float
    n: int = 0


class Refusals:
    """Counts refusals and says them.

    Parameters
    ----------
    say : function of (reason, address, count, since)
        Writes one line; ``since`` is when the first of them was.
    clock : function without arguments
        Seconds that only rise.
    """

    def __init__(
        self,
        say: Callable[[str, str, int, str], None],
        clock: Callable[[], float] = time.monotonic,
    ):
        self._say, self._clock = say, clock
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str], _Count] = {}

    def note(self, reason: str, address: str) -> None:
        """One more refusal."""
        key = reason, neighbourhood(address)
        with self._lock:
            if key not in self._counts and len(self._counts) >= MOST_ADDRESSES:
                key = reason, OTHERS
            if key in self._counts:
                self._counts[key].n += 1
                return
            self._counts[key] = _Count(now(), self._clock(), 1)
        self._said([key])

    def flush(self, *, everything: bool = False) -> None:
        """Say what was counted and is old enough: with every request, and at the end all of it."""
        if not self._counts:
            return
        end = self._clock() - EVERY
        with self._lock:
            due = [key for key, one in self._counts.items() if everything or one.started <= end]
        if due:
            self._said(due)

    def _said(self, keys: list[tuple[str, str]]) -> None:
        for key in keys:
            with self._lock:
                one = self._counts.get(key)
                if one is None:
                    continue
                if not one.n:
                    # Quiet since its last line.
                    del self._counts[key]
                    continue
                self._counts[key] = _Count(now(), self._clock())
            try:
                self._say(*key, one.n, one.since)
            except Unwritten:
                # The log has said so, and this is said when it can be written again.
                with self._lock:
                    kept = self._counts.setdefault(key, _Count(one.since, one.started))
                    kept.n, kept.since = kept.n + one.n, one.since
