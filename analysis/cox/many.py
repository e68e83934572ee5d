"""Cox regressions of the same model in many data sets at once.

One data set after the other would repeat the same few short steps; together they are one
Newton–Raphson on stacked arrays. Estimates equal those of `fit_cox` with Efron's ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from analysis.cox.counts import RiskCounts, risk_counts
from analysis.event_table import TimeAxis, event_table

_ITERATIONS = 40
_CONVERGED = 1e-10
# A log hazard ratio beyond this comes from a level without events: it has no finite estimate.
_SEPARATED = 8.0
_LARGEST_STEP = 2.0


@dataclass(frozen=True, eq=False)
class ManyFits:
    """B data sets, p covariates.

    Attributes
    ----------
    coef, se : (B, p) arrays
        Log hazard ratios and standard errors; NaN where there is no finite estimate.
    loglik : (B,) array
        Log partial likelihood at the maximum.
    null_loglik : (B,) array
        The same with all coefficients 0.
    """

    coef: np.ndarray
    se: np.ndarray
    loglik: np.ndarray
    null_loglik: np.ndarray


def fit_many(counts: list[RiskCounts], columns: np.ndarray) -> ManyFits:
    """Fit one model to many data sets.

    Parameters
    ----------
    counts : list of B RiskCounts
        Each of the same G groups; a data set without events has log-likelihood 0.
    columns : (p, G) array
        Covariates of the groups.
    """
    at_risk, seen = stacked_counts(counts)
    each = _stands_for(counts, seen)
    events = np.array([one.events for one in counts], float)
    coef = np.zeros((len(counts), len(columns)))
    loglik, score, information = _likelihood(at_risk, seen, each, events, columns, coef)
    null = loglik
    for _ in range(_ITERATIONS):
        # A coefficient that nothing identifies has no information and stays where it is.
        guard = 1e-9 * np.eye(len(columns))
        step = np.linalg.solve(information + guard, score[..., None])[..., 0]
        # Shortened as a whole: cut one by one, its parts might no longer climb.
        step /= np.maximum(np.abs(step).max(axis=1, keepdims=True) / _LARGEST_STEP, 1)
        new = coef + step
        tried = _likelihood(at_risk, seen, each, events, columns, new)
        worse = tried[0] < loglik - _CONVERGED
        while worse.any():
            step[worse] /= 2
            new = coef + step
            tried = _likelihood(at_risk, seen, each, events, columns, new)
            worse = (tried[0] < loglik - _CONVERGED) & (np.abs(step).max(axis=1) > 1e-6)
        gain = np.abs(tried[0] - loglik).max(initial=0)
        coef, (loglik, score, information) = new, tried
        if gain < _CONVERGED:
            break
    diagonal = np.diagonal(information, axis1=1, axis2=2)
    finite = (np.abs(coef) < _SEPARATED) & (diagonal > 1e-6)
    variance = np.diagonal(
        np.linalg.inv(information + 1e-12 * np.eye(len(columns))), axis1=1, axis2=2
    )
    with np.errstate(invalid="ignore"):
        se = np.where(finite, np.sqrt(variance), np.nan)
    return ManyFits(np.where(finite, coef, np.nan), se, loglik, null)


def stacked_counts(counts: list[RiskCounts]) -> tuple[np.ndarray, np.ndarray]:
    """Groups at risk at each event, (B, G, D), and which events a data set has, (B, D)."""
    most = max((one.at_risk.shape[1] for one in counts), default=0)
    groups = len(counts[0].events) if counts else 0
    at_risk = np.zeros((len(counts), groups, most))
    seen = np.zeros((len(counts), most), bool)
    for i, one in enumerate(counts):
        n_events = one.at_risk.shape[1]
        at_risk[i, :, :n_events] = one.at_risk
        seen[i, :n_events] = True
    return at_risk, seen


def _stands_for(counts: list[RiskCounts], seen) -> np.ndarray | None:
    """How many events each column stands for, (B, D); None where each is one."""
    if all(one.stands_for is None for one in counts):
        return None
    each = seen.astype(float)
    for row, one in zip(each, counts, strict=True):
        if one.stands_for is not None:
            row[: one.stands_for.size] = one.stands_for
    return each


def _likelihood(at_risk, seen, each, events, columns, coef):
    """Log partial likelihood (B,), score (B, p) and information (B, p, p)."""
    predictor = coef @ columns
    predictor -= predictor.max(axis=1, keepdims=True)
    share = at_risk * np.exp(predictor)[:, :, None]
    total = np.where(seen, share.sum(axis=1), 1.0)
    share /= total[:, None, :]
    log_total = np.log(total)
    mean = columns @ share
    counted = mean
    if each is not None:
        log_total *= each
        counted = mean * each[:, None]
        share *= each[:, None]
    loglik = (events * predictor).sum(axis=1) - log_total.sum(axis=1)
    expected = share.sum(axis=2)
    score = (events - expected) @ columns.T
    second = np.einsum("pg,qg,bg->bpq", columns, columns, expected)
    return loglik, score, second - counted @ mean.transpose(0, 2, 1)


@dataclass(frozen=True, eq=False)
class ManyInteractions:
    """Arm × subgroup in B data sets, for a subgroup of L levels.

    Attributes
    ----------
    p_value : (B,) array
        Likelihood-ratio test; NaN where there is none.
    hazard_ratio : (B, L) array
        Of the second arm against the first within each level; NaN = not estimable.
    """

    p_value: np.ndarray
    hazard_ratio: np.ndarray


def many_interactions(
    axis: TimeAxis, event, data_set, arm, level, n_sets: int, n_levels: int, rows
) -> ManyInteractions:
    """Interaction tests of one subgroup in many data sets; see `interaction_test`.

    Parameters
    ----------
    axis : TimeAxis
        Of the patients of all data sets below each other, M in all.
    event, data_set, arm, level : (M,) arrays of int
        ``arm`` 0 reference, 1 compared; -1 in ``arm`` or ``level`` where it is not known.
    rows : (M,) array of bool
        Patients in view.
    """
    used = rows & (arm >= 0) & (level >= 0)
    group = (data_set * n_levels + level) * 2 + arm
    table = event_table(axis, event, np.where(used, group, 0), n_sets * n_levels * 2, used)
    at_event = table.n_event.any(axis=0)
    n_risk = table.n_risk[:, at_event].reshape(n_sets, 2 * n_levels, -1)
    n_event = table.n_event[:, at_event].reshape(n_sets, 2 * n_levels, -1)
    size = table.n.reshape(n_sets, n_levels, 2)
    of_arm = np.tile([[0.0, 1.0]], n_levels)
    of_level = np.eye(n_levels)[1:].repeat(2, axis=1)
    main = np.concatenate([of_arm, of_level])
    counts = [risk_counts(n_risk[i], n_event[i], "efron") for i in range(n_sets)]
    without = fit_many(counts, main)
    full = fit_many(counts, np.concatenate([main, of_level * of_arm]))
    df = _tested_levels(n_risk, n_event, n_levels) - 1
    ratio = 2 * np.maximum(full.loglik - without.loglik, 0)
    p_value = np.where(df > 0, chdtrc(np.maximum(df, 1), ratio), np.nan)
    return ManyInteractions(p_value, _level_ratios(n_risk, n_event, size, n_sets, n_levels))


def _tested_levels(n_risk, n_event, n_levels: int) -> np.ndarray:
    """Levels with an event and with both arms at risk at the first event of their data set: (B,).

    Without events the likelihood of a level does not depend on its coefficients, so that it may
    stay in the fits; it takes no degree of freedom.
    """
    events = n_event.reshape(len(n_event), n_levels, 2, -1).any(axis=(2, 3))
    first = n_event.any(axis=1).argmax(axis=1)
    at_first = np.take_along_axis(n_risk, first[:, None, None], axis=2)
    both = (at_first.reshape(len(n_risk), n_levels, 2) > 0).all(axis=2)
    return (events & both).sum(axis=1)


def _level_ratios(n_risk, n_event, size, n_sets: int, n_levels: int) -> np.ndarray:
    """Hazard ratio of the arm within each level of each data set."""
    risk = n_risk.reshape(n_sets * n_levels, 2, -1)
    events = n_event.reshape(n_sets * n_levels, 2, -1)
    counts = [risk_counts(risk[i], events[i], "efron") for i in range(len(risk))]
    coef = fit_many(counts, np.array([[0.0, 1.0]])).coef[:, 0]
    # Without an event in one arm there is no finite ratio.
    possible = (events.sum(axis=2) > 0).all(axis=1)
    return np.exp(np.where(possible, coef, np.nan)).reshape(n_sets, n_levels)


def many_univariable(
    axis: TimeAxis, event, data_set, level, n_sets: int, n_levels: int, rows, reference: int = 0
) -> ManyFits:
    """Cox regression on one variable's levels in many data sets.

    Parameters
    ----------
    axis, event, data_set, level, rows
        As in `many_interactions`.
    reference : int
        The level that the others are compared with; their coefficients keep their order.
    """
    n_risk, n_event = counts_by_level(axis, event, data_set, level, n_sets, n_levels, rows)
    others = [i for i in range(n_levels) if i != reference]
    counts = [risk_counts(n_risk[i], n_event[i], "efron") for i in range(n_sets)]
    return fit_many(counts, np.eye(n_levels)[others])


def counts_by_level(
    axis: TimeAxis, event, data_set, level, n_sets: int, n_levels: int, rows
) -> tuple[np.ndarray, np.ndarray]:
    """Patients at risk and events of every level at each day with an event in any data set.

    Returns
    -------
    n_risk, n_event : (B, L, T) arrays of int
    """
    used = rows & (level >= 0)
    group = data_set * n_levels + level
    table = event_table(axis, event, np.where(used, group, 0), n_sets * n_levels, used)
    at_event = table.n_event.any(axis=0)
    shape = (n_sets, n_levels, -1)
    # An empty array leaves nothing for -1 to stand for.
    if not at_event.any():
        shape = (n_sets, n_levels, 0)
    return (
        table.n_risk[:, at_event].reshape(shape),
        table.n_event[:, at_event].reshape(shape),
    )
