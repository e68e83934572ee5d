"""The search for measurements: bounded whole numbers with printed medians, means and t-test."""

from __future__ import annotations

import numpy as np
from numba import njit

from data.reconstruction.soramic.dice import accepts, below
from data.reconstruction.soramic.lifetable import outside

_MEDIAN, _MEAN, _T = 0.5, 0.2, 30.0
_MILLION = 1e6


@njit
def twice_median(counts, n):
    """Sum of the two middle values of a histogram; of the middle one twice if n is odd."""
    lower, upper = (n - 1) // 2, n // 2
    passed = 0
    low = -1
    for value in range(counts.shape[0]):
        passed += counts[value]
        if low < 0 and passed > lower:
            low = value
        if passed > upper:
            return low + value
    return -1


@njit
def normal_quantile_as_t(z, df):
    """The t quantile of the same probability as a normal one (Cornish–Fisher, df above 30)."""
    z3, z5 = z * z * z, z * z * z * z * z
    first = (z3 + z) / 4.0
    second = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0
    third = (3.0 * z5 * z * z + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0
    return z + first / df + second / (df * df) + third / (df * df * df)


@njit
def _values_off(counts, sizes, sums, squares, medians, means, z_window):
    off = 0.0
    for group in range(3):
        n = sizes[group]
        median = twice_median(counts[group], n)
        off += _MEDIAN * outside(median, medians[group, 0], medians[group, 1])
        off += _MEAN * n * outside(sums[group] / n, means[group, 0], means[group, 1])
    if z_window[1] > 0:
        variance = np.zeros(2)
        for group in range(2):
            n = sizes[group]
            variance[group] = (squares[group] - sums[group] * sums[group] / n) / (n - 1) / n
        total = variance[0] + variance[1]
        df = (
            total
            * total
            / (
                variance[0] * variance[0] / (sizes[0] - 1)
                + variance[1] * variance[1] / (sizes[1] - 1)
            )
        )
        t = (sums[0] / sizes[0] - sums[1] / sizes[1]) / np.sqrt(total)
        low = normal_quantile_as_t(z_window[0], df)
        high = normal_quantile_as_t(z_window[1], df) if z_window[1] < 1e3 else 1e9
        off += _T * outside(t, low, high)
    return off


@njit
def anneal_values(
    values,
    arm,
    lowest,
    highest,
    medians,
    means,
    z_window,
    spread,
    to_lowest,
    moves,
    hottest,
    falls,
    dice,
):
    """Change bounded values until medians, means and Welch's test agree with the print.

    Parameters
    ----------
    values, arm, lowest, highest : int arrays (n,)
        `values` is changed in place, within its bounds.
    medians, means : float arrays (3, 2)
        Windows of twice the median and of the mean: first arm, second arm, both.
    z_window : float array (2,)
        Normal deviates whose p is printed, of the first arm minus the second: the direction
        counts. Zeros if no test is printed.
    spread : int
        Most that one move changes a value.
    to_lowest : int
        Of eight moves, how many set the lowest value that is possible.

    Returns
    -------
    int
        What is still off, in millionths.
    """
    n = values.shape[0]
    counts = np.zeros((3, highest.max() + 1), dtype=np.int64)
    sizes = np.zeros(3, dtype=np.int64)
    sums, squares = np.zeros(3), np.zeros(3)
    for one in range(n):
        for group in (arm[one], 2):
            counts[group, values[one]] += 1
            sizes[group] += 1
            sums[group] += values[one]
            squares[group] += values[one] * values[one]
    temperature = hottest
    off = _values_off(counts, sizes, sums, squares, medians, means, z_window)
    energy = np.int64(off * _MILLION + 0.5)
    for move in range(moves):
        if energy == 0:
            break
        if move % 100 == 0:
            temperature = max(1, temperature * falls // 1_000_000)
        one = below(dice, n)
        old = values[one]
        new = old + below(dice, 2 * spread + 1) - spread
        if below(dice, 8) < to_lowest:
            new = lowest[one]
        if new < lowest[one] or new > highest[one] or new == old:
            continue
        _put(one, new, values, arm, counts, sums, squares)
        off = _values_off(counts, sizes, sums, squares, medians, means, z_window)
        fresh = np.int64(off * _MILLION + 0.5)
        if accepts(dice, fresh - energy, temperature):
            energy = fresh
        else:
            _put(one, old, values, arm, counts, sums, squares)
    return energy


@njit
def _put(one, new, values, arm, counts, sums, squares):
    """Give one patient another value, in the counts too."""
    old = values[one]
    for group in (arm[one], 2):
        counts[group, old] -= 1
        counts[group, new] += 1
        sums[group] += new - old
        squares[group] += new * new - old * old
    values[one] = new
