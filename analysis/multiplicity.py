"""Adjustment of p-values for the number of tests, equal to R's `p.adjust`."""

from __future__ import annotations

import numpy as np


def holm(p_values) -> np.ndarray:
    """Family-wise error rate by step-down Bonferroni (Holm 1979).

    Parameters
    ----------
    p_values : (m,) array-like
        NaN (no test) stays NaN and is not counted.
    """
    return _adjust(p_values, lambda p, rank: np.maximum.accumulate((p.size - rank + 1) * p))


def benjamini_hochberg(p_values) -> np.ndarray:
    """False discovery rate by step-up (Benjamini & Hochberg 1995); NaN as in `holm`."""
    return _adjust(p_values, lambda p, rank: np.minimum.accumulate((p.size / rank * p)[::-1])[::-1])


def _adjust(p_values, rule):
    p_values = np.asarray(p_values, dtype=float)
    outside = (p_values < 0) | (p_values > 1)
    if outside.any():
        raise ValueError(f"p-values must lie in [0, 1]; found {p_values[outside][0]}")
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(p_values[tested], kind="stable")]
    adjusted = np.full(p_values.shape, np.nan)
    adjusted[order] = np.minimum(rule(p_values[order], np.arange(1, order.size + 1)), 1.0)
    return adjusted
