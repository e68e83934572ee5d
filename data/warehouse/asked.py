"""Counts that databases were asked for, each asked once, and what was asked for a view.

They are kept by their size, since a count of levels is some bytes and one of days by many groupings
some megabytes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from data.study import Study
from data.warehouse.counts import Counts
from data.warehouse.question import Question

# Bytes of counts that are kept for each study.
ROOM = 128 * 1024**2


@dataclass(eq=False)
class Noted:
    """What was asked meanwhile.

    Attributes
    ----------
    questions : dict of (Study, Question) to None
        In the order in which they were first asked.
    absent : dict of str to None
        Labels of the sites that did not answer.
    """

    questions: dict[tuple[Study, Question], None] = field(default_factory=dict)
    absent: dict[str, None] = field(default_factory=dict)


@dataclass(eq=False)
class _Kept:
    """Answers of one study, the last used ones."""

    answers: OrderedDict[Question, tuple[Counts, ...]] = field(default_factory=OrderedDict)
    size: int = 0


_NOTED: ContextVar[tuple[Noted, ...]] = ContextVar("noted", default=())
_KEPT: WeakKeyDictionary[Study, _Kept] = WeakKeyDictionary()
_LOCK = threading.Lock()


def counts_of(study: Study, question: Question) -> tuple[Counts, ...]:
    """The counts of each grouping of a question about a study whose patients are in a database.

    Raises
    ------
    NotAnswered
        With a sentence, if the database does not answer; that is not remembered.
    """
    found = _remembered(study, question)
    if found is None:
        found = study.counted.count(question)
        if not any(one.absent for one in found):
            _keep(study, question, found)
    for noted in _NOTED.get():
        noted.questions[study, question] = None
        for one in found:
            noted.absent.update(dict.fromkeys(one.absent))
    return found


@contextmanager
def noting() -> Iterator[Noted]:
    """Note what is asked within."""
    noted = Noted()
    token = _NOTED.set((*_NOTED.get(), noted))
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def note_absent(absent) -> None:
    """Note sites that did not answer what is used now."""
    for noted in _NOTED.get():
        noted.absent.update(dict.fromkeys(absent))


def forget() -> None:
    """Forget every answer."""
    with _LOCK:
        _KEPT.clear()


def _remembered(study: Study, question: Question) -> tuple[Counts, ...] | None:
    with _LOCK:
        kept = _KEPT.get(study)
        if kept is None or question not in kept.answers:
            return None
        kept.answers.move_to_end(question)
        return kept.answers[question]


def _keep(study: Study, question: Question, found: tuple[Counts, ...]) -> None:
    with _LOCK:
        kept = _KEPT.setdefault(study, _Kept())
        if question in kept.answers:
            return
        kept.answers[question] = found
        kept.size += _bytes(found)
        while kept.size > ROOM and len(kept.answers) > 1:
            _, gone = kept.answers.popitem(last=False)
            kept.size -= _bytes(gone)


def _bytes(found: tuple[Counts, ...]) -> int:
    arrays = [
        array
        for one in found
        for array in (one.n, *one.columns.values(), *one.sums.values(), *one.sum_counts.values())
    ]
    return 1024 + sum(array.nbytes for array in arrays)
