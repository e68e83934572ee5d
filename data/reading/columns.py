"""A large table as its columns: distinct texts, and the place of every cell among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

# Bytes of a text and what Python needs to hold it.
_TEXT = 80


@dataclass(frozen=True, eq=False)
class Column:
    """One column.

    Attributes
    ----------
    texts : sequence of str
        Without surrounding blanks.
    places : (N,) array of int
        Of every cell among the texts.
    """

    texts: Sequence[str]
    places: np.ndarray

    @property
    def filled(self) -> np.ndarray:
        """Which cells hold a text; (N,) array of bool."""
        return np.array([bool(text) for text in self.texts], bool)[self.places]

    def of(self, rows: np.ndarray) -> Column:
        """Some of its cells."""
        return Column(self.texts, self.places[rows])


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows that hold a value, as columns.

    Attributes
    ----------
    lines : (N,) array of int
        The row to name in a fault.
    columns : tuple of Column
    """

    lines: np.ndarray
    columns: tuple[Column, ...]

    def with_values(self) -> Columns:
        """Those rows that hold any value."""
        kept = np.zeros(self.lines.size, bool)
        for one in self.columns:
            kept |= one.filled
            if kept.all():
                return self
        return Columns(self.lines[kept], tuple(one.of(kept) for one in self.columns))


def smallest(places: np.ndarray, n_texts: int) -> np.ndarray:
    """Places in the smallest integers."""
    return places.astype(np.min_scalar_type(-max(n_texts, 1)), copy=False)


def fits(columns: Iterable[Column], megabytes: float) -> bool:
    """Whether a table takes no more memory than this."""
    taken = sum(
        one.places.nbytes + _TEXT * len(one.texts) + sum(map(len, one.texts)) for one in columns
    )
    return taken <= megabytes * 2**20
