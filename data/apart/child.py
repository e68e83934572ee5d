"""The process itself: it has loaded what reading needs, and makes a copy of itself for each study.

A copy costs some milliseconds; it has little memory and time, answers one question and is gone,
with whatever it was brought to do. This process reads no file and unpacks no answer.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from data.apart.passing import packed, receive, send, unpacked
from data.checking.problems import StudyError
from data.importing.files import given_files
from data.load import load_study
from data.reading.process import hold_back
from data.study import Study


def _study(path: Path, reserved: frozenset[str], addresses: Mapping[str, str]) -> Study:
    """See `data.load.load_study`. The addresses of databases are told to this copy alone."""
    os.environ.update(addresses)
    return load_study(path, reserved)


ASKED: Mapping[str, Callable] = MappingProxyType({"study": _study, "tables": given_files})
# A process that is asked nothing for so long ends.
IDLE_SECONDS = 60.0
_CHUNK = 2**20


class Question(NamedTuple):
    """One of ``ASKED`` with what it is called with, and what that may take."""

    name: str
    arguments: tuple
    memory: int
    seconds: float


class Answer(NamedTuple):
    """What became of a question.

    Attributes
    ----------
    value : object
        What the function returned.
    problems : tuple of Problem
        What it refused the files for.
    """

    value: Any = None
    problems: tuple = ()


def serve() -> None:
    """Answer questions on the standard input until there are none."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while select.select([source], [], [], IDLE_SECONDS)[0]:
        raw = receive(source)
        if raw is None:
            return
        send(out, _in_a_copy(raw, unpacked(raw).seconds))


def _in_a_copy(question: bytes, seconds: float) -> bytes:
    """The packed answer of a copy of this process; empty where it broke off or took too long."""
    reads, writes = os.pipe()
    copy = os.fork()
    if not copy:
        _answer(question, writes)
    os.close(writes)
    try:
        return _all_of(reads, time.monotonic() + seconds)
    finally:
        os.close(reads)
        try:
            # With the readers of foreign formats that it has started.
            os.killpg(copy, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)


def _all_of(reads: int, until: float) -> bytes:
    parts = []
    while (left := until - time.monotonic()) > 0 and select.select([reads], [], [], left)[0]:
        part = os.read(reads, _CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return b""


def _answer(question: bytes, writes: int) -> None:
    """What the copy does, which never returns."""
    status = 1
    try:
        os.setsid()
        # The pipes of the server are not for it.
        sys.stdin.close()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        name, arguments, memory, seconds = unpacked(question)
        hold_back(memory, max(1, round(seconds)))
        try:
            answer = Answer(ASKED[name](*arguments))
        except StudyError as error:
            answer = Answer(problems=error.problems)
        with os.fdopen(writes, "wb") as out:
            out.write(packed(answer))
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    # Under its own name the module is not the one that both ends know.
    from data.apart import child

    child.serve()
