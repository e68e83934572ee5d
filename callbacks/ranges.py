"""The same numbers in every data set that fits a publication equally well, as ranges."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from types import MappingProxyType

import numpy as np

from analysis.reconstruction_range import range_of
from layouts.shared.numbers import STATISTIC, Key, Number, p_key
from layouts.shared.ranges import Across


def across_of(n: int, numbers: Iterable[Number]) -> Across:
    """Ranges of the numbers of n data sets; none where a number is the same in all of them.

    Parameters
    ----------
    n : int
        Data sets.
    numbers : iterable of Number
        Of all data sets, in any order, each at most once for each data set. One that lacks a
        number altogether counts as one in which it cannot be estimated.

    Returns
    -------
    Across
        The range of a value under the key of its number, that of its p under ``p_key``.
    """
    values: dict[Key, list[float]] = {}
    for one in numbers:
        if one.unit != STATISTIC:
            values.setdefault(one.key, []).append(one.value)
        if not math.isnan(one.p):
            values.setdefault(p_key(one.key), []).append(one.p)
    found = {key: range_of([*known, *[np.nan] * (n - len(known))]) for key, known in values.items()}
    known = {
        key: one
        for key, one in found.items()
        if one is not None and (one.known < one.n or not _same(one.low, one.high))
    }
    return Across(n, MappingProxyType(known))


def without(across: Across, printed: Container[Key]) -> Across:
    """The ranges but those of numbers that the publication prints."""
    return Across(across.n, {key: one for key, one in across.ranges.items() if key not in printed})


def _same(low: float, high: float) -> bool:
    """Whether two numbers differ by no more than rounding on the way."""
    return math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-12)
