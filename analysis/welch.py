"""Welch's test of two means with unequal variances."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtr


def welch_p(first, second) -> float:
    """Two-sided p-value, as R's ``t.test(first, second)``.

    Parameters
    ----------
    first, second : array-likes of float
        Numbers of the two groups, without missing ones.

    Returns
    -------
    float
        NaN where a group has fewer than two numbers, or neither group any spread.

    Notes
    -----
    Welch (1947), with the degrees of freedom of Satterthwaite (1946).
    """
    groups = [np.asarray(one, float) for one in (first, second)]
    if min(one.size for one in groups) < 2:
        return float("nan")
    # Squared standard errors of the means.
    errors = np.array([one.var(ddof=1) / one.size for one in groups])
    if not errors.sum() > 0:
        return float("nan")
    difference = groups[0].mean() - groups[1].mean()
    df = errors.sum() ** 2 / sum(
        error**2 / (one.size - 1) for error, one in zip(errors, groups, strict=True)
    )
    return float(2 * stdtr(df, -abs(difference) / np.sqrt(errors.sum())))
