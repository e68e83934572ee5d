"""Two arms compared at, or up to, one time: difference of survival and of restricted means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.confidence import check_level, two_sided_quantile
from analysis.survival import KaplanMeier


@dataclass(frozen=True)
class Difference:
    """Difference a minus b with normal confidence limits and two-sided p-value.

    `tau` is the time at which, or up to which, the arms are compared. NaN = not estimable.
    """

    value: float
    se: float
    lower: float
    upper: float
    p_value: float
    tau: float
    method: str


def rmst_difference(a: KaplanMeier, b: KaplanMeier, tau=None, conf_level=0.95) -> Difference:
    """Difference of restricted mean survival times, arm a minus arm b (Royston & Parmar 2013).

    Parameters
    ----------
    a, b : KaplanMeier
        Curves of the two arms.
    tau : float, optional
        By default the smallest of the arms' largest follow-up times.
    conf_level : float
        Level of the interval.
    """
    if tau is None:
        tau = min((float(arm.time[-1]) for arm in (a, b) if arm.n), default=0.0)
    mean_a, mean_b = a.rmst(tau), b.rmst(tau)
    return _normal_difference(
        mean_a.value - mean_b.value,
        float(np.hypot(mean_a.se, mean_b.se)),
        float(tau),
        conf_level,
        "Difference of restricted mean survival times up to a common time, Greenwood standard "
        "errors, normal approximation.",
    )


def survival_difference(a: KaplanMeier, b: KaplanMeier, at, conf_level=0.95) -> Difference:
    """Difference of survival at a landmark, arm a minus arm b (Klein et al. 2007, untransformed).

    Parameters
    ----------
    a, b : KaplanMeier
        Curves of the two arms.
    at : float
        Landmark; NaN results if it lies beyond the last follow-up of an arm whose curve has not
        ended at 0. Of one that has, the difference has no standard error, limits or p.
    conf_level : float
        Level of the interval.
    """
    step_a, step_b = a.at(at), b.at(at)
    return _normal_difference(
        float(step_a.survival[0] - step_b.survival[0]),
        float(np.hypot(step_a.std_err[0], step_b.std_err[0])),
        float(at),
        conf_level,
        "Difference of Kaplan–Meier survival at a fixed time, Greenwood standard errors, normal "
        "approximation.",
    )


def _normal_difference(value, se, tau, conf_level, method) -> Difference:
    """Wald interval and test; a standard error of 0 or NaN supports neither."""
    check_level(conf_level)
    if not se > 0:
        return Difference(value, se, np.nan, np.nan, np.nan, tau, method)
    margin = two_sided_quantile(conf_level) * se
    p_value = float(2 * ndtr(-abs(value) / se))
    return Difference(value, se, value - margin, value + margin, p_value, tau, method)
