"""A Weibull model drawn over a Kaplan–Meier curve, fitted by lifelines."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from analysis.event_table import EventTable
from analysis.witness import kinds_of

FEWEST_EVENTS = 3
POINTS = 80


@dataclass(frozen=True)
class WeibullFit:
    """One group's fit, S(t) = exp(-(t / scale) ** shape).

    Attributes
    ----------
    time, survival : ndarray of float, shape (80,)
        The curve from 0 to the group's last follow-up, in the unit of the table; empty when there
        is no fit.
    scale, shape : float
    reason : str
        Why there is no fit, in words; empty when there is one.
    """

    time: np.ndarray
    survival: np.ndarray
    scale: float
    shape: float
    reason: str = ""


def weibull_fit(table: EventTable, group: int) -> WeibullFit:
    """Fit one group of an event table by maximum likelihood.

    A time of 0 has no likelihood under a Weibull model and counts as half a unit (half a day),
    as is usual for survreg in R. Fewer than three events are not fitted.
    """
    time, event, groups, patients = kinds_of(table)
    time, event, patients = (one[groups == group] for one in (time, event, patients))
    if patients[event == 1].sum() < FEWEST_EVENTS:
        return _unfitted(f"fewer than {FEWEST_EVENTS} events")
    if time.size == 1:
        # lifelines takes one row for no row.
        time, event = time.repeat(2), event.repeat(2)
        patients = np.array([1, patients[0] - 1])
    # Imported here: it costs more than half a second and only this option needs it.
    from lifelines import WeibullFitter
    from lifelines.exceptions import ConvergenceError

    try:
        with warnings.catch_warnings():
            # Approximation warnings of the optimiser concern the variance, which is not shown.
            warnings.simplefilter("ignore")
            fitted = WeibullFitter().fit(np.maximum(time, 0.5), event, weights=patients)
    except ConvergenceError:
        return _unfitted("the fit did not converge")
    scale, shape = float(fitted.lambda_), float(fitted.rho_)
    grid = np.linspace(0, time.max(), POINTS)
    return WeibullFit(grid, np.exp(-((grid / scale) ** shape)), scale, shape)


def _unfitted(reason: str) -> WeibullFit:
    nothing = np.zeros(0)
    return WeibullFit(nothing, nothing, float("nan"), float("nan"), reason)
