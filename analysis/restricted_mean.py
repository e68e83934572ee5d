"""Up to which day restricted means are compared: as long as enough patients are still at risk.

The smallest of the groups' last follow-ups would be decided by one or two patients, behind whom the
curves say next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import ceil, isfinite, nan

import numpy as np

from analysis.survival import KaplanMeier, RestrictedMean

FEWEST_PATIENTS = 10  # smaller groups neither set the horizon nor have a mean of their own
FEWEST_AT_RISK = 5
SHARE_AT_RISK = 0.1
RULE = (
    f"the last day on which at least {100 * SHARE_AT_RISK:g} % and {FEWEST_AT_RISK} patients of "
    f"every group of {FEWEST_PATIENTS} or more are still at risk"
)


def has_mean(curve: KaplanMeier) -> bool:
    """Whether a group is large enough for a restricted mean."""
    return curve.n >= FEWEST_PATIENTS


def common_horizon(curves: Iterable[KaplanMeier]) -> float:
    """The day up to which means of some groups are compared; NaN if all groups are small.

    The last day on which every group of at least ten still has a tenth of its patients and five of
    them at risk.
    """
    last = [_last_day(curve) for curve in curves if has_mean(curve)]
    return min(last, default=nan)


def _last_day(curve: KaplanMeier) -> float:
    needed = max(FEWEST_AT_RISK, ceil(SHARE_AT_RISK * curve.n - 1e-9))
    return float(curve.time[np.flatnonzero(curve.n_risk >= needed)[-1]])


def restricted_mean(curve: KaplanMeier, horizon: float) -> RestrictedMean:
    """Mean of a group up to a common horizon; NaN for a small group, or without a horizon."""
    if not isfinite(horizon):
        return RestrictedMean(nan, nan, horizon, 0)
    found = curve.rmst(horizon)
    return found if has_mean(curve) else replace(found, value=nan, se=nan)
