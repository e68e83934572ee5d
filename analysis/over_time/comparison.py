"""Two arms over the follow-up: differences, means and ratios, computed once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.over_time.difference import (
    DRAWS,
    Band,
    DifferenceOverTime,
    MeanOverTime,
    difference_over_time,
    mean_over_time,
    simultaneous_band,
)
from analysis.over_time.hazard import Pieces, SmoothHazard, piecewise_hazard, smoothed_hazard
from analysis.restricted_mean import common_horizon, has_mean
from analysis.survival import KaplanMeier, kaplan_meier

# Days from one τ to the next.
STEP = 30.4375


@dataclass(frozen=True, eq=False)
class OverTime:
    """The compared arm against the reference; times in days.

    Attributes
    ----------
    curves : (KaplanMeier, KaplanMeier)
        Compared arm, reference.
    horizon : float
        Up to when both arms have enough patients at risk; NaN where an arm is too small.
    band : Band
    difference : DifferenceOverTime
    means : MeanOverTime
        At every month up to the horizon.
    smooth : SmoothHazard or None
    pieces : Pieces
    """

    curves: tuple[KaplanMeier, KaplanMeier]
    horizon: float
    band: Band
    difference: DifferenceOverTime
    means: MeanOverTime
    smooth: SmoothHazard | None
    pieces: Pieces


def over_time_comparison(time, event, treated, cuts, draws: int = DRAWS) -> OverTime:
    """Compare two arms over time.

    Parameters
    ----------
    time, event, treated : (N,) arrays
        ``treated`` is 1 for the compared arm; an arm may be empty.
    cuts : sequence of float
        Days between the stretches of which each has a hazard ratio.
    draws : int
        For the simultaneous band; 0 for neither band nor smooth ratio, which take most of the time.
    """
    time, event, treated = np.asarray(time), np.asarray(event), np.asarray(treated)
    curves = tuple(kaplan_meier(time[one], event[one]) for one in (treated == 1, treated == 0))
    horizon = common_horizon(curves) if all(map(has_mean, curves)) else np.nan
    band = simultaneous_band(*curves, horizon, draws)
    empty = np.zeros(0)
    found = OverTime(
        curves,
        float(horizon),
        band,
        DifferenceOverTime(*(empty,) * 7),
        MeanOverTime(*(empty,) * 4),
        smoothed_hazard(time, event, treated) if draws else None,
        piecewise_hazard(time, event, treated, cuts),
    )
    return with_curves(found, curves)


def with_curves(found: OverTime, curves: tuple[KaplanMeier, KaplanMeier]) -> OverTime:
    """The same with differences of survival and of means from other curves of the arms."""
    horizon = min([found.horizon, *(float(one.time[-1]) for one in curves if one.time.size)])
    if not horizon >= 0 or not all(one.time.size for one in curves):
        return replace(found, curves=curves)
    days = np.arange(1, int(horizon / STEP) + 1) * STEP
    return replace(
        found,
        curves=curves,
        difference=difference_over_time(*curves, horizon, found.band),
        means=mean_over_time(*curves, days),
    )
