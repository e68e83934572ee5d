"""Test of proportional hazards of one variable in many data sets at once.

The score test of `analysis.proportional_hazards` on stacked counts: patients of one level are
alike to it, so that the counts of an event table are all it needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from analysis.cox.counts import risk_counts
from analysis.cox.many import ManyFits, counts_by_level, stacked_counts
from analysis.event_table import TimeAxis


@dataclass(frozen=True, eq=False)
class ManyTests:
    """One test in each of B data sets; NaN where there is none.

    Attributes
    ----------
    statistic, p_value : (B,) arrays
    """

    statistic: np.ndarray
    p_value: np.ndarray


def many_hazards(
    axis: TimeAxis,
    event,
    data_set,
    level,
    n_sets: int,
    n_levels: int,
    rows,
    fits: ManyFits,
    reference: int = 0,
) -> ManyTests:
    """Test whether the hazard ratios of a variable's levels stay the same over time.

    Grambsch & Therneau 1994 with the full information, as R's `cox.zph` (survival 3 and later),
    against 1 - the Kaplan–Meier estimate; equal to `proportional_hazards` of each fit.

    Parameters
    ----------
    axis, event, data_set, level, rows, reference
        As in `many_univariable`.
    fits : ManyFits
        What `many_univariable` made of the same.

    Returns
    -------
    ManyTests
        Of all levels together. There is none without events, with all of them on one day, with
        one level at risk, or with a hazard ratio that is not estimable.
    """
    n_risk, n_event = counts_by_level(axis, event, data_set, level, n_sets, n_levels, rows)
    if not n_event.shape[2]:
        return ManyTests(*np.full((2, n_sets), np.nan))
    total = n_event.sum(axis=1)
    scale = _time_scale(n_risk.sum(axis=1), total)
    share, weight = _shares(n_risk, n_event, fits.coef, reference, scale)
    score = (n_event * scale[:, None]).sum(axis=2) - (share * weight[:, None]).sum(axis=2)
    once = _information(share, weight)
    information = np.block(
        [[_information(share, np.ones_like(weight)), once], [once, _information(share, weight**2)]]
    )
    # Whoever is at risk at all is so at the first event; one of these levels is the base.
    first = (total > 0).argmax(axis=1)
    there = np.take_along_axis(n_risk, first[:, None, None], axis=2)[:, :, 0] > 0
    there &= total.any(axis=1)[:, None]
    kept = there.copy()
    kept[np.arange(n_sets), there.argmax(axis=1)] = False
    statistic = _statistic(score, information, kept)
    df = kept.sum(axis=1)
    others = np.arange(n_levels) != reference
    estimable = ~(there[:, others] & np.isnan(fits.coef)).any(axis=1)
    tested = (df > 0) & estimable & ((total > 0).sum(axis=1) > 1) & np.isfinite(statistic)
    statistic = np.where(tested, np.maximum(statistic, 0), np.nan)
    return ManyTests(statistic, chdtrc(np.maximum(df, 1), statistic))


def _time_scale(n_risk, n_event) -> np.ndarray:
    """1 - the left-continuous Kaplan–Meier estimate at each day, centred on the events: (B, T)."""
    survival = (1 - n_event / np.maximum(n_risk, 1)).cumprod(axis=1)
    g = 1 - np.concatenate([np.ones((len(survival), 1)), survival[:, :-1]], axis=1)
    events = n_event.sum(axis=1, keepdims=True)
    g = g - (g * n_event).sum(axis=1, keepdims=True) / np.maximum(events, 1)
    largest = np.where(n_event > 0, np.abs(g), 0).max(axis=1, keepdims=True)
    return g / np.where(largest > 0, largest, 1)


def _shares(n_risk, n_event, coef, reference: int, scale) -> tuple[np.ndarray, np.ndarray]:
    """Share of each level in the hazard of each event, (B, L, D), and its time scale, (B, D)."""
    counts = [risk_counts(*one, "efron") for one in zip(n_risk, n_event, strict=True)]
    at_risk, seen = stacked_counts(counts)
    predictor = np.insert(np.nan_to_num(coef), reference, 0, axis=1)
    predictor -= predictor.max(axis=1, keepdims=True)
    share = at_risk * np.exp(predictor)[:, :, None]
    share /= np.where(seen, share.sum(axis=1), 1)[:, None]
    weight = np.zeros(seen.shape)
    weight[seen] = np.repeat(scale.ravel(), n_event.sum(axis=1).ravel())
    return share, weight


def _information(share, weight) -> np.ndarray:
    """Weighted sum over the events of the covariance of the levels' indicators: (B, L, L)."""
    weighted = share * weight[:, None]
    information = -weighted @ share.transpose(0, 2, 1)
    levels = np.arange(share.shape[1])
    information[:, levels, levels] += weighted.sum(axis=2)
    return information


def _statistic(score, information, kept) -> np.ndarray:
    """Score statistic of the time dependence of the levels kept in each data set: (B,)."""
    both = np.concatenate([kept, kept], axis=1)
    # A level that is left out has an equation of its own, with 0 as its solution.
    matrix = np.where(both[:, :, None] & both[:, None], information, np.eye(both.shape[1]))
    vector = np.concatenate([np.zeros_like(score), score], axis=1) * both
    return np.array([_quadratic(*one) for one in zip(matrix, vector, strict=True)])


def _quadratic(matrix, vector) -> float:
    try:
        return float(vector @ np.linalg.solve(matrix, vector))
    except np.linalg.LinAlgError:
        return np.nan
