"""Ranks of numbers with ties, and the rank correlation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

FEWEST_PAIRS = 3


def mid_ranks(values) -> np.ndarray:
    """Ranks from 1 on; equal values share the mean of their ranks, as R's ``rank``.

    Parameters
    ----------
    values : (N,) array-like
        Finite numbers.
    """
    values = np.asarray(values, float)
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2)[place.reshape(-1)]


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's correlation of N pairs.

    Attributes
    ----------
    n : int
    rho, p_value : float
        NaN where it is not defined: fewer than three pairs, or one side without any difference.
    method : str
        Sentence for a footnote.
    """

    n: int
    rho: float
    p_value: float
    method: str


def spearman(x, y) -> RankCorrelation:
    """Spearman's rank correlation, two-sided by the t approximation.

    Equal to R's ``cor.test(method = "spearman", exact = FALSE)``: ties have mid-ranks, and
    rho * sqrt((n - 2) / (1 - rho²)) is referred to t with n - 2 degrees of freedom.

    Parameters
    ----------
    x, y : (N,) array-like
        Finite numbers.

    Raises
    ------
    ValueError
        If the lengths differ or a number is missing.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"x and y must be pairs, not of shapes {x.shape} and {y.shape}")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("x and y must not be missing")
    n = x.size
    words = "Spearman's rank correlation with mid-ranks, p by the t approximation."
    if n < FEWEST_PAIRS or np.ptp(x) == 0 or np.ptp(y) == 0:
        return RankCorrelation(n, np.nan, np.nan, words)
    a, b = mid_ranks(x) - (n + 1) / 2, mid_ranks(y) - (n + 1) / 2
    rho = float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1))
    if abs(rho) == 1:
        return RankCorrelation(n, rho, 0.0, words)
    t = abs(rho) * np.sqrt((n - 2) / (1 - rho**2))
    return RankCorrelation(n, rho, float(2 * stdtr(n - 2, -t)), words)
