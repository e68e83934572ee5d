"""Weighted Cox regression on the arm, robust variance, and the weighted log-rank test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtr

from analysis.confidence import two_sided_quantile
from analysis.reason import Reason, Why

MAX_STEPS = 60
_LAST_GAIN = 1e-18


@dataclass(frozen=True, eq=False)
class WeightedCox:
    """Hazard ratio of the compared arm with weights; NaN = not estimable.

    Attributes
    ----------
    coef, se : float
        Log hazard ratio and robust standard error.
    hazard_ratio, lower, upper, p_value : float
        With 95 % limits and Wald p from the robust standard error.
    chi_square, log_rank_p : float
        Robust score test, on one degree of freedom: the weighted log-rank test.
    n, n_events : int
        Patients and events without weights.
    reasons : tuple of one Reason or None
        Why the ratio is not estimable.
    """

    coef: float
    se: float
    hazard_ratio: float
    lower: float
    upper: float
    p_value: float
    chi_square: float
    log_rank_p: float
    n: int
    n_events: int
    reasons: tuple[Reason | None]


@dataclass(frozen=True, eq=False)
class ArmSets:
    """Risk sets of two arms with weights, Efron's ties; D events, K event times, N patients."""

    treated: np.ndarray  # (N,) bool
    weight: np.ndarray  # (N,)
    died: np.ndarray  # (N,) bool
    last: np.ndarray  # (N,) event times that the patient reached
    which: np.ndarray  # (D,) event time of each event
    part: np.ndarray  # (D,) Efron's share k / d of the tied events that has left
    risk: tuple[np.ndarray, np.ndarray]  # (D,) weights at risk, of both arms and of the compared
    tied: tuple[np.ndarray, np.ndarray]  # the same of the tied events
    mean: np.ndarray  # (D,) mean weight of the tied events
    times: int


def weighted_cox(time, event, treated, weight) -> WeightedCox:
    """Fit the arm alone with Efron's ties, as R's `coxph` with weights and ``robust`` (Binder 1992;
    Lin & Wei 1989), which `svycoxph` of the package `survey` equals but for n / (n − 1).

    Parameters
    ----------
    time : (N,) array
    event, treated : (N,) arrays of 0 and 1
        ``treated`` is 1 for the compared arm.
    weight : (N,) array
        Above 0; taken as known.
    """
    event, treated = np.asarray(event).astype(bool), np.asarray(treated).astype(bool)
    n, events = treated.size, int(event.sum())
    reason = _obstacle(event, treated)
    if reason is not None and (reason.why is not Why.SEPARATED):
        return WeightedCox(*(np.nan,) * 8, n, events, (reason,))
    sets = arm_sets(np.asarray(time, float), event, treated, np.asarray(weight, float))
    score, residuals, _ = _score(sets, 0.0)
    spread = float(((sets.weight * residuals) ** 2).sum())
    chi_square = score**2 / spread if spread > 0 else np.nan
    test = (chi_square, float(chdtrc(1, chi_square)) if spread > 0 else np.nan)
    coef = np.nan if reason is not None else log_ratio(sets)
    if not np.isfinite(coef):
        reason = reason or Reason(Why.NOT_CONVERGED)
        return WeightedCox(*(np.nan,) * 6, *test, n, events, (reason,))
    _, residuals, information = _score(sets, coef)
    se = float(np.sqrt(((sets.weight * residuals) ** 2).sum())) / information
    margin = two_sided_quantile(0.95) * se
    ratio = (np.exp(coef), np.exp(coef - margin), np.exp(coef + margin))
    p_value = 2 * ndtr(-abs(coef) / se)
    return WeightedCox(coef, se, *map(float, ratio), float(p_value), *test, n, events, (None,))


def _obstacle(event, treated) -> Reason | None:
    if not treated.size:
        return Reason(Why.NOBODY)
    if treated.all() or not treated.any():
        return Reason(Why.ONE_ARM)
    if not event.any():
        return Reason(Why.NO_EVENT)
    if not event[treated].any() or not event[~treated].any():
        return Reason(Why.SEPARATED, "", ("0" if not event[treated].any() else "infinity",))
    return None


def arm_sets(time, event, treated, weight) -> ArmSets:
    """Sort the patients of two arms into risk sets; arrays of shape (N,), arms and events bool."""
    times, which = np.unique(time[event], return_inverse=True)
    last = np.searchsorted(times, time, side="right")
    order = np.argsort(which, kind="stable")
    which = which[order]
    tied = np.bincount(which, minlength=times.size)
    place = np.arange(which.size) - np.repeat(tied.cumsum() - tied, tied)

    def at_risk(weights):
        # Who reached j event times is at risk at the first j of them.
        sums = np.bincount(last, weights, times.size + 1)
        return sums[::-1].cumsum()[::-1][1:][which]

    def of_tied(weights):
        return np.bincount(which, weights[event][order], times.size)[which]

    ours = weight * treated
    return ArmSets(
        treated,
        weight,
        event,
        last,
        which,
        place / tied[which],
        (at_risk(weight), at_risk(ours)),
        (of_tied(weight), of_tied(ours)),
        of_tied(weight) / tied[which],
        times.size,
    )


def shares(sets: ArmSets, coef: float):
    """Denominator of each event, and the share of it that the compared arm has."""
    ratio = np.exp(coef)
    ours = ratio * (sets.risk[1] - sets.part * sets.tied[1])
    theirs = (sets.risk[0] - sets.risk[1]) - sets.part * (sets.tied[0] - sets.tied[1])
    total = ours + theirs
    return total, ours / total


def _score(sets: ArmSets, coef: float):
    """Score, each patient's part of it without the weight, and the information."""
    total, share = shares(sets, coef)
    score = float((sets.weight * (sets.treated & sets.died)).sum() - (sets.mean * share).sum())
    information = float((sets.mean * share * (1 - share)).sum())
    hazard = sets.mean / total

    def by_time(values):
        return np.bincount(sets.which, values, sets.times)

    def passed(values):
        return np.append(0.0, by_time(values).cumsum())[sets.last]

    treated = sets.treated.astype(float)
    relative = np.where(sets.treated, np.exp(coef), 1.0)
    residuals = -relative * (treated * passed(hazard) - passed(hazard * share))
    # The tied events leave one after the other: each is at risk for a part of them.
    own = sets.last[sets.died] - 1
    mine = treated[sets.died]
    tied = by_time(np.ones(sets.which.size))
    average = (by_time(share) / tied)[own]
    left = by_time(sets.part * hazard)[own], by_time(sets.part * hazard * share)[own]
    residuals[sets.died] += mine - average + relative[sets.died] * (mine * left[0] - left[1])
    return score, residuals, information


def log_ratio(sets: ArmSets) -> float:
    """The log hazard ratio of largest likelihood; NaN where there is none."""
    coef = 0.0
    for _ in range(MAX_STEPS):
        _, share = shares(sets, coef)
        score = float((sets.weight * (sets.treated & sets.died)).sum() - (sets.mean * share).sum())
        information = float((sets.mean * share * (1 - share)).sum())
        if not information > 0:
            return np.nan
        # The likelihood is concave; a step of more than 2 overshoots.
        step = min(max(score / information, -2.0), 2.0)
        coef += step
        if step**2 * information < _LAST_GAIN:
            return coef if abs(coef) < 15 else np.nan
    return np.nan
