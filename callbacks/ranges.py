"""The same numbers in every data set that fits a publication equally well, as ranges."""

from __future__ import annotations

import math
from collections.abc import Iterable
from types import MappingProxyType

import numpy as np

from analysis.reconstruction_range import range_of
from layouts.shared.ranges import Across


def across(n: int, values: Iterable[tuple[tuple, list[float]]]) -> Across:
    """Ranges of (key, one value for each data set) pairs; none where all are the same."""
    # A data set that lacks a term altogether has no number for it.
    found = {key: range_of([*numbers, *[np.nan] * (n - len(numbers))]) for key, numbers in values}
    known = {
        key: one
        for key, one in found.items()
        if one is not None and (one.known < one.n or not _same(one.low, one.high))
    }
    return Across(n, MappingProxyType(known))


def _same(low: float, high: float) -> bool:
    """Whether two numbers differ by no more than rounding on the way."""
    return math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-12)
