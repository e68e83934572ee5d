"""Gray's test: whether groups share the cumulative incidence of one cause (Gray 1988).

The reference is `cuminc` of R's cmprsk, without strata and with equal weights over time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

METHOD = (
    "Gray's test compares the cumulative incidences of one cause between the groups, as cuminc of "
    "R's cmprsk."
)


@dataclass(frozen=True, eq=False)
class GrayTest:
    """Result of Gray's test.

    Attributes
    ----------
    statistic, p_value : float
        Chi-square and its upper tail; NaN where no test is possible.
    df : int
        Groups with patients minus 1; 0 where no test is possible.
    """

    statistic: float
    df: int
    p_value: float


NO_TEST = GrayTest(np.nan, 0, np.nan)


def gray_test(time, cause, group, of: int = 1, patients=None) -> GrayTest:
    """Test whether the groups share the cumulative incidence of a cause.

    With F_k the incidence of the cause in group k, S_k its survival free of any event and n_k its
    patients at risk, all just before a day, the risk set is R_k = n_k (1 - F_k) / S_k. The score
    of a group is the sum of d_k - R_k d / R over the days: what a log-rank test would sum with
    those risk sets. Its variance is that of Gray (1988, section 3), with the corrections for ties
    that cmprsk makes.

    Parameters
    ----------
    time : (N,) array
        Days.
    cause : (N,) array of int
        0 censored, else the first event's cause.
    group : (N,) array of int
    of : int
        The cause whose incidences are compared.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    time, cause = np.asarray(time), np.asarray(cause)
    patients = np.ones(time.size, np.intp) if patients is None else patients
    labels, place = np.unique(group, return_inverse=True)
    if labels.size < 2 or not (cause == of).any():
        return NO_TEST
    days = np.unique(time[cause > 0])
    shape = (labels.size, days.size)
    # The days with an event up to the patient's own.
    reached = np.searchsorted(days, time, "right")
    left = _counts(place, reached, patients, (labels.size, days.size + 1))
    at_risk = left[:, :0:-1].cumsum(axis=1)[:, ::-1]
    code = np.searchsorted(days, time)
    own, others = (
        _counts(place[mine], code[mine], patients[mine], shape)
        for mine in (cause == of, (cause > 0) & (cause != of))
    )
    score, variance = _score(at_risk, own, others)
    score, variance = score[:-1], variance[:-1, :-1]
    if not np.isfinite(variance).all() or np.linalg.matrix_rank(variance) < score.size:
        return NO_TEST
    statistic = float(score @ np.linalg.solve(variance, score))
    return GrayTest(statistic, score.size, float(chdtrc(score.size, statistic)))


def _counts(place, code, patients, shape) -> np.ndarray:
    cell = place * shape[1] + code
    counts = np.bincount(cell, patients, shape[0] * shape[1]).reshape(shape)
    return counts.astype(np.intp)


def _score(n, own, others) -> tuple[np.ndarray, np.ndarray]:
    """Scores of the groups and their covariance.

    Parameters
    ----------
    n, own, others : (G, T) arrays of int
        At risk, events of the cause and of the others on each day with an event.

    Returns
    -------
    (G,) array, (G, G) array
    """
    some = n > 0
    share = np.divide(own + others, n, out=np.zeros(n.shape), where=some)
    free = np.cumprod(1 - share, axis=1)
    before = np.concatenate([np.ones((n.shape[0], 1)), free[:, :-1]], axis=1)
    steps = np.divide(before * own, n, out=np.zeros(n.shape), where=some)
    incidence = np.cumsum(steps, axis=1) - steps
    # Patients at risk if nobody had left for another cause or by censoring: h of the paper.
    whole = np.divide(n, before, out=np.zeros(n.shape), where=some)
    total, events = whole.sum(axis=0), own.sum(axis=0)
    risk = whole * (1 - incidence)
    score = (own - risk * (events / risk.sum(axis=0))).sum(axis=1)
    pooled_step = events / total
    pooled = np.cumsum(pooled_step)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = pooled_step / (1 - (pooled - pooled_step))
    # How the score of group i moves with the incidence of group k on each day: (T, G, G).
    moves = np.einsum("it,kt->tik", -whole, whole / total)
    each = np.arange(n.shape[0])
    moves[:, each, each] += whole.T
    summed = np.cumsum(moves * hazard[:, None, None], axis=0)
    left = summed[-1] - summed
    alive = free > 1e-12
    ratio = np.divide(1 - pooled, free, out=np.zeros(n.shape), where=alive)
    of_own = np.where(alive, 1 - ratio, 1.0)
    spread = moves + of_own.T[:, None, :] * left
    with np.errstate(divide="ignore", invalid="ignore"):
        tied = np.where(events > 1, 1 - (events - 1) / (total * before - 1), 1.0)
        weight = np.where(some & (events > 0), tied * before * pooled_step / n, 0.0)
        tied = np.where(others > 1, 1 - (others - 1) / (n - 1), 1.0)
        square = np.where(alive & (others > 0), tied * before**2 * others / n**2, 0.0)
    variance = np.einsum("kt,tik,tjk->ij", weight, spread, spread, optimize=True)
    spread = ratio.T[:, None, :] * left
    variance += np.einsum("kt,tik,tjk->ij", square, spread, spread, optimize=True)
    return score, variance
