"""Intervals for one proportion and for the difference of two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from analysis.confidence import check_level, two_sided_quantile


@dataclass(frozen=True)
class Proportion:
    """A proportion with its confidence limits; NaN if the denominator is 0."""

    events: int
    n: int
    value: float
    lower: float
    upper: float
    method: str


@dataclass(frozen=True)
class ProportionDifference:
    """Difference of two proportions, first minus second; NaN if a denominator is 0."""

    value: float
    lower: float
    upper: float
    method: str


def clopper_pearson(events: int, n: int, conf_level: float = 0.95) -> Proportion:
    """Exact interval (Clopper & Pearson 1934), as R's `binom.test`.

    Parameters
    ----------
    events, n : int
        Numerator and denominator, 0 <= events <= n.
    conf_level : float

    Raises
    ------
    ValueError
        If the counts are not whole numbers with 0 <= events <= n, or for a bad `conf_level`.
    """
    events, n = _counts(events, n, conf_level)
    method = f"Proportion with {100 * conf_level:g} % Clopper–Pearson interval."
    if n == 0:
        return Proportion(0, 0, np.nan, np.nan, np.nan, method)
    tail = (1 - conf_level) / 2
    lower = betaincinv(events, n - events + 1, tail) if events else 0.0
    upper = betaincinv(events + 1, n - events, 1 - tail) if events < n else 1.0
    return Proportion(events, n, events / n, float(lower), float(upper), method)


def wilson(events: int, n: int, conf_level: float = 0.95) -> Proportion:
    """Score interval (Wilson 1927) without continuity correction, as R's `prop.test`.

    Parameters and errors as `clopper_pearson`.
    """
    events, n = _counts(events, n, conf_level)
    method = f"Proportion with {100 * conf_level:g} % Wilson interval, no continuity correction."
    if n == 0:
        return Proportion(0, 0, np.nan, np.nan, np.nan, method)
    z = two_sided_quantile(conf_level)
    p = events / n
    centre = p + z**2 / (2 * n)
    spread = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    # At 0 and n one limit is 0 or 1 exactly, which rounding would miss by 1e-17.
    lower = (centre - spread) / (1 + z**2 / n) if events else 0.0
    upper = (centre + spread) / (1 + z**2 / n) if events < n else 1.0
    return Proportion(events, n, p, float(lower), float(upper), method)


def newcombe_difference(
    events_a: int, n_a: int, events_b: int, n_b: int, conf_level: float = 0.95
) -> ProportionDifference:
    """Difference a - b with the hybrid score interval (Newcombe 1998, method 10).

    The limits combine the Wilson limits of the two proportions. Unlike a Wald interval it is not
    empty for 0 of n against 0 of m.

    Parameters and errors as `clopper_pearson`.
    """
    a, b = wilson(events_a, n_a, conf_level), wilson(events_b, n_b, conf_level)
    method = (
        f"Difference of proportions with {100 * conf_level:g} % Newcombe interval (hybrid score)."
    )
    value = a.value - b.value
    lower = value - np.hypot(a.value - a.lower, b.upper - b.value)
    upper = value + np.hypot(a.upper - a.value, b.value - b.lower)
    return ProportionDifference(value, float(lower), float(upper), method)


def _counts(events, n, conf_level):
    check_level(conf_level)
    if events != int(events) or n != int(n) or not 0 <= events <= n:
        raise ValueError(f"counts must be whole numbers with 0 <= events <= n, not {events} of {n}")
    return int(events), int(n)
