"""The hazard ratio along a number, as a smooth curve with a pointwise band.

Cox regression of the arm, a natural cubic spline of the number, and their products: what the log
hazard ratio of the arm adds up to at a value, with its variance, is a curve of the effect along the
number, and the likelihood-ratio test of the products asks whether it changes at all (as the
treatment-effect plots of Royston P, Sauerbrei W. Stat Med 2004;23:2509–2525, with splines in place
of fractional polynomials). Without arms it is the effect of the number itself, against its median.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.confidence import two_sided_quantile
from analysis.cox.fit import ChiSquareTest, CoxFit, chi_square_test, fit_cox
from analysis.event_table import TimeAxis
from analysis.natural_spline import knots_of, natural_spline

DRAWN_FROM, DRAWN_TO = 0.05, 0.95
"""Quantiles between which a curve is drawn: beyond them it rests on few patients."""
QUARTILES = (0.25, 0.5, 0.75)
POINTS = 61
# A log hazard ratio beyond this, or with such an interval, is no estimate: nobody had an event.
_LARGEST = 8.0


@dataclass(frozen=True, eq=False)
class Ratios:
    """Hazard ratios at some values of a number; NaN where there is no finite estimate.

    Attributes
    ----------
    at : (K,) array
        Values, in the unit of the number.
    value, lower, upper : (K,) arrays
        With pointwise Wald limits.
    """

    at: np.ndarray
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    def estimate(self, place: int) -> tuple[float, float, float]:
        """Value, lower and upper limit of one of them."""
        return tuple(float(x[place]) for x in (self.value, self.lower, self.upper))


@dataclass(frozen=True, eq=False)
class EffectAlong:
    """A hazard ratio along a number.

    Attributes
    ----------
    curve : Ratios
        At evenly spaced values.
    quartiles : Ratios
        At the quartiles of the patients analysed.
    knots : (K,) array
        Of the spline, in the unit of the number; none where it is a straight line.
    test : ChiSquareTest
        Likelihood ratio: of arms against an effect that is the same everywhere; without arms
        against a number that has none.
    bend : ChiSquareTest
        The same against a straight line of the log hazard ratio.
    n, n_events : int
    """

    curve: Ratios
    quartiles: Ratios
    knots: np.ndarray
    test: ChiSquareTest
    bend: ChiSquareTest
    n: int
    n_events: int

    @property
    def fitted(self) -> bool:
        """Whether there is a finite estimate at the quartiles."""
        return self.test.df > 0 and bool(np.isfinite(self.quartiles.value).all())


def effect_along(
    axis: TimeAxis, event, value, rows, arm=None, *, log: bool = False, at=None
) -> EffectAlong:
    """Estimate a hazard ratio along a number.

    Parameters
    ----------
    axis : TimeAxis
        Of N patients.
    event : (N,) array-like of 0 and 1
    value : (N,) array-like
        The number; finite for the patients in `rows`, and above 0 with `log`.
    rows : (N,) boolean mask
        The patients analysed.
    arm : (N,) array-like of 0 and 1, optional
        1 for the compared arm, 0 for the reference; without it the effect is that of the number.
    log : bool
        Whether the number enters by its logarithm.
    at : (values of the curve, values in place of the quartiles), optional
        Where the ratios are asked for, instead of where these patients are.

    Raises
    ------
    ValueError
        If a patient in `rows` has no value, or one that has no logarithm.
    """
    rows = np.asarray(rows, bool)
    own = np.asarray(value, float)[rows]
    if not np.isfinite(own).all() or (log and (own <= 0).any()):
        raise ValueError("a value is missing or has no logarithm; leave out patients without one")
    event = np.asarray(event)[rows]
    group = None if arm is None else np.asarray(arm)[rows].astype(float)
    if at is None:
        at = _where(own)
    scale = np.log if log else np.asarray
    x = scale(own)
    knots = scale(knots_of(own))
    middle, wide = (np.median(x), np.ptp(x) or 1.0) if x.size else (0.0, 1.0)

    def columns(of, bent: bool = True) -> np.ndarray:
        """The spline of some values, of the order of 1."""
        standard = (np.asarray(of, float) - middle) / wide
        return natural_spline(standard, (knots - middle) / wide if bent else ())

    def fit(*parts) -> CoxFit:
        return fit_cox(TimeAxis(axis.time, axis.code[rows]), event, np.column_stack(parts))

    curved, straight = columns(x), columns(x, bent=False)
    if group is None:
        full, line, null = fit(curved), fit(straight), None
        contrasts = [columns(scale(one)) - columns(scale(at[1][1:2])) for one in at]
    else:
        products = group[:, None] * curved
        full, null = fit(group, curved, products), fit(group, curved)
        line = fit(group, curved, group[:, None] * straight)
        contrasts = [_of_arm(columns(scale(one))) for one in at]
    return EffectAlong(
        *(_ratios(full, contrast, one) for contrast, one in zip(contrasts, at, strict=True)),
        np.exp(knots) if log else knots,
        _against(full, null, curved.shape[1]),
        _against(full, line, curved.shape[1] - 1),
        full.n,
        full.n_events,
    )


def _where(own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values at which the curve is drawn, and the quartiles."""
    if not own.size:
        return np.zeros(0), np.full(len(QUARTILES), np.nan)
    low, high = np.quantile(own, (DRAWN_FROM, DRAWN_TO))
    return np.linspace(low, high, POINTS if high > low else 1), np.quantile(own, QUARTILES)


def _of_arm(spline: np.ndarray) -> np.ndarray:
    """What the effect of the arm is made of at some values: its own, and its products."""
    return np.column_stack([np.ones(len(spline)), np.zeros_like(spline), spline])


def _ratios(fit: CoxFit, contrast: np.ndarray, at: np.ndarray) -> Ratios:
    if not _estimable(fit):
        return Ratios(np.asarray(at, float), *np.full((3, len(at)), np.nan))
    log_ratio = contrast @ fit.coef
    variance = np.einsum("ij,jk,ik->i", contrast, fit.covariance, contrast)
    margin = two_sided_quantile(0.95) * np.sqrt(np.maximum(variance, 0))
    known = np.maximum(np.abs(log_ratio), margin) < _LARGEST
    ends = (log_ratio, log_ratio - margin, log_ratio + margin)
    return Ratios(np.asarray(at, float), *(np.exp(np.where(known, x, np.nan)) for x in ends))


def _against(full: CoxFit, other: CoxFit | None, df: int) -> ChiSquareTest:
    """Likelihood-ratio test of a fit against one with fewer terms."""
    name = "Likelihood ratio"
    if not _estimable(full):
        return chi_square_test(name, np.nan, 0)
    below = full.loglik_null if other is None else other.loglik
    return chi_square_test(name, 2 * (full.loglik - below), df)


def _estimable(fit: CoxFit) -> bool:
    """Whether every term of a fit has a finite estimate."""
    return fit.n_events > 0 and bool(np.isfinite(fit.coef).all())
