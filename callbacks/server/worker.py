"""The worker of gunicorn, which lends a thread to a request that has come and to no other.

Gunicorn's own lends a thread to whoever sends the first byte, and waits for each further one anew:
as many connections as there are threads, each with a line a second, shut everybody else out. Here
one loop without threads collects the head of a request, and its body where that is as small as any
question of a page. Larger bodies, which are files of readers, have few threads for them and a time
for the whole. Nothing that gunicorn reads is interpreted here: the parser gets every byte as it
came.
"""

from __future__ import annotations

import re
import selectors
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from functools import partial

from gunicorn import http
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from callbacks.server.serving import LARGEST_REQUEST
from callbacks.server.wire import write_error
from data.sources.held import LARGEST

# Of a whole head, and of a whole body; a large one has a second more for each so many bytes.
HEAD_SECONDS = 5.0
BODY_SECONDS = 15.0
SLOWEST = 100_000
# How long an answer may stand still because its reader takes none of it.
STILL_SECONDS = 30
# Requests of one address that are still coming, in each of two workers.
COMING_AT_MOST = 16
# Threads for bodies that are read as they come.
LARGE_AT_ONCE = 8
LARGEST_HEAD = 64 * 1024
_LONGEST_LINE = 8200
_CHUNK = 64 * 1024
_END = b"\r\n\r\n"
_BARE = re.compile(rb"(?<!\r)\n")
_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:([^\r\n]*)", re.IGNORECASE)
_AS_IT_COMES = re.compile(rb"\r\n(transfer-encoding|expect)[ \t]*:", re.IGNORECASE)


@dataclass(eq=False)
class Coming:
    """A request of which not all has come.

    Attributes
    ----------
    until : float
        When it is given up, by the monotonic clock.
    got : bytearray
        What has come.
    size : int or None
        How much is collected; None as long as the head has no end.
    seen : int
        How much of it was looked at for the end of the head.
    large : bool
        Whether a thread reads the body as it comes.
    registered : bool
        Whether the loop is told when more comes.
    """

    conn: TConn
    until: float
    got: bytearray = field(default_factory=bytearray)
    size: int | None = None
    seen: int = 0
    large: bool = False
    registered: bool = False

    @property
    def address(self) -> str:
        return self.conn.client[0] if self.conn.client else ""

    def collected(self) -> bool:
        """Whether the parser can read what there is without waiting for more of the head."""
        if self.size is None:
            # One empty line may stand before a request. What was looked at is not looked at again.
            end = self.got.find(_END, max(2 if self.got.startswith(b"\r\n") else 0, self.seen - 3))
            if end < 0:
                new, self.seen = max(self.seen - 1, 0), len(self.got)
                # The parser refuses a line as long as that, or one that ends otherwise, at once.
                long = len(self.got) > _LONGEST_LINE and b"\r\n" not in self.got[2:_LONGEST_LINE]
                return long or bool(_BARE.search(self.got, new))
            self.until = time.monotonic() + BODY_SECONDS
            self.size, self.large = _to_collect(bytes(self.got[: end + len(_END)]))
        return len(self.got) >= self.size


def _to_collect(head: bytes) -> tuple[int, bool]:
    """How many bytes are collected for a head, and whether its body is read as it comes."""
    lengths = [one.strip() for one in _LENGTH.findall(head)]
    if not lengths and not _AS_IT_COMES.search(head):
        return len(head), False
    # Anything unusual, which the parser may well refuse, takes the way of what is large.
    usual = len(lengths) == 1 and lengths[0].isdigit() and not _AS_IT_COMES.search(head)
    if usual and len(lengths[0]) < 9 and int(lengths[0]) <= LARGEST_REQUEST:
        return len(head) + int(lengths[0]), False
    return len(head), True


class Timely(SocketUnreader):
    """What a thread still reads from a connection, all of it until one time."""

    until = float("inf")

    def chunk(self, size_hint=None):
        left, before = self.until - time.monotonic(), self.sock.gettimeout()
        if left <= 0:
            raise TimeoutError("the body took too long")
        if before is not None:
            left = min(left, before)
        self.sock.settimeout(None if left == float("inf") else left)
        try:
            return super().chunk(size_hint)
        finally:
            self.sock.settimeout(before)


class PatientWorker(ThreadWorker):
    """See the module. ``enqueue_req`` is where gunicorn's loop hands a connection to a thread."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._coming: dict[TConn, Coming] = {}
        self._places = threading.BoundedSemaphore(LARGE_AT_ONCE)

    def enqueue_req(self, conn: TConn) -> None:
        """Collect the next request of a connection, new or used before."""
        if conn.parser is None:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
            conn.parser.unreader = Timely(conn.sock)
            conn.initialized = True
            still = struct.pack("ll", STILL_SECONDS, 0)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, still)
        conn.sock.setblocking(False)
        # A thread may have read the beginning of this request with the end of the last.
        got = bytearray(conn.parser.unreader.take_buffered())
        one = self._coming[conn] = Coming(conn, time.monotonic() + HEAD_SECONDS, got)
        self._make_room(one.address)
        if got and one.collected():
            self._hand_over(one)
        else:
            self._more(one)

    def handle_request(self, req, conn: TConn):
        """Answer in a thread; a body that is read as it comes needs one of few places, and time.

        Its connection is closed then: nobody waits for what the answer left unread of it.
        """
        if not conn.large:
            return super().handle_request(req, conn)
        if not self._places.acquire(blocking=False):
            write_error(conn.sock, 503, "Service Unavailable", "")
            return False
        try:
            lengths = [int(value) for name, value in req.headers if name == "CONTENT-LENGTH"]
            more = min(sum(lengths), LARGEST) / SLOWEST
            req.unreader.until = time.monotonic() + BODY_SECONDS + more
            req.force_close()
            return super().handle_request(req, conn)
        finally:
            self._places.release()

    def murder_pending(self) -> None:
        """Give up what has taken too long; called by gunicorn's loop once a second."""
        super().murder_pending()
        now = time.monotonic()
        for one in list(self._coming.values()):
            if one.until < now or not (self.alive or one.got):
                self._drop(one)

    def _make_room(self, address: str) -> None:
        """Drop the oldest of too many: who has come last is most likely to be in earnest."""
        if len(self._coming) > COMING_AT_MOST:
            same = [one for one in self._coming.values() if one.address == address]
            for one in same[: max(len(same) - COMING_AT_MOST, 0)]:
                self._drop(one)

    def _more(self, one: Coming, _=None) -> None:
        """Take what has come of a request; called again when there is more."""
        if one.conn not in self._coming:
            # Dropped by what happened in the same moment.
            return
        try:
            got = one.conn.sock.recv(_CHUNK)
        except BlockingIOError:
            self._listen(one)
            return
        except OSError:
            got = b""
        one.got += got
        if not got:
            self._drop(one)
        elif one.collected():
            self._hand_over(one)
        elif one.size is None and len(one.got) > LARGEST_HEAD:
            write_error(one.conn.sock, 431, "Request Header Fields Too Large", "")
            self._drop(one)
        else:
            self._listen(one)

    def _listen(self, one: Coming) -> None:
        if not one.registered:
            one.registered = True
            more = partial(self._more, one)
            self.poller.register(one.conn.sock, selectors.EVENT_READ, more)

    def _hand_over(self, one: Coming) -> None:
        self._forget(one)
        one.conn.large = one.large
        one.conn.data_ready = True
        one.conn.parser.unreader.unread(bytes(one.got))
        one.conn.sock.setblocking(True)
        super().enqueue_req(one.conn)

    def _drop(self, one: Coming) -> None:
        self._forget(one)
        self.nr_conns -= 1
        one.conn.close()

    def _forget(self, one: Coming) -> None:
        del self._coming[one.conn]
        if one.registered:
            self.poller.unregister(one.conn.sock)
