"""Counts that a database was asked for, each asked once for each state of the studies."""

from __future__ import annotations

from callbacks.memory import Memory
from data.study import Study
from data.warehouse.asked import counts_of
from data.warehouse.counts import Counts
from data.warehouse.question import Question


def counts(memory: Memory, study: Study, question: Question) -> tuple[Counts, ...]:
    """The counts of each grouping of a question, remembered by `data.warehouse.asked`.

    Raises
    ------
    NotAnswered
        With a sentence, if the database does not answer; that is not remembered.
    """
    return counts_of(study, question)
