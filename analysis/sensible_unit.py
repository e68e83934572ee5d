"""The step of a number by which a hazard ratio can be read."""

from __future__ import annotations

import math

import numpy as np

_STEPS = (1, 2, 5, 10)
_MOST_DECIMALS = 6


def sensible_unit(values) -> float:
    """About one standard deviation, as 1, 2, 5 or 10 times a power of ten.

    A hazard ratio per standard deviation says how far typical patients differ (Gelman, *Scaling
    regression inputs*, Stat Med 2008;27:2865-73); rounded it can be said: "per 10 years".

    Parameters
    ----------
    values : (N,) array-like
        Those that are missing or infinite are passed over.

    Returns
    -------
    float
        Never less than the smallest difference that the values are written with: 1 of whole
        numbers, 0.1 of those with one decimal. That difference where all are equal, 1 where
        there are none.
    """
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    if not values.size:
        return 1.0
    finest = _finest(values)
    # Divided first: squares of the largest floats have no place among them.
    largest = float(np.abs(values).max()) or 1.0
    spread = float(np.std(values / largest)) * largest
    # Equal values can differ by rounding of their mean.
    if not spread > 1e-12 * largest or not math.isfinite(spread):
        return finest or 1.0
    return max(_round_step(spread), finest)


def _round_step(spread: float) -> float:
    exponent = math.floor(math.log10(spread))
    part = spread / 10.0**exponent
    nearest = min(_STEPS, key=lambda step: abs(math.log(part / step)))
    # Through text: 0.2 instead of 0.20000000000000001 times something.
    return float(f"{nearest}e{exponent}")


def _finest(values: np.ndarray) -> float:
    """The last decimal that any value uses, as a step of at most 1; 0 where they use too many."""
    for decimals in range(_MOST_DECIMALS + 1):
        if np.allclose(values, np.round(values, decimals), rtol=1e-12, atol=1e-12):
            return float(f"1e-{decimals}")
    return 0.0
