"""Agreement of two measurements of the same thing: Bland and Altman's limits.

Bland JM, Altman DG. Statistical methods for assessing agreement between two methods of clinical
measurement. Lancet 1986;1:307–310; the standard error of a limit is that of Bland JM, Altman DG.
Measuring agreement in method comparison studies. Stat Methods Med Res 1999;8:135–160.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from analysis.confidence import check_level

WIDTH = 1.96
"""Standard deviations from the mean difference to a limit, as both papers take it."""
SCALES = ("difference", "ratio")


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence limits; all three NaN where there is none."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, eq=False)
class Agreement:
    """How far two measurements of N things lie apart.

    Attributes
    ----------
    scale : str
        ``difference``: first minus second, in their unit. ``ratio``: first divided by second; the
        mean is the geometric mean ratio and the limits are ratios.
    n : int
        Pairs.
    average, difference : (N,) arrays
        Of each pair: mean of the two (geometric for ratios), and difference (or ratio).
    sd : float
        Standard deviation of the differences with n - 1; of the logarithms for ratios.
    mean, lower_limit, upper_limit : Interval
        Mean difference and limits of agreement, mean ± 1.96 SD, each with its interval.
    method : str
        Sentence for a footnote.
    """

    scale: str
    n: int
    average: np.ndarray
    difference: np.ndarray
    sd: float
    mean: Interval
    lower_limit: Interval
    upper_limit: Interval
    method: str


def agreement(first, second, *, scale: str = "difference", conf_level: float = 0.95) -> Agreement:
    """Compare two measurements of the same things.

    The standard error of the mean is s / sqrt(n), that of a limit s sqrt(1/n + 1.96² / (2(n - 1)))
    (1999, section 2.4); both are multiplied by the quantile of t with n - 1 degrees of freedom.
    Pairs are taken as independent.

    Parameters
    ----------
    first, second : (N,) array-like
        In the same order and unit, finite; above 0 for ratios.
    scale : {"difference", "ratio"}

    Raises
    ------
    ValueError
        If lengths differ, a value is missing, the scale is unknown, or a ratio is asked of values
        that are not above 0.
    """
    first, second = np.asarray(first, float), np.asarray(second, float)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"the two must be pairs, not of shapes {first.shape} and {second.shape}")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("a value is missing; leave out pairs that are not complete")
    if scale not in SCALES:
        raise ValueError(f"scale must be one of {', '.join(SCALES)}; not {scale!r}")
    check_level(conf_level)
    if scale == "ratio":
        if (first <= 0).any() or (second <= 0).any():
            raise ValueError("a ratio needs values above 0")
        first, second = np.log(first), np.log(second)
    difference = first - second
    parts = _limits(difference, conf_level)
    back = np.exp if scale == "ratio" else np.asarray
    intervals = [Interval(*(float(back(x)) for x in part)) for part in parts[1]]
    return Agreement(
        scale,
        difference.size,
        back((first + second) / 2),
        back(difference),
        parts[0],
        *intervals,
        _method(scale, conf_level),
    )


def _limits(difference: np.ndarray, conf_level: float):
    """SD, and (value, lower, upper) of the mean and of both limits of agreement."""
    n = difference.size
    unknown = (np.nan,) * 3
    if not n:
        return np.nan, (unknown, unknown, unknown)
    mean = float(difference.mean())
    if n == 1:
        return np.nan, ((mean, np.nan, np.nan), unknown, unknown)
    sd = float(difference.std(ddof=1))
    quantile = float(stdtrit(n - 1, 1 - (1 - conf_level) / 2))
    of_mean = quantile * sd / np.sqrt(n)
    of_limit = quantile * sd * np.sqrt(1 / n + WIDTH**2 / (2 * (n - 1)))
    low, high = mean - WIDTH * sd, mean + WIDTH * sd
    return sd, (
        (mean, mean - of_mean, mean + of_mean),
        (low, low - of_limit, low + of_limit),
        (high, high - of_limit, high + of_limit),
    )


def _method(scale: str, conf_level: float) -> str:
    logs = " of the logarithms" if scale == "ratio" else ""
    return (
        f"Limits of agreement: mean difference ± {WIDTH} SD{logs} (Bland & Altman 1986), "
        f"{100 * conf_level:g} % CI by the t distribution (1999)."
    )
