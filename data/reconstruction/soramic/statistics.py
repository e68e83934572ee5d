"""Statistics of single patients for the evaluator; nothing here is shared with the search.

Each is written from its textbook formula on patients, not on counts, so that a fault of the
search cannot hide behind the same fault here.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

_Z = stats.norm.ppf(0.975)


def survival_curve(time: np.ndarray, event: np.ndarray) -> tuple[np.ndarray, ...]:
    """Kaplan–Meier at the times of events: times, survival, standard error of its logarithm."""
    times = np.unique(time[event == 1])
    at_risk = np.array([(time >= t).sum() for t in times], dtype=float)
    died = np.array([((time == t) & (event == 1)).sum() for t in times], dtype=float)
    survival = np.cumprod(1 - died / at_risk)
    with np.errstate(divide="ignore"):
        error = np.sqrt(np.cumsum(died / (at_risk * (at_risk - died))))
    return times, survival, error


def median_with_limits(time: np.ndarray, event: np.ndarray) -> tuple[float, float, float]:
    """Median survival and its 95 % limits on the log scale, as R's ``survfit`` gives them.

    Each is the first time at which its curve is at most one half; where the curve stays at one
    half exactly, the middle between that time and the next event. NaN if it is never reached.
    """
    times, survival, error = survival_curve(time, event)
    lower = survival * np.exp(-_Z * np.where(survival > 0, error, 0))
    upper = np.minimum(1, survival * np.exp(_Z * np.where(survival > 0, error, 0)))
    return tuple(_first_at_half(times, curve) for curve in (survival, lower, upper))


def _first_at_half(times: np.ndarray, curve: np.ndarray) -> float:
    below = np.flatnonzero(curve <= 0.5 + 1e-9)
    if not len(below):
        return math.nan
    first = below[0]
    if abs(curve[first] - 0.5) < 1e-9 and first + 1 < len(times):
        return (times[first] + times[first + 1]) / 2
    return float(times[first])


def log_rank_p(time: np.ndarray, event: np.ndarray, group: np.ndarray) -> float:
    """Two-sided p of the log-rank test between two groups (0 and 1)."""
    difference = variance = 0.0
    for t in np.unique(time[event == 1]):
        risk = time >= t
        dying = (time == t) & (event == 1)
        n, d = risk.sum(), dying.sum()
        share = (risk & (group == 1)).sum() / n
        difference += (dying & (group == 1)).sum() - d * share
        if n > 1:
            variance += d * share * (1 - share) * (n - d) / (n - 1)
    return float(stats.chi2.sf(difference**2 / variance, 1))


def cox(time: np.ndarray, event: np.ndarray, covariates: np.ndarray) -> tuple[np.ndarray, ...]:
    """Cox model, Efron's ties, by Newton's method: log hazard ratios and standard errors.

    Parameters
    ----------
    covariates : float array (n, p)
    """
    beta = np.zeros(covariates.shape[1])
    for _ in range(50):
        score, information = _efron(beta, time, event, covariates)
        step = np.linalg.solve(information, score)
        beta = beta + step
        if np.abs(step).max() < 1e-12:
            break
    return beta, np.sqrt(np.diag(np.linalg.inv(information)))


def _efron(beta, time, event, covariates) -> tuple[np.ndarray, np.ndarray]:
    weight = np.exp(covariates @ beta)
    score = np.zeros(len(beta))
    information = np.zeros((len(beta), len(beta)))
    for t in np.unique(time[event == 1]):
        risk, dying = time >= t, (time == t) & (event == 1)
        score += covariates[dying].sum(axis=0)
        d = int(dying.sum())
        for tie in range(d):
            share = np.where(risk, weight, 0) - np.where(dying, weight, 0) * tie / d
            mean = share @ covariates / share.sum()
            spread = (covariates * share[:, None]).T @ covariates / share.sum()
            score -= mean
            information += spread - np.outer(mean, mean)
    return score, information


def chi_square_p(table: np.ndarray) -> float:
    """Chi-square test without continuity correction."""
    return float(stats.chi2_contingency(table, correction=False).pvalue)


def clopper_pearson(count: int, n: int) -> tuple[float, float]:
    """Exact 95 % interval of a proportion."""
    interval = stats.binomtest(count, n).proportion_ci(0.95, "exact")
    return interval.low, interval.high


def welch_p(first: np.ndarray, second: np.ndarray) -> float:
    """Two-sided p of Welch's t-test."""
    return float(stats.ttest_ind(first, second, equal_var=False).pvalue)
