"""The studies of a folder, each read when it has changed and by itself.

Whoever asks waits a moment and no longer: a study that takes more time is listed as one that is
being read, and the others are shown. What has not changed is not read again.
"""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from data.checking.problems import Problem, StudyError, printable
from data.sources.listing import marks_of_study
from data.study import Study

# How long somebody waits whose studies have changed, and the server at its start.
PATIENCE = 0.7
PATIENCE_AT_FIRST = 20.0
# So many are read at the same time.
AT_ONCE = 2


class BeingRead(StudyError):
    """A study that is being read."""


# What may pass by itself, such as a database that is down, is tried again after so many seconds.
RETRY = 30.0
# A study whose database may have changed is looked at again no sooner than that.
REST = 10.0


class Outcome(NamedTuple):
    """What was read of a folder, and the state of it before it was read.

    ``read_at`` counts seconds, of `time.monotonic`.
    """

    state: frozenset
    study: Study | StudyError
    read_at: float

    @property
    def due(self) -> bool:
        """Whether it may be another one by now although the folder is the same."""
        if isinstance(self.study, StudyError):
            return _passing(self.study) and time.monotonic() - self.read_at > RETRY
        counted = self.study.counted if isinstance(self.study, Study) else None
        return counted is not None and time.monotonic() - self.read_at > REST and counted.due()


class Folders:
    """What was read of each folder.

    Parameters
    ----------
    read : function of Path
        Gives the Study; StudyError if it is none.
    """

    def __init__(self, read: Callable[[Path], Study]):
        self._read = read
        self._patience = PATIENCE_AT_FIRST
        self._done: dict[Path, Outcome] = {}
        self._begin_anew()
        _ALL.add(self)

    def _begin_anew(self) -> None:
        """Also in a copy of the process, which has none of its threads."""
        self._news = threading.Condition()
        self._asked: dict[Path, frozenset] = {}
        self._waiting: deque[Path] = deque()
        self._threads = 0
        self.finished = 0

    @property
    def at_rest(self) -> bool:
        """Whether nothing is being read."""
        return not self._threads

    @property
    def due(self) -> bool:
        """Whether a study is to be read again although its folder is the same."""
        return any(one.due and path not in self._asked for path, one in list(self._done.items()))

    def begin(self, paths: Iterable[Path]) -> Callable[[], Mapping[Path, Study | StudyError]]:
        """Have studies read, and give what waits a moment for them.

        Returns
        -------
        function without arguments
            Gives for each path its Study, or a StudyError with what is wrong with it. BeingRead is
            the error of one that takes longer.
        """
        states = {path: marks_of_study(path) for path in paths}
        until = time.monotonic() + self._patience
        self._patience = PATIENCE
        with self._news:
            self._done = {path: self._done[path] for path in states if path in self._done}
            for path, state in states.items():
                # One that is due is shown until the new one is there.
                known = self._known(path, state) and not self._done[path].due
                if not known and self._asked.get(path) != state:
                    self._asked[path] = state
                    self._waiting.append(path)
            while self._threads < min(AT_ONCE, len(self._waiting)):
                self._threads += 1
                threading.Thread(target=self._work, daemon=True).start()
        return lambda: self._collected(states, until)

    def _collected(self, states: Mapping[Path, frozenset], until: float):
        def all_known() -> bool:
            return all(self._known(path, state) for path, state in states.items())

        with self._news:
            self._news.wait_for(all_known, max(0.0, until - time.monotonic()))
            return {
                path: self._done[path].study if self._known(path, state) else _being_read(path)
                for path, state in states.items()
            }

    def _known(self, path: Path, state: frozenset) -> bool:
        return path in self._done and self._done[path].state == state

    def _work(self) -> None:
        """Read what waits until nothing does."""
        while True:
            with self._news:
                if not self._waiting:
                    self._threads -= 1
                    return
                path = self._waiting.popleft()
                state = self._asked[path]
            try:
                study = self._read(path)
            except StudyError as error:
                study = error
            except Exception as error:
                study = StudyError([_failed(path, error)])
            with self._news:
                news = self._keep(path, Outcome(state, study, time.monotonic()))
                if self._asked.get(path) == state:
                    del self._asked[path]
                self.finished += news
                self._news.notify_all()

    def _keep(self, path: Path, made: Outcome) -> bool:
        """Keep what was read; whether it is another study than before."""
        before = self._done.get(path)
        if before and before.state == made.state and _passing(made.study):
            # The study of a database that is down says so itself, and stays where it is.
            made = made._replace(study=before.study)
        self._done[path] = made
        return before is None or made.study is not before.study


def _passing(study: Study | StudyError) -> bool:
    """Whether a study cannot be read now, and may be by itself."""
    return isinstance(study, StudyError) and any(one.passing for one in study.problems)


_ALL: weakref.WeakSet[Folders] = weakref.WeakSet()


def _begin_anew() -> None:
    for one in _ALL:
        one._begin_anew()


os.register_at_fork(after_in_child=_begin_anew)


def _being_read(path: Path) -> BeingRead:
    fix = "It is shown as soon as it is there"
    return BeingRead([Problem(printable(path.name), "the study is being read", fix)])


def _failed(path: Path, error: Exception) -> Problem:
    fault = f"the server could not have it read ({type(error).__name__})"
    return Problem(printable(path.name), fault, "Ask its administrator to look at its memory")
