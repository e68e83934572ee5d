"""What gunicorn itself says and logs, and how it ends connections.

Gunicorn quotes what it cannot read, and writes a line of the log for each. Here the answer is a
fixed sentence, and the log counts. How requests come in is `callbacks.server.worker`.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import gunicorn.util

from callbacks.server.asker import only_once
from callbacks.server.errors import FAILED, SENTENCES
from callbacks.server.security import HEADERS, NEVER, content_security_policy

# How long, and of how many at once, the end of a connection is waited for.
CLOSING_SECONDS, CLOSING_THREADS, CLOSING_AT_MOST = 1.0, 4, 64
# One line of the log for each kind of bad request and worker.
LOG_EVERY = 60.0
KINDS = ("Invalid request", "Error handling", "Socket error")


def close_elsewhere() -> None:
    """Let the thread that accepts everybody wait for no client's end; called in each worker."""
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


def once(request, names: frozenset[str]) -> None:
    """Called when the head of a request was read, with the headers of a proxy that is believed."""
    request.headers = only_once(request.headers, names)


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
