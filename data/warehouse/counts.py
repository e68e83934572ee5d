"""What a database answers: counts by kind, never a patient."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import numpy as np


@dataclass(frozen=True, eq=False)
class Counts:
    """How many there are of each kind that occurs; K kinds, in no order that means something.

    Attributes
    ----------
    columns : mapping of a column of `data.warehouse.question` to (K,) array
        Places of levels, causes, sites, terms and grades as int64, -1 where missing; values as
        float, NaN where missing; times in days, int64 where every day is whole; 1 and 0.
    n : (K,) array of int64
        How many; above 0.
    sums : mapping of tuple of str to (K,) array of float
    sum_counts : mapping of tuple of str to (K,) array of int64
        How many of the row a sum is about.
    absent : tuple of str
        Labels of the sites that did not answer, of a study with several: nobody of theirs is
        counted. What was made of such counts is shown, said, and not remembered.
    """

    columns: Mapping[Hashable, np.ndarray]
    n: np.ndarray
    sums: Mapping[tuple[str, ...], np.ndarray] = field(default_factory=lambda: MappingProxyType({}))
    sum_counts: Mapping[tuple[str, ...], np.ndarray] = field(
        default_factory=lambda: MappingProxyType({})
    )
    absent: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return int(self.n.sum())


class Counted(Protocol):
    """A study's patients where they lie.

    Attributes
    ----------
    n : int
        Patients of the table, before any analysis set or filter.
    missing : frozenset of str
        Variables of which some patient has no value.
    sites : tuple of str
        Labels of the sources, in the order of the places of `Site`; one of a single database.
    as_of : str
        Since when the patients are as they were counted, for a reader; empty if that is not known.
    """

    n: int
    missing: frozenset[str]
    sites: tuple[str, ...]
    as_of: str

    def count(self, question: Hashable) -> tuple[Counts, ...]:
        """The counts of each grouping of a `data.warehouse.question.Question`, in their order.

        Raises
        ------
        NotAnswered
            With a sentence for the reader, if the database does not answer, or what it answers
            cannot be used.
        """

    def statement(self, question: Hashable) -> str:
        """The statement that is sent, in the database's own dialect, for a reader."""

    def due(self) -> bool:
        """Whether the patients may have changed, so that the study is to be read again."""

    def answers(self) -> bool:
        """Whether every database answers now."""


class NotAnswered(Exception):
    """A database did not answer a question, or not with what can be used; a sentence says why."""
