"""What the cells of a variable's column stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.checking.distinct import column_of, texts_of
from data.checking.numerals import read_number


@dataclass(frozen=True)
class Coding:
    """How cells are read before they are compared with levels or turned into numbers.

    Attributes
    ----------
    missing_codes : tuple of str
        Cells that stand for no value.
    recoded : tuple of (text, text)
        Cells and what each is read as; an empty text is no value.
    valid : tuple of two floats or None
        The smallest and the largest number that can be true.
    """

    missing_codes: tuple[str, ...] = ()
    recoded: tuple[tuple[str, str], ...] = ()
    valid: tuple[float, float] | None = None

    def read(self, cells: pd.Series) -> pd.Series:
        """The cells as they are meant; empty where they stand for no value."""
        if not self.missing_codes and not self.recoded:
            return cells
        texts, places = texts_of(cells)
        known = without(texts, self.missing_codes)
        known |= {cell: read for cell, read in self.recoded if cell in known}
        return column_of([known[text] for text in texts], places, cells)


AS_IT_STANDS = Coding()


def without(cells: Iterable[str], codes: tuple[str, ...]) -> dict[str, str]:
    """Each cell as itself, or as nothing where it is a code; numbers are compared as numbers."""
    texts = set(codes)
    numbers = {number for code in codes if (number := read_number(code)) == number}
    return {
        cell: "" if cell in texts or (numbers and read_number(cell) in numbers) else cell
        for cell in cells
    }
