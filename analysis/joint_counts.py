"""The limit of the permutation distribution from counts by pairs of levels and sums of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from analysis.joint_limit import Alone, Joint, joint_of_products

_SAME = 1e-13


def number_alone(n: int, total: float, squares: float) -> Alone:
    """A number by itself from its sum and that of its squares."""
    mean, square = total / max(n, 1), squares / max(n, 1)
    variance = square - mean**2
    # Of a number that is the same for all the difference is rounding.
    return Alone(n, None, mean, float(np.sqrt(variance)) if variance > _SAME * square else 0.0)


def joint_limit_of_counts(alone: Sequence[Alone], pair: Callable[[int, int], np.ndarray]) -> Joint:
    """The joint distribution of variables over random permutations of an outcome.

    Parameters
    ----------
    alone : sequence of V Alone
    pair : function of two places a < b
        An array with a row for each level of a and a column for each of b: of two variables
        with levels counts; with a number, which has one place, sums of it less its mean, by its
        spread; of two numbers the sum of the products of both.
    """
    present = [one.present for one in alone]
    ends = np.cumsum([held.size for held in present])
    together = np.zeros((ends[-1] if len(ends) else 0,) * 2)
    parts = [slice(end - held.size, end) for end, held in zip(ends, present, strict=True)]
    for a, one in enumerate(alone):
        own = one.known if one.counts is None else np.diag(one.counts[present[a]])
        together[parts[a], parts[a]] = own
        for b in range(a + 1, len(alone)):
            if present[a].size and present[b].size:
                block = pair(a, b)[np.ix_(present[a], present[b])]
                together[parts[a], parts[b]] = block
                together[parts[b], parts[a]] = block.T
    return joint_of_products(alone, together)
