"""Tests of tables of counts: chi-square, trend, and what they need to know of a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc


@dataclass(frozen=True)
class TableTest:
    """Test of a table of counts.

    Attributes
    ----------
    statistic, p_value : float
        NaN where no test is possible.
    df : int
        0 where no test is possible.
    smallest_expected : float
        Smallest expected count; below 5 the chi-square approximation is doubtful.
    method : str
        Sentence for a footnote, with the continuity correction and every refusal.
    """

    statistic: float
    df: int
    p_value: float
    smallest_expected: float
    method: str


def chi_square(table, *, continuity: bool = False) -> TableTest:
    """Pearson's chi-square test of independence, as R's `chisq.test`.

    Empty rows and columns are dropped first: they say nothing, and R would return NaN.

    Parameters
    ----------
    table : (r, c) array-like of counts
    continuity : bool
        Yates' correction, applied to 2 × 2 tables only and limited so that no difference changes
        its sign, as R does.

    Raises
    ------
    ValueError
        If the table is not two-dimensional or holds something other than counts.
    """
    counts = occupied(table)
    if min(counts.shape, default=0) < 2:
        sentence = "Chi-square test: not possible, fewer than two rows or columns with patients."
        return TableTest(np.nan, 0, np.nan, np.nan, sentence)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    distance = np.abs(counts - expected)
    corrected = continuity and counts.shape == (2, 2)
    if corrected:
        distance = distance - min(0.5, float(distance.min()))
    statistic = float((distance**2 / expected).sum())
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    how = "with Yates' continuity correction" if corrected else "without continuity correction"
    freedom = "1 degree" if df == 1 else f"{df} degrees"
    return TableTest(
        statistic,
        df,
        float(chdtrc(df, statistic)),
        float(expected.min()),
        f"Pearson's chi-square test {how}, {freedom} of freedom.",
    )


def trend(events, n, scores=None) -> TableTest:
    """Trend of proportions over ordered groups (Cochran 1954; Armitage 1955).

    As R's `prop.trend.test`: chi-square with 1 degree of freedom, no continuity correction.

    Parameters
    ----------
    events, n : (k,) array-like of counts
        Numerators and denominators of the groups in their order. Empty groups take no part.
    scores : (k,) array-like, optional
        By default 1, 2, …, k.

    Raises
    ------
    ValueError
        If lengths differ, or not 0 <= events <= n.
    """
    events, n = as_counts(events, 1), as_counts(n, 1)
    scores = np.arange(1, n.size + 1) if scores is None else np.asarray(scores, dtype=float)
    if not events.size == n.size == scores.size:
        raise ValueError("events, n and scores must have the same length")
    if (events > n).any():
        raise ValueError("events must not exceed n")
    name = "Cochran–Armitage test for trend"
    total, p = n.sum(), events.sum() / max(n.sum(), 1)
    centred = scores - scores @ n / max(total, 1)
    variance = p * (1 - p) * float(centred**2 @ n)
    smallest = float(np.minimum(n * p, n * (1 - p))[n > 0].min()) if total else np.nan
    if variance <= 1e-12:
        return TableTest(np.nan, 0, np.nan, smallest, f"{name}: not possible, nothing to compare.")
    statistic = float((centred @ events) ** 2 / variance)
    return TableTest(
        statistic,
        1,
        float(chdtrc(1, statistic)),
        smallest,
        f"{name}, chi-square with 1 degree of freedom, no continuity correction.",
    )


def occupied(table) -> np.ndarray:
    """Return the rows and columns of a table of counts that are not empty."""
    counts = as_counts(table, 2)
    return counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]


def as_counts(values, dimensions) -> np.ndarray:
    """Return an array of counts as int64.

    Raises
    ------
    ValueError
        If the shape is not as wanted, or a value is negative, missing or not whole.
    """
    array = np.asarray(values)
    if array.ndim != dimensions:
        raise ValueError(f"counts must have {dimensions} dimension(s), not {array.ndim}")
    if not ((array >= 0) & (array == np.floor(array))).all():
        raise ValueError("counts must be whole numbers, not negative and not missing")
    return array.astype(np.int64)
