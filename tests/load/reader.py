"""Browsers, as far as a server notices: a kept connection each, and a click now and then.

Written on bare sockets, because the readers share the machine with the server and must not take
its processor.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from tests.load.journeys import OPENING, Click

PATIENCE = 30.0
MEAN_THINKING = 7.0
POST = (
    "POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nContent-Length: {}\r\n\r\n"
)
GET = "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"
SOUND = (200, 204)


@dataclass(frozen=True)
class Request:
    """One request and how it went; times in seconds of one clock.

    Attributes
    ----------
    status : int
        0 if there was no answer.
    """

    name: str
    began: float
    ended: float
    status: int
    size: int = 0


@dataclass
class Results:
    """What all readers saw."""

    requests: list[Request] = field(default_factory=list)
    clicks: list[tuple[float, float]] = field(default_factory=list)
    late: int = 0


class Connection:
    """A kept connection; opened when it is first needed, and again when it was closed."""

    def __init__(self, port: int, results: Results):
        self._port, self._results = port, results
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, name: str, sent: bytes) -> None:
        """Send a request, wait for the answer and note both."""
        began = time.monotonic()
        status, size = 0, 0
        try:
            status, size = await asyncio.wait_for(self._answer(sent), PATIENCE)
        except (OSError, EOFError, TimeoutError, ValueError):
            self.close()
        self._results.requests.append(Request(name, began, time.monotonic(), status, size))

    async def _answer(self, sent: bytes) -> tuple[int, int]:
        if self._streams is not None:
            # A server may close a connection that was quiet for a while, just as a request leaves.
            # Browsers then ask again; they do not if a part of the answer has come.
            try:
                head = await self._head(sent)
            except (OSError, asyncio.IncompleteReadError) as error:
                if getattr(error, "partial", b""):
                    raise
                self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
            head = await self._head(sent)
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        status = int(first.split()[1])
        size = 0 if status == 204 else int(headers["content-length"])
        await self._streams[0].readexactly(size)
        if headers.get("connection") == "close":
            self.close()
        return status, size

    async def _head(self, sent: bytes) -> bytes:
        reader, writer = self._streams
        writer.write(sent)
        return await reader.readuntil(b"\r\n\r\n")

    def close(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def hurried(chance: random.Random) -> float:
    """A click a second, faster than anybody reads."""
    return 1.0


def thinking(chance: random.Random) -> float:
    """Seconds that people look at an answer: exponential with a mean of 7, at most 70 (TPC-W)."""
    return min(chance.expovariate(1 / MEAN_THINKING), 10 * MEAN_THINKING)


async def read(
    port: int,
    clicks: Sequence[Click],
    start: float,
    end: float,
    results: Results,
    pause: Callable[[], float],
):
    """One reader, from opening the dashboard at ``start`` to ``end``."""
    await asyncio.sleep(max(0.0, start - time.monotonic()))
    connection = Connection(port, results)
    for path in OPENING:
        await connection.ask("opening", GET.format(path).encode())
    due = time.monotonic()
    for click in clicks:
        if due >= end:
            break
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        await connection.ask(click.page, posted(click.sent))
        ended = time.monotonic()
        results.clicks.append((began, ended))
        # Who still waits does not click; the next click is a pause after the last, or at once.
        wanted = due + pause()
        results.late += ended > wanted
        due = max(wanted, ended)
    connection.close()


def posted(sent: bytes) -> bytes:
    """The request that asks this of the server's callbacks."""
    return POST.format(len(sent)).encode() + sent


async def everybody(
    port: int, journeys: Sequence[Sequence[Click]], seconds: float, pause=hurried
) -> Results:
    """All readers at once for so many seconds; they come one after the other within a pause.

    Parameters
    ----------
    pause : function of a `random.Random`
        Seconds from a click of a reader to the next.
    """
    results, chance = Results(), random.Random(2)
    now = time.monotonic()
    wait = min(1.0 if pause is hurried else MEAN_THINKING, seconds / 4)
    starts = [now + wait * i / len(journeys) for i in range(len(journeys))]
    await asyncio.gather(
        *(
            read(port, clicks, start, now + seconds, results, partial(pause, chance))
            for clicks, start in zip(journeys, starts, strict=True)
        )
    )
    return results
