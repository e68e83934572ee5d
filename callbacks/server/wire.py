"""What happens between gunicorn and a client before the application sees a request.

Gunicorn lends a thread to whoever sends the beginning of a request and waits for the rest as long
as it takes, quotes what it cannot read, and writes a line of the log for each. Here the waiting is
bounded, the answer is a fixed sentence, and the log counts.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import gunicorn.util
import gunicorn.workers.gthread

from callbacks.server.asker import only_once
from callbacks.server.errors import FAILED, SENTENCES
from callbacks.server.security import HEADERS, NEVER, content_security_policy

# A browser sends the head of a request in one piece, and a body without long breaks.
HEAD_SECONDS = 1.5
BODY_SECONDS = 10.0
# Whoever has sent nothing at all after this time waits without a thread.
SILENT_SECONDS = 0.05
# How long, and of how many at once, the end of a connection is waited for.
CLOSING_SECONDS, CLOSING_THREADS, CLOSING_AT_MOST = 1.0, 4, 64
# One line of the log for each kind of bad request and worker.
LOG_EVERY = 60.0
KINDS = ("Invalid request", "Error handling", "Socket error")


def bound_waiting(listeners: list) -> None:
    """Let no client hold a thread by sending nothing; called in each worker.

    Accepted connections inherit the time from the socket that listens. That silent clients give
    their thread back is gunicorn's own doing; only its five seconds are too long.
    """
    for one in listeners:
        _wait_at_most(one, HEAD_SECONDS)
    if not hasattr(gunicorn.workers.gthread, "DEFAULT_WORKER_DATA_TIMEOUT"):
        raise RuntimeError("This gunicorn has no time after which a silent client is put aside.")
    gunicorn.workers.gthread.DEFAULT_WORKER_DATA_TIMEOUT = SILENT_SECONDS
    gunicorn.util.close_graceful = _closing_elsewhere(gunicorn.util.close_graceful)


def _closing_elsewhere(close_graceful):
    """Wait for the other end to close in threads of its own.

    Gunicorn waits up to two seconds, in the thread that accepts everybody else.
    """
    threads = ThreadPoolExecutor(CLOSING_THREADS)
    places = threading.BoundedSemaphore(CLOSING_AT_MOST)

    def close(one: socket.socket, *_) -> None:
        # The other end learns at once that nothing more comes.
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_WR)
        if places.acquire(blocking=False):
            done = threads.submit(close_graceful, one, CLOSING_SECONDS)
            done.add_done_callback(lambda _: places.release())
        else:
            gunicorn.util.close(one)

    return close


def body_may_take_longer(request) -> None:
    """Called when the head of a request was read."""
    _wait_at_most(request.unreader.sock, BODY_SECONDS)


def once(request, names: frozenset[str]) -> None:
    """Called when the head of a request was read, with the headers of a proxy that is believed."""
    request.headers = only_once(request.headers, names)


def next_head(request) -> None:
    """Called when a request was answered: the connection may bring another one."""
    # The client may be gone.
    with contextlib.suppress(OSError):
        _wait_at_most(request.unreader.sock, HEAD_SECONDS)


def _wait_at_most(one: socket.socket, seconds: float) -> None:
    whole, rest = divmod(seconds, 1)
    one.setsockopt(
        socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(whole), int(rest * 1e6))
    )


def write_error(client: socket.socket, status: int, reason: str, _) -> None:
    """Answer what gunicorn cannot pass on; it repeats nothing that was sent."""
    sentence = SENTENCES.get(status, FAILED if status >= 500 else SENTENCES[400]) + "\n"
    headers = {
        "Connection": "close",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(sentence.encode())),
        "Content-Security-Policy": content_security_policy(()),
        "Cache-Control": NEVER,
    } | HEADERS
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {text}" for name, text in headers.items())]
    gunicorn.util.write_nonblock(client, "\r\n".join([*lines, "", sentence]).encode())


class Counted:
    """A filter of a log: bad requests without what was sent, each kind once a minute.

    Parameters
    ----------
    clock : function without arguments
        Seconds that only rise.
    """

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[float, int]] = {}

    def __call__(self, record: logging.LogRecord) -> bool:
        message = str(record.msg)
        start = next((kind for kind in KINDS if message.startswith(kind)), None)
        if start is None:
            return True
        kind = record.exc_info[0].__name__ if record.exc_info else "no valid HTTP"
        said, now = f"{start}: {kind}", self._clock()
        with self._lock:
            last, left_out = self._seen.get(said, (now - LOG_EVERY, 0))
            if now - last < LOG_EVERY:
                self._seen[said] = last, left_out + 1
                return False
            self._seen[said] = now, 0
        record.msg, record.args = said + (f", and {left_out} before" if left_out else ""), ()
        record.exc_info = record.exc_text = None
        return True
