"""Fisher's test of two rows and many columns: the columns in two halves that meet in the middle.

A table with two rows is given by its first row. All ways to fill one half of the columns are listed
once, joined where they leave the same margin and are equally probable, and looked up for the other
half, so that only the square root of all tables is ever written down.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

_SAME_WEIGHT = 1e-10


def two_rows(first: int, totals, observed: float, most: int) -> float | None:
    """Two-sided p-value; None where a half has more than `most` partial tables.

    Parameters
    ----------
    first : int
        Sum of the first row.
    totals : (c,) array of int
        Sums of the columns.
    observed : float
        Log weight, minus the sum of log factorials of the cells, up to which a table counts.
    most : int
    """
    ordered = np.sort(totals)
    halves = [_filled(half, first, most) for half in (ordered[::2], ordered[1::2])]
    if any(half is None for half in halves):
        return None
    (sums, weights, ways), (other_sums, other_weights, other_ways) = halves
    reached = everything = 0.0
    for total in np.unique(sums):
        here, there = sums == total, other_sums == first - total
        if not there.any():
            continue
        # Both are sorted by weight within a sum.
        ending = other_weights[there]
        mass = np.exp(ending - other_weights.max()) * other_ways[there]
        cumulative = np.concatenate([[0.0], mass.cumsum()])
        chance = np.exp(weights[here] - weights.max()) * ways[here]
        as_rare = np.searchsorted(ending, observed - weights[here], side="right")
        reached += chance @ cumulative[as_rare]
        everything += chance.sum() * cumulative[-1]
    return min(float(reached / everything), 1.0)


def _filled(totals, first: int, most: int):
    """First-row sum, log weight and number of ways of all fillings of some columns, or None."""
    sums, weights, ways = np.zeros(1, np.int64), np.zeros(1), np.ones(1)
    for total in totals:
        cell = np.arange(min(int(total), first) + 1)
        if cell.size * sums.size > most:
            return None
        weight = -gammaln(cell + 1) - gammaln(total - cell + 1)
        after = (sums[:, None] + cell).ravel()
        possible = after <= first
        summed = (weights[:, None] + weight).ravel()[possible]
        sums, weights, ways = _joined(after[possible], summed, ways.repeat(cell.size)[possible])
    return sums, weights, ways


def _joined(sums, weights, ways):
    """Sort by sum and weight, and join what is equal in both."""
    order = np.lexsort((weights, sums))
    sums, weights = sums[order], weights[order]
    new = np.ones(sums.size, dtype=bool)
    new[1:] = (np.diff(sums) != 0) | (np.diff(weights) > _SAME_WEIGHT)
    start = np.flatnonzero(new)
    return sums[start], weights[start], np.add.reduceat(ways[order], start)
