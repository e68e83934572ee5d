"""A number among patients who are known one by one, or by how many have each value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Distribution:
    """Values of a number and how many patients have each.

    Attributes
    ----------
    values : (K,) array
        Finite; rising where there is ``patients``.
    patients : (K,) array of int, or None
        None where each value is one patient's.
    """

    values: np.ndarray
    patients: np.ndarray | None = None

    @property
    def n(self) -> int:
        return int(self.values.size if self.patients is None else self.patients.sum())

    @property
    def mean(self) -> float:
        """NaN of nobody."""
        if not self.n:
            return float("nan")
        if self._constant:
            return float(self.values[0])
        return float(np.average(self.values, weights=self.patients))

    @property
    def sd(self) -> float:
        """With n - 1; NaN of fewer than two patients."""
        n = self.n
        if n < 2:
            return float("nan")
        if self._constant:
            # Rounding of the mean is no spread.
            return 0.0
        if self.patients is None:
            return float(self.values.std(ddof=1))
        squares = self.patients @ (self.values - self.mean) ** 2
        return float(np.sqrt(squares / (n - 1)))

    @property
    def _constant(self) -> bool:
        return bool(self.values.min() == self.values.max())

    def quantiles(self, *shares: float) -> np.ndarray:
        """By linear interpolation between the patients, R's type 7; NaN of nobody."""
        if not self.n:
            return np.full(len(shares), np.nan)
        if self.patients is None:
            return np.quantile(self.values, shares)
        position = np.array(shares) * (self.n - 1)
        below = np.floor(position).astype(np.int64)
        last = np.cumsum(self.patients)
        low, high = (
            self.values[np.searchsorted(last, np.minimum(place, self.n - 1), "right")]
            for place in (below, below + 1)
        )
        return low + (position - below) * (high - low)

    def histogram(self, edges: np.ndarray) -> np.ndarray:
        """Patients in bins of which all but the last leave out their upper end: (B,) of int."""
        return np.histogram(self.values, edges, weights=self.patients)[0].astype(np.int64)


def settled(values) -> np.ndarray:
    """Means without the digits that depend on the order of their sums.

    One in the middle between two printed ones, 8.85, is so printed alike however it is summed.
    """
    return np.array([float(f"{value:.13g}") for value in values])


def distribution(values, patients=None) -> Distribution:
    """The distribution of finite values.

    Parameters
    ----------
    values : (K,) array
    patients : (K,) array of int, optional
        How many have each value; without it each is one patient's.
    """
    values = np.asarray(values, float)
    if patients is None:
        return Distribution(values)
    order = np.argsort(values, kind="stable")
    return Distribution(values[order], np.asarray(patients)[order])
