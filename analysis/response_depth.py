"""How far the target lesions shrank: the order of a waterfall, and quartiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# RECIST: shrinkage by 30 % or more is a partial response, growth by 20 % or more progression.
PARTIAL_RESPONSE = -30.0
PROGRESSION = 20.0


@dataclass(frozen=True)
class Spread:
    """Where some values lie; NaN where there is none.

    Attributes
    ----------
    n : int
        Values.
    smallest, lower, median, upper, largest, mean : float
        ``lower`` and ``upper`` are the quartiles, by linear interpolation as R's default (type 7).
    """

    n: int
    smallest: float
    lower: float
    median: float
    upper: float
    largest: float
    mean: float


@dataclass(frozen=True, eq=False)
class Waterfall:
    """One bar for each patient with a measurement, from growth to shrinkage.

    Attributes
    ----------
    change : ndarray of float, shape (M,)
        Change in per cent, falling; shrinkage is negative.
    category : ndarray of int64, shape (M,)
        Best response of each, -1 without a value.
    unmeasured : ndarray of int64, shape (C + 1,)
        Patients without a measurement by best response, the last place without a value.
    place : ndarray of int64, shape (M,)
        Place of each among the patients that were given.
    """

    change: np.ndarray
    category: np.ndarray
    unmeasured: np.ndarray
    place: np.ndarray

    @property
    def n(self) -> int:
        """Patients with a measurement."""
        return len(self.change)


def spread(values) -> Spread:
    """Quartiles, range and mean of the values that are known (not NaN)."""
    known = np.asarray(values, float)
    known = known[np.isfinite(known)]
    if not known.size:
        return Spread(0, *[float("nan")] * 6)
    points = np.quantile(known, (0, 0.25, 0.5, 0.75, 1))
    return Spread(known.size, *map(float, points), float(known.mean()))


def waterfall(change, category, n_categories: int) -> Waterfall:
    """Order the patients by their change, the largest growth first.

    Parameters
    ----------
    change : (N,) array of float
        Per cent, shrinkage negative; NaN without a measurement.
    category : (N,) array of int
        Best response, 0 (best) to ``n_categories`` - 1; -1 without a value. Of equal changes the
        worse response stands first.
    """
    change, category = np.asarray(change, float), np.asarray(category, np.int64)
    known = np.isfinite(change)
    size = n_categories + 1
    places = category % size  # -1, without a value, is the last place
    order = np.lexsort((-places[known], -change[known]))
    return Waterfall(
        change[known][order],
        category[known][order],
        np.bincount(places[~known], minlength=size),
        np.flatnonzero(known)[order],
    )
