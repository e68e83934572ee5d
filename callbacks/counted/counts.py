"""Counts that a database was asked for, each asked once for each state of the studies."""

from __future__ import annotations

from callbacks.memory import PARTS, Memory
from data.study import Study
from data.warehouse.counts import Counts
from data.warehouse.question import Question


def counts(memory: Memory, study: Study, question: Question) -> tuple[Counts, ...]:
    """The counts of each grouping of a question, remembered.

    Raises
    ------
    NotAnswered
        With a sentence, if the database does not answer; that is not remembered.
    """
    return memory.recall(_counts, study, question, room=PARTS)


def _counts(memory: Memory, study: Study, question: Question) -> tuple[Counts, ...]:
    return study.counted.count(question)
