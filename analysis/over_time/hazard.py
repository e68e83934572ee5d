"""The hazard ratio of two arms over time: smoothed residuals, and one ratio for each stretch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import chdtrc

from analysis.cox.fit import fit_cox
from analysis.reason import Reason, Why
from analysis.weighting.cox import ArmSets, arm_sets, log_ratio, shares

FREEDOM = 4
POINTS = 40
FEWEST_EVENTS = 10


@dataclass(frozen=True, eq=False)
class SmoothHazard:
    """Log hazard ratio as a smooth function of time. 40 points.

    Attributes
    ----------
    time, log_ratio, se : (40,) arrays
        Days; NaN-free.
    """

    time: np.ndarray
    log_ratio: np.ndarray
    se: np.ndarray


@dataclass(frozen=True, eq=False)
class Piece:
    """Hazard ratio among those followed beyond the start, of events up to the end.

    Attributes
    ----------
    start, end : float
        Days; the end of the last piece is infinite.
    n, events : (int, int)
        Of the compared arm and the reference.
    value, lower, upper, p_value : float
        NaN where not estimable.
    reason : Reason or None
    """

    start: float
    end: float
    n: tuple[int, int]
    events: tuple[int, int]
    value: float
    lower: float
    upper: float
    p_value: float
    reason: Reason | None


@dataclass(frozen=True, eq=False)
class Pieces:
    """All stretches, and the likelihood-ratio test of one ratio for all of them."""

    pieces: tuple[Piece, ...]
    chi_square: float
    df: int
    p_value: float


def smoothed_hazard(time, event, treated) -> SmoothHazard | None:
    """Scaled Schoenfeld residuals smoothed by a natural spline, as R's ``plot(cox.zph(fit))``.

    The residuals (Grambsch & Therneau 1994) stand against 1 − the Kaplan–Meier estimate of all
    patients; the spline has 4 degrees of freedom, its inner knots at thirds of the points and
    residuals together; its standard error takes the variance of a residual as that of the
    coefficient times the events.

    Returns
    -------
    SmoothHazard or None
        None with fewer than ten events, without a finite hazard ratio, or where the events fall on
        too few times for the spline.
    """
    time, event = np.asarray(time, float), np.asarray(event).astype(bool)
    treated = np.asarray(treated).astype(bool)
    events = int(event.sum())
    by_arm = event[treated].any() and event[~treated].any()
    if events < FEWEST_EVENTS or not by_arm:
        return None
    sets = arm_sets(time, event, treated, np.ones(time.size))
    coef = log_ratio(sets)
    if not np.isfinite(coef):
        return None
    day, x, y, variance = _residuals(sets, time, event, treated, coef)
    at = np.linspace(x.min(), x.max(), POINTS)
    both = np.concatenate([at, x])
    basis = _natural_spline(both)
    points, rows = basis[:POINTS], basis[POINTS:]
    left, upper = np.linalg.qr(rows)
    if np.abs(upper.diagonal()).min() < 1e-8 * np.abs(upper.diagonal()).max():
        return None
    fitted = points @ np.linalg.solve(upper, left.T @ y)
    spread = (np.linalg.solve(upper.T, points.T) ** 2).sum(axis=0)
    return SmoothHazard(np.interp(at, x, day), fitted, np.sqrt(variance * spread))


def _residuals(sets: ArmSets, time, event, treated, coef: float):
    """Day, 1 − Kaplan–Meier and scaled residual of each event, and the residuals' variance."""
    _, share = shares(sets, coef)
    tied = np.bincount(sets.which, minlength=sets.times)
    mean = np.bincount(sets.which, share, sets.times) / tied
    information = float((share * (1 - share)).sum())
    events = int(event.sum())
    order = np.argsort(time[event], kind="stable")
    day = time[event][order]
    times = np.unique(day)
    place = np.searchsorted(times, day)
    at_risk = time.size - np.searchsorted(np.sort(time), times, side="left")
    survival = np.append(1.0, (1 - tied / at_risk).cumprod())
    y = (treated[event][order] - mean[place]) * events / information + coef
    return day, 1 - survival[place], y, events / information


def _natural_spline(x) -> np.ndarray:
    """A basis of natural cubic splines with two inner knots; of the columns' span that of R's ns.

    Truncated powers in Harrell's form (*Regression Modeling Strategies*, 2.4.5).
    """
    low, high = x.min(), x.max()
    scaled = (x - low) / ((high - low) or 1.0)
    inner = np.quantile(scaled, np.arange(1, FREEDOM - 1) / (FREEDOM - 1))
    knots = np.array([0.0, *inner, 1.0])

    def cubed(knot):
        return np.maximum(scaled - knot, 0) ** 3

    last, before = knots[-1], knots[-2]
    columns = (
        cubed(knot)
        - cubed(before) * (last - knot) / (last - before)
        + cubed(last) * (before - knot) / (last - before)
        for knot in knots[:-2]
    )
    return np.column_stack([np.ones(x.size), scaled, *columns])


def piecewise_hazard(time, event, treated, cuts) -> Pieces:
    """One Cox regression for each stretch between days: a hazard ratio constant within each.

    Parameters
    ----------
    cuts : sequence of float
        Days between the stretches, rising; an event on one of them belongs to the earlier.
    """
    time, event = np.asarray(time, float), np.asarray(event).astype(bool)
    treated = np.asarray(treated).astype(bool)
    edges, pieces, gained, df = [0.0, *cuts, np.inf], [], 0.0, -1
    for start, end in pairwise(edges):
        rows = time > start if start else np.ones(time.size, bool)
        happened = event[rows] & (time[rows] <= end)
        arm = treated[rows]
        sizes = int(arm.sum()), int((~arm).sum())
        events = int(happened[arm].sum()), int(happened[~arm].sum())
        numbers, reason = (np.nan,) * 4, _obstacle(sizes, events)
        if reason is None or reason.why is Why.SEPARATED:
            fit = fit_cox(np.minimum(time[rows], end), happened.astype(int), arm.astype(float))
            gained += fit.lr_test.statistic
            df += 1
            if reason is None:
                arrays = (fit.hazard_ratio, fit.lower, fit.upper, fit.p_value)
                numbers, reason = tuple(float(one[0]) for one in arrays), fit.reasons[0]
        pieces.append(Piece(start, end, sizes, events, *numbers, reason))
    chi_square = p_value = np.nan
    if df > 0:
        whole = fit_cox(time, event.astype(int), treated.astype(float))
        chi_square = max(gained - whole.lr_test.statistic, 0.0)
        p_value = float(chdtrc(df, chi_square))
    return Pieces(tuple(pieces), float(chi_square), max(df, 0), p_value)


def _obstacle(sizes, events) -> Reason | None:
    if not all(sizes):
        return Reason(Why.ONE_ARM)
    if not any(events):
        return Reason(Why.NO_EVENT)
    if not all(events):
        return Reason(Why.SEPARATED, "", ("infinity" if events[0] else "0",))
    return None
