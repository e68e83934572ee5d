"""Difference of two survival curves over time, with a band that holds everywhere at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arm_difference import rmst_difference
from analysis.confidence import greenwood_terms, two_sided_quantile
from analysis.survival import KaplanMeier

DRAWS = 4000
SEED = 1997
# Days on which a difference is looked at: of more event times the last of each equal part.
MOST_TIMES = 400


@dataclass(frozen=True)
class Band:
    """What makes pointwise intervals hold on all days at once.

    Attributes
    ----------
    first, last : float
        Days between which the band holds; NaN without one.
    critical : float
        Standard errors on either side.
    p_value : float
        How often curves of equal survival differ by as many standard errors somewhere.
    """

    first: float
    last: float
    critical: float
    p_value: float


@dataclass(frozen=True, eq=False)
class DifferenceOverTime:
    """Survival of one arm less that of another. K days.

    Attributes
    ----------
    time, value, se : (K,) arrays
    lower, upper : (K,) arrays
        Pointwise 95 % limits.
    band_lower, band_upper : (K,) arrays
        Simultaneous; NaN where there is no band.
    """

    time: np.ndarray
    value: np.ndarray
    se: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    band_lower: np.ndarray
    band_upper: np.ndarray


@dataclass(frozen=True, eq=False)
class MeanOverTime:
    """Difference of restricted means as a function of τ, with pointwise 95 % limits. M days."""

    tau: np.ndarray
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


def simultaneous_band(a: KaplanMeier, b: KaplanMeier, last: float, draws: int = DRAWS) -> Band:
    """The critical value of an equal-precision band (Parzen, Wei & Ying 1997; Nair 1984).

    Under censoring S(t) of an arm less its estimate is S(t) times a Gaussian process of
    independent increments, whose variances are the terms of Greenwood's sum. Both are drawn with
    a fixed seed, and the 95 % quantile of the largest difference in standard errors is taken, from
    the first day on which both arms have had an event to the ``last``.

    Parameters
    ----------
    last : float
        Day; NaN for no band.
    draws : int
        0 for no band.
    """
    nothing = Band(np.nan, np.nan, np.nan, np.nan)
    if not last >= 0 or not draws or not (a.n_events and b.n_events):
        return nothing
    first = max(float(one.time[one.n_event > 0][0]) for one in (a, b))
    time = _days(a, b, first, last)
    if not time.size:
        return nothing
    dice, parts, variance = np.random.default_rng(SEED), [], np.zeros(time.size)
    for sign, one in ((1, a), (-1, b)):
        terms = greenwood_terms(one.n_risk, one.n_event).cumsum()
        passed = np.searchsorted(one.time, time, side="right") - 1
        summed = terms[passed]
        survival = one.survival[passed]
        steps = np.sqrt(np.diff(summed, prepend=0.0))
        process = (dice.standard_normal((draws, time.size)) * steps).cumsum(axis=1)
        parts.append(sign * survival * process)
        variance += survival**2 * summed
    se = np.sqrt(variance)
    known = np.isfinite(se) & (se > 0)
    if not known.any():
        return nothing
    largest = np.abs((parts[0] + parts[1])[:, known] / se[known]).max(axis=1)
    seen = a.at(time[known]).survival - b.at(time[known]).survival
    observed = float(np.abs(seen / se[known]).max())
    p_value = (1 + int((largest >= observed).sum())) / (1 + draws)
    return Band(float(time[0]), float(time[-1]), float(np.quantile(largest, 0.95)), p_value)


def _days(a: KaplanMeier, b: KaplanMeier, first: float, last: float) -> np.ndarray:
    """Days on which either curve falls, up to the last before one has reached 0."""
    ends = [float(one.time[-1]) for one in (a, b)]
    times = np.union1d(a.time[a.n_event > 0], b.time[b.n_event > 0])
    times = times[(times >= first) & (times <= min(last, *ends))]
    if times.size > MOST_TIMES:
        times = times[np.linspace(0, times.size - 1, MOST_TIMES).round().astype(int)]
    alive = np.minimum(a.at(times).survival, b.at(times).survival) > 0 if times.size else []
    return times[alive]


def difference_over_time(
    a: KaplanMeier, b: KaplanMeier, last: float, band: Band
) -> DifferenceOverTime:
    """Arm a less arm b on every day on which either curve falls, Greenwood standard errors."""
    time = np.append(0.0, _days(a, b, 0.0, last)) if last >= 0 else np.zeros(0)
    ours, theirs = a.at(time), b.at(time)
    value, se = ours.survival - theirs.survival, np.hypot(ours.std_err, theirs.std_err)
    margin, within = two_sided_quantile(0.95) * se, np.full(time.size, np.nan)
    held = (time >= band.first) & (time <= band.last)
    within[held] = band.critical * se[held]
    limits = (value - margin, value + margin, value - within, value + within)
    return DifferenceOverTime(time, value, se, *(np.clip(one, -1, 1) for one in limits))


def mean_over_time(a: KaplanMeier, b: KaplanMeier, days) -> MeanOverTime:
    """Difference of restricted means up to each of some days (Royston & Parmar 2013)."""
    found = [rmst_difference(a, b, float(day)) for day in days]
    arrays = ([getattr(one, name) for one in found] for name in ("tau", "value", "lower", "upper"))
    return MeanOverTime(*(np.array(one, float) for one in arrays))
