"""Asking processes to read: one that is at leisure, or a new one."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.apart.child import Answer, Question
from data.apart.passing import packed, receive, send, unpacked
from data.checking.problems import Problem, StudyError, printable
from data.importing.understanding import Given
from data.reading.process import ROOT, environment
from data.reading.raw import MEGABYTE, Limits
from data.study import Study

MEMORY = 1536 * MEGABYTE
SECONDS = 120.0
# For the process to start, and to stop what takes too long.
_MORE_SECONDS = 30.0


class _Reader:
    """One process."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "data.apart.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
        )

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: bytes, seconds: float) -> bytes:
        """The packed answer. OSError or EOFError where the process is gone."""
        clock = threading.Timer(seconds, self._process.kill)
        clock.daemon = True
        clock.start()
        try:
            send(self._process.stdin, question)
            answer = receive(self._process.stdout)
        finally:
            clock.cancel()
        if answer is None:
            raise EOFError("the process ended")
        return answer

    def close(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()
        self._process.wait()


class Readers:
    """Processes that read."""

    def __init__(self):
        self._idle: list[_Reader] = []
        self._lock = threading.Lock()

    def ask(self, name: str, place: str, *arguments: Any) -> Any:
        """What a function of `data.apart.child.ASKED` returns.

        Parameters
        ----------
        place : str
            What is read, for the sentence where that fails.

        Raises
        ------
        StudyError
            What the function raises, and also where it took too much memory or time.
        """
        raw = self._asked(packed(Question(name, arguments, MEMORY, SECONDS)))
        if not raw:
            raise StudyError([_too_much(place)])
        answer: Answer = unpacked(raw)
        if answer.problems:
            raise StudyError(answer.problems)
        return answer.value

    def close(self) -> None:
        """End those that are at leisure."""
        with self._lock:
            idle, self._idle = self._idle, []
        for one in idle:
            one.close()

    def _asked(self, question: bytes) -> bytes:
        # One that was at leisure may just have ended; a new one has no such excuse.
        for reader in (self._one_at_leisure(), None):
            reader = reader or _Reader()
            try:
                answer = reader.ask(question, SECONDS + _MORE_SECONDS)
            except (OSError, EOFError):
                reader.close()
                continue
            with self._lock:
                self._idle.append(reader)
            return answer
        return b""

    def _one_at_leisure(self) -> _Reader | None:
        with self._lock:
            while self._idle:
                one = self._idle.pop()
                if one.lives:
                    return one
                one.close()
        return None


def _too_much(place: str) -> Problem:
    fault = f"it cannot be read with {MEMORY // MEGABYTE} MB of memory and in {SECONDS:.0f} seconds"
    return Problem(place, fault, "Leave out tables and columns that the study does not need")


READERS = Readers()
# A copy of this process must not share the pipes; nor may they be left at its end.
os.register_at_fork(before=READERS.close)
atexit.register(READERS.close)


def load_study_apart(
    path: Path,
    reserved: frozenset[str] = frozenset(),
    addresses: Mapping[str, str] = MappingProxyType({}),
) -> Study:
    """See `data.load.load_study`.

    Parameters
    ----------
    addresses : mapping of str to str
        Of databases, by the names of their variables of the environment; none for what a stranger
        brought.
    """
    return READERS.ask("study", printable(path.name), path, reserved, dict(addresses))


def given_files_apart(paths: Sequence[Path], limits: Limits) -> list[Given]:
    """See `data.importing.files.given_files`."""
    place = printable(paths[0].name) if paths else ""
    return READERS.ask("tables", place, list(paths), limits)
