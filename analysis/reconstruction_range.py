"""The range of a number over data sets that fit a publication equally well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Range:
    """Smallest and largest value of a number over n data sets.

    Attributes
    ----------
    low, high : float
        Of the data sets in which there is such a number; an end may be infinite, as that of a
        ratio without events on one side.
    known, n : int
        How many data sets have it, and how many there are.
    """

    low: float
    high: float
    known: int
    n: int


def range_of(values: Iterable[float]) -> Range | None:
    """Range of one number in several data sets; NaN where a data set has none.

    None if no data set has it.
    """
    numbers = np.array(list(values), float)
    known = numbers[~np.isnan(numbers)]
    if not known.size:
        return None
    return Range(float(known.min()), float(known.max()), int(known.size), int(numbers.size))
