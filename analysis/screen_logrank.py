"""Log-rank tests of many variables from one stacked event table."""

from __future__ import annotations

import numpy as np
from scipy.special import chdtrc

from analysis.coded_variables import CodedVariables

_RANK_TOLERANCE = 1e-12  # as in the test of one variable


def logrank_by_variable(n_risk, n_event, variables: CodedVariables):
    """Log-rank test of each variable (Mantel 1966; Peto & Peto 1972).

    Parameters
    ----------
    n_risk, n_event : (L, E) arrays of int
        Counts of every level of every variable at the event times.
    variables : CodedVariables

    Returns
    -------
    statistic, df, p_value : (V,) arrays
        As `logrank`: NaN and 0 where nothing can be compared.
    """
    n_variables = len(variables.names)
    if not n_variables:
        return np.zeros(0), np.zeros(0, dtype=np.intp), np.zeros(0)
    total_risk = np.add.reduceat(n_risk, variables.first, axis=0)
    total_events = np.add.reduceat(n_event, variables.first, axis=0)
    at_risk = np.maximum(total_risk, 1)
    share = n_risk / at_risk[variables.variable]
    survivors = (at_risk - total_events) / at_risk
    # A risk set of one patient has no variance: survivors is 0 there.
    spread = total_events * survivors * at_risk / np.maximum(at_risk - 1, 1)
    expected = (share * total_events[variables.variable]).sum(axis=1)
    difference = n_event.sum(axis=1) - expected
    weighted = share * spread[variables.variable]
    noise = _RANK_TOLERANCE * np.add.reduceat(expected, variables.first)
    statistic, df = np.full(n_variables, np.nan), np.zeros(n_variables, dtype=np.intp)
    two = np.flatnonzero(variables.n_levels == 2)
    first = variables.first[two]
    # Of two levels one is enough: variance of the first is share * (1 - share) * spread.
    variance = (weighted[first] * share[first + 1]).sum(axis=1)
    usable = 2 * variance > noise[two]
    statistic[two[usable]] = difference[first[usable]] ** 2 / variance[usable]
    df[two[usable]] = 1
    more = np.flatnonzero(variables.n_levels > 2)
    if more.size:
        statistic[more], df[more] = _quadratic_forms(
            more, variables, share, weighted, difference, noise
        )
    p_value = np.where(df > 0, chdtrc(np.maximum(df, 1), np.nan_to_num(statistic)), np.nan)
    return statistic, df, p_value


def _quadratic_forms(chosen, variables, share, weighted, difference, noise):
    """Generalised inverse forms and ranks of variables with several levels, padded to one size."""
    size = int(variables.n_levels[chosen].max())
    level = np.arange(size)
    inside = level < variables.n_levels[chosen, None]
    row = np.where(inside, variables.first[chosen, None] + level, 0)
    share = share[row] * inside[..., None]
    weighted = weighted[row] * inside[..., None]
    difference = difference[row] * inside
    covariance = -(weighted @ share.transpose(0, 2, 1))
    covariance[:, level, level] += weighted.sum(axis=2)
    eigenvalues, vectors = np.linalg.eigh(covariance)
    usable = eigenvalues > noise[chosen, None]
    projection = (difference[:, None, :] @ vectors)[:, 0, :] ** 2
    forms = (projection / np.where(usable, eigenvalues, 1.0) * usable).sum(axis=1)
    df = usable.sum(axis=1)
    return np.where(df > 0, forms, np.nan), df
