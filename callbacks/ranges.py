"""The same numbers in every data set that fits a publication equally well, as ranges."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from analysis.reconstruction_range import range_of
from layouts.shared.claims import LEVEL
from layouts.shared.numbers import STATISTIC, Key, Number, p_key
from layouts.shared.ranges import Across


def across_of(n: int, numbers: Iterable[Number]) -> Across:
    """Ranges of the numbers of n data sets; settled where a number is the same in all of them.

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
        The range of a value under the key of its number, that of its p under ``p_key``; none
        where no data set has the number. Of a p also how often it is below 0.05.
    """
    values: dict[Key, list[float]] = {}
    statistics: set[Key] = set()
    below: dict[Key, int] = {}
    for one in numbers:
        values.setdefault(one.key, []).append(one.value)
        if one.unit == STATISTIC:
            statistics.add(one.key)
        if not math.isnan(one.p):
            of_test = p_key(one.key)
            values.setdefault(of_test, []).append(one.p)
            below[of_test] = below.get(of_test, 0) + (one.p < LEVEL)
    open_, settled = {}, {}
    for key, known in values.items():
        one = range_of([*known, *[np.nan] * (n - len(known))])
        if one is None:
            continue
        if one.known == one.n and _same(one.low, one.high):
            # Rounding on the way is no difference between data sets.
            settled[key] = replace(one, high=one.low)
        elif key in statistics:
            # No reader compares a test's statistic between data sets.
            settled[key] = one
        else:
            open_[key] = one
    return Across(n, *map(MappingProxyType, (open_, settled, below)))


def settle(across: Across, printed: Container[Key]) -> Across:
    """The same ranges; those of numbers that the publication prints are no longer said."""
    said, still = {}, dict(across.settled)
    for key, one in across.ranges.items():
        (still if key in printed else said)[key] = one
    return replace(across, ranges=MappingProxyType(said), settled=MappingProxyType(still))


def together(n: int, parts: Iterable[Across]) -> Across:
    """The ranges of several parts of a page in one."""
    said, still, below = {}, {}, {}
    for one in parts:
        said |= one.ranges
        still |= one.settled
        below |= one.below
    return Across(n, *map(MappingProxyType, (said, still, below)))


def _same(low: float, high: float) -> bool:
    """Whether two numbers differ by no more than rounding on the way."""
    return math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-12)
