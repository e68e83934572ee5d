"""How often a password may be guessed: back-off by address, and turns.

A guess costs processor time and memory, so that guesses take turns. After a few wrong ones an
address waits, each time twice as long. While it waits no guess of it is looked at, the right one
neither: an answer to that would be an answer to any guess. Whoever guesses from elsewhere goes
first if he was wrong less often.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil

# So many wrong ones cost nothing: people mistype.
FREE = 4
FIRST_WAIT, LONGEST_WAIT = 1.0, 900.0
# After so long without a wrong guess an address begins anew.
FORGOTTEN = 3600.0
MOST_ADDRESSES = 4096
# Guesses that are looked at or wait for their turn; each holds one of a process's 24 threads.
PLACES = 8
PATIENCE = 2.0


class Busy(Exception):
    """A guess that was not looked at.

    Attributes
    ----------
    seconds : int
        After which another one may be.
    """

    def __init__(self, seconds: float = 5):
        super().__init__(seconds)
        self.seconds = ceil(seconds)


def neighbourhood(address: str) -> str:
    """The addresses that one guesser has: one of IPv4, a network of /64 of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(IPv6Network((int(found), 64), strict=False))
    return str(found)


class BackOff:
    """How long an address waits after wrong guesses; the table is bounded.

    Parameters
    ----------
    clock : function without arguments
        Seconds that only rise.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        # Wrong guesses, when the last one was, and until when no other is looked at.
        self._wrong: OrderedDict[str, tuple[int, float, float]] = OrderedDict()

    def wrong(self, address: str) -> int:
        """How many wrong guesses an address has made."""
        with self._lock:
            return self._known(address)[0]

    def look(self, address: str) -> None:
        """Raise Busy if an address must wait."""
        with self._lock:
            wait = self._known(address)[2] - self._clock()
        if wait > 0:
            raise Busy(wait)

    def missed(self, address: str) -> None:
        """Note one more wrong guess."""
        with self._lock:
            times, now = self._known(address)[0] + 1, self._clock()
            wait = FIRST_WAIT * 2.0 ** min(times - FREE - 1, 30) if times > FREE else 0.0
            self._wrong[address] = times, now, now + min(wait, LONGEST_WAIT)
            self._wrong.move_to_end(address)
            while len(self._wrong) > MOST_ADDRESSES:
                self._wrong.popitem(last=False)

    def _known(self, address: str) -> tuple[int, float, float]:
        times, last, until = self._wrong.get(address, (0, 0.0, 0.0))
        return (times, last, until) if self._clock() - last < FORGOTTEN else (0, 0.0, 0.0)


@dataclass(eq=False)
class _Ticket:
    """One who waits: ordered by wrong guesses, then by when he came."""

    rank: tuple[int, int]
    pushed_out: bool = False


class Turns:
    """One at a time; who was wrong least often goes first."""

    def __init__(self):
        self._changed = threading.Condition()
        self._waiting: list[_Ticket] = []
        self._taken = False
        self._came = 0

    @contextmanager
    def turn(self, wrong: int) -> Iterator[None]:
        """Wait for a turn and have it.

        Parameters
        ----------
        wrong : int
            Wrong guesses of who waits.

        Raises
        ------
        Busy
            If all places are taken by others who were wrong no more often, or the turn does not
            come in time.
        """
        with self._changed:
            self._wait(wrong)
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()

    def _wait(self, wrong: int) -> None:
        self._came += 1
        mine = _Ticket((wrong, self._came))
        if len(self._waiting) + self._taken >= PLACES:
            last = max(self._waiting, key=lambda one: one.rank)
            if last.rank[0] <= wrong:
                raise Busy
            last.pushed_out = True
            self._waiting.remove(last)
            self._changed.notify_all()
        self._waiting.append(mine)
        came = self._changed.wait_for(lambda: mine.pushed_out or self._is_next(mine), PATIENCE)
        if mine.pushed_out:
            raise Busy
        self._waiting.remove(mine)
        if not came:
            raise Busy

    def _is_next(self, mine: _Ticket) -> bool:
        return not self._taken and min(self._waiting, key=lambda one: one.rank) is mine
