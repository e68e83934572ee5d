"""The file of who looked at what: one line of JSON at a time, whole or loudly not at all.

Several processes and threads write. Each line is one write at the end of the file, under a lock
that goes with the process that holds it. When the file was moved away or taken away (rotation), the
next line begins a new one.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import logging
import mmap
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)

STANDARD_OUTPUT = "-"
# Nobody but the server's user and group: the lines say whom somebody looked at.
MODE = 0o640
# One line of the server's own log, however many lines could not be written.
SAY_EVERY = 60.0


class Unwritten(Exception):
    """A line could not be written."""


def now() -> str:
    """The time in UTC, to a thousandth of a second."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _without_name() -> int:
    """An open file that nobody else can open."""
    opened, path = tempfile.mkstemp()
    os.unlink(path)
    return opened


class AuditLog:
    """Writes lines to a file, or to standard output.

    Parameters
    ----------
    name : str
        Path of the file, or ``-``.

    Raises
    ------
    ValueError
        If nothing can be written there.
    """

    def __init__(self, name: str):
        self._path = None if name == STANDARD_OUTPUT else Path(name)
        self._threads = threading.Lock()
        # A pipe cannot be locked; this file without a name is, by all processes of the server.
        self._locked = _without_name() if self._path is None else -1
        # Shared by the processes: whether the last line could be written.
        self._state = mmap.mmap(-1, 1)
        self._said = -SAY_EVERY
        self._file = -1
        try:
            self._open()
        except OSError as error:
            raise ValueError(
                f"AUDIT_LOG names {name}, which cannot be written ({error.strerror}). Give the "
                "server the right to write there, or correct AUDIT_LOG."
            ) from None

    @property
    def failing(self) -> bool:
        """Whether the last line could not be written, by any process."""
        return self._state[0] == 1

    def write(self, line: dict) -> None:
        """Write one line.

        Raises
        ------
        Unwritten
            If it could not be written whole; the server's log has said so.
        """
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        # Halves of characters have no bytes.
        raw = f"{text}\n".encode("utf-8", "replace")
        try:
            with self._threads, self._alone() as file:
                self._append(file, raw)
        except OSError as error:
            self._state[0] = 1
            self._say(error)
            raise Unwritten from None
        self._state[0] = 0

    def resumes(self) -> bool:
        """Whether lines can be written; where they could not, the attempt is a line itself."""
        if not self.failing:
            return True
        try:
            self.write({"time": now(), "action": "log resumed"})
        except Unwritten:
            return False
        return True

    @contextlib.contextmanager
    def _alone(self) -> Iterator[int]:
        """The open file, while no other process writes to it."""
        while True:
            self._reopen_if_moved()
            locked = self._locked if self._path is None else self._file
            fcntl.lockf(locked, fcntl.LOCK_EX)
            # It may have been moved while this process waited.
            if not self._moved():
                break
            fcntl.lockf(locked, fcntl.LOCK_UN)
        try:
            yield self._file
        finally:
            fcntl.lockf(locked, fcntl.LOCK_UN)

    def _append(self, file: int, raw: bytes) -> None:
        before = None if self._path is None else os.fstat(file).st_size
        written = os.write(file, raw)
        if self._path is None:
            # A pipe takes a long line in pieces.
            while written < len(raw):
                written += os.write(file, raw[written:])
        elif written < len(raw):
            # The disk is full: half a line must not stand before the next one.
            os.ftruncate(file, before)
            raise OSError(errno.ENOSPC, "no room for a whole line")

    def _open(self) -> None:
        if self._path is None:
            self._file = sys.__stdout__.fileno() if sys.__stdout__ else 1
            os.fstat(self._file)
            return
        # Not waiting for the reader of what is no file.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
        opened = os.open(self._path, flags, MODE)
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            os.close(opened)
            raise OSError(errno.EINVAL, "it is no file")
        self._file = opened

    def _moved(self) -> bool:
        if self._path is None:
            return False
        try:
            there, mine = os.stat(self._path), os.fstat(self._file)
        except OSError:
            return True
        return (there.st_dev, there.st_ino) != (mine.st_dev, mine.st_ino)

    def _reopen_if_moved(self) -> None:
        if self._moved():
            old = self._file
            self._file = -1
            if old >= 0:
                os.close(old)
            self._open()

    def _say(self, error: OSError) -> None:
        if time.monotonic() - self._said < SAY_EVERY:
            return
        self._said = time.monotonic()
        log.error(
            "The audit log cannot be written (%s); views and files are refused until it can.",
            error.strerror,
        )
