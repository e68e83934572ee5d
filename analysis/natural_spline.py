"""A number as a smooth curve: natural (restricted) cubic splines.

A cubic curve between its knots, a straight line beyond them, in the truncated-power form of Harrell
FE. Regression Modeling Strategies. 2nd ed. 2015, section 2.4.5; the same curves as R's
``splines::ns`` with the outer knots as its boundary.
"""

from __future__ import annotations

import numpy as np

KNOTS_AT = (0.1, 0.5, 0.9)
"""Quantiles at which three knots stand (Harrell 2015, table 2.3)."""


def knots_of(values) -> np.ndarray:
    """Knots for some values: three different ones, or none where the quantiles are not different.

    Parameters
    ----------
    values : (N,) array of float
        Finite; quantiles as R's default (type 7).
    """
    values = np.asarray(values, float)
    if not values.size:
        return np.zeros(0)
    knots = np.unique(np.quantile(values, KNOTS_AT))
    return knots if knots.size == len(KNOTS_AT) else np.zeros(0)


def natural_spline(values, knots) -> np.ndarray:
    """Columns whose sums with any coefficients are the natural cubic curves with these knots.

    Parameters
    ----------
    values : (N,) array of float
    knots : (K,) array of float
        Ascending; none makes the number itself the only column.

    Returns
    -------
    (N, K - 1) array
        The number, then what bends it; all in the unit of the number.
    """
    values, knots = np.asarray(values, float), np.asarray(knots, float)
    columns = [values]
    if knots.size > 2:
        before, last = knots[-2:]
        scale = (last - knots[0]) ** 2

        def cubed(knot: float) -> np.ndarray:
            return np.maximum(values - knot, 0) ** 3

        for knot in knots[:-2]:
            bend = cubed(knot)
            bend = bend - cubed(before) * (last - knot) / (last - before)
            bend = bend + cubed(last) * (before - knot) / (last - before)
            columns.append(bend / scale)
    return np.column_stack(columns)
