"""Weighted Kaplan–Meier curve with robust standard errors, as R's `survfit` with ``robust``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.confidence import two_sided_quantile


@dataclass(frozen=True, eq=False)
class WeightedCurve:
    """A curve on the distinct follow-up times of one arm.

    Attributes
    ----------
    time, survival : (K,) arrays
    n_risk : (K,) array
        Sum of the weights of those with follow-up of at least that.
    patients, events : (K,) arrays of int
        How many patients they are, and how many of them have the event then.
    std_err : (K,) array
        Robust standard error of log(survival); NaN where survival is 0.
    lower, upper : (K,) arrays
        Pointwise 95 % limits by the log transform, at most 1.
    """

    time: np.ndarray
    survival: np.ndarray
    n_risk: np.ndarray
    patients: np.ndarray
    events: np.ndarray
    std_err: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    def at(self, day: float) -> tuple[float, float, float, float]:
        """Survival, its limits and its standard error on a day; NaN beyond the last follow-up."""
        if not self.time.size or (day > self.time[-1] and self.survival[-1] > 0):
            return (np.nan,) * 4
        place = int(np.searchsorted(self.time, day, side="right")) - 1
        if place < 0:
            return 1.0, 1.0, 1.0, 0.0
        survival = float(self.survival[place])
        limits = float(self.lower[place]), float(self.upper[place])
        return survival, *limits, survival * float(self.std_err[place])

    @property
    def median(self) -> float:
        """First day on which survival is one half or less; NaN where it is not reached."""
        reached = np.flatnonzero(self.survival <= 0.5 + 1e-8)
        return float(self.time[reached[0]]) if reached.size else np.nan


def weighted_curve(time, event, weight) -> WeightedCurve:
    """Product-limit estimate with weights (Xie & Liu 2005; R's `svykm`).

    The variance of log(survival) is the infinitesimal jackknife: the sum of the squares of the
    patients' weighted influences, those of a patient who is at risk being ∫ dN / (Y (Y − dN)) and,
    where the patient has the event, less 1 / (Y − dN). The weights are taken as known.

    Parameters
    ----------
    time : (N,) array
    event : (N,) array of 0 and 1
    weight : (N,) array
        Above 0.
    """
    time, event = np.asarray(time, float), np.asarray(event).astype(bool)
    weight = np.asarray(weight, float)
    distinct, code = np.unique(time, return_inverse=True)
    here = np.bincount(code, weight, distinct.size)
    died = np.bincount(code[event], weight[event], distinct.size)
    at_risk = here[::-1].cumsum()[::-1]
    patients = np.bincount(code, minlength=distinct.size)[::-1].cumsum()[::-1]
    # The last of those at risk may all have the event: rounding must leave no one.
    events = np.bincount(code[event], minlength=distinct.size)
    left = np.where(events == patients, 0.0, at_risk - died)
    survival = (left / at_risk).cumprod()
    with np.errstate(divide="ignore", invalid="ignore"):
        passed = (died / (at_risk * left)).cumsum()
        own = passed[code] - np.where(event, 1 / left[code], 0.0)
        square = np.bincount(code, (weight * own) ** 2, distinct.size).cumsum()
        later = np.bincount(code, weight**2, distinct.size)
        later = later.sum() - later.cumsum()
        variance = square + passed**2 * later
        std_err = np.sqrt(np.where(survival > 0, variance, np.nan))
        margin = two_sided_quantile(0.95) * std_err
        lower, upper = survival * np.exp(-margin), np.minimum(survival * np.exp(margin), 1.0)
    arrays = (distinct, survival, at_risk, patients, events, std_err, lower, upper)
    for array in arrays:
        array.flags.writeable = False
    return WeightedCurve(*arrays)
