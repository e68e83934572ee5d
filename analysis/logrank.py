"""Log-rank tests of k groups: plain, stratified and with Fleming–Harrington weights.

The reference is R's `survdiff`. The test needs nothing but an event table per stratum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from analysis.event_table import EventTable, event_table, time_axis
from analysis.labels import label_codes

_RANK_TOLERANCE = 1e-12


@dataclass(frozen=True, eq=False)
class LogRank:
    """Result of a log-rank test.

    Attributes
    ----------
    statistic, p_value : float
        Chi-square and its upper tail; NaN where no test is possible.
    df : int
        Degrees of freedom: groups with expected > 0 minus 1 (0 = no test is possible). Where
        groups never share a risk set the comparison has fewer independent parts; the degrees of
        freedom are then the rank of the variance and `method` says so.
    observed, expected : (G,) arrays
        Events per group, summed over strata; weighted if rho is not 0.
    variance : (G, G) array
        Hypergeometric covariance of observed - expected.
    groups : tuple
        Labels in the order of the arrays.
    n : (G,) array of int
        Patients per group.
    method : str
        Sentence for a footnote.
    """

    statistic: float
    df: int
    p_value: float
    observed: np.ndarray
    expected: np.ndarray
    variance: np.ndarray
    groups: tuple
    n: np.ndarray
    method: str


def logrank(time, event, group, *, strata=None, rho=0.0) -> LogRank:
    """Test whether the groups share one survival curve.

    Parameters
    ----------
    time : (N,) array-like
        Follow-up times, finite and not negative.
    event : (N,) array-like of 0 and 1
        1 where the event was observed, 0 where follow-up ended without it.
    group : (N,) array-like
        Labels or codes. Groups are sorted; a pandas categorical keeps the order of its levels. A
        level such as "Missing" is a group like any other, but NaN or None is refused.
    strata : (N,) array-like, optional
        Labels of the strata within which the groups are compared.
    rho : float
        Fleming–Harrington weight S(t-)**rho; 0 is the log-rank test, 1 the Peto & Peto
        modification of the Gehan–Wilcoxon test.

    Raises
    ------
    ValueError
        If a group or stratum is missing, or times or events are unusable (see `event_table`).
    """
    axis = time_axis(time)
    codes, labels = label_codes(group, "group")
    if strata is None:
        table = event_table(axis, event, codes, len(labels))
        return logrank_from_table(table, rho=rho, groups=labels)
    stratum, levels = label_codes(strata, "strata")
    if stratum.size != axis.code.size:
        raise ValueError(f"strata has {stratum.size} values for {axis.code.size} patients")
    tables = [
        event_table(axis, event, codes, len(labels), rows=stratum == level)
        for level in range(max(len(levels), 1))  # an empty cohort has no stratum, but an answer
    ]
    return logrank_stratified(tables, rho=rho, groups=labels)


def logrank_from_table(
    table: EventTable, *, rho: float = 0.0, groups: Sequence | None = None
) -> LogRank:
    """Log-rank test of the groups of one event table.

    Parameters
    ----------
    table : EventTable
        One row per group.
    rho : float
        Fleming–Harrington weight, see `logrank`.
    groups : sequence of G labels, optional
        By default the codes 0 to G - 1.
    """
    parts = _observed_expected_variance(table, rho)
    return _test(parts, table.n, groups, _test_name(rho))


def logrank_stratified(
    tables: Sequence[EventTable], rho: float = 0.0, *, groups: Sequence | None = None
) -> LogRank:
    """Log-rank test stratified by the event tables, which have the same groups.

    Observed, expected and variance add up over strata. As in R's `survdiff`, the weights of rho
    come from each stratum's own pooled Kaplan–Meier curve.

    Raises
    ------
    ValueError
        If there is no table, or the tables differ in their number of groups.
    """
    if len({table.n.size for table in tables}) != 1:
        raise ValueError("a stratified test needs at least one table, all with the same groups")
    parts = [_observed_expected_variance(table, rho) for table in tables]
    sums = tuple(sum(part) for part in zip(*parts, strict=True))
    n_strata = sum(bool(table.n.any()) for table in tables)
    name = f"{_test_name(rho)}, stratified ({n_strata} strata)"
    return _test(sums, sum(table.n for table in tables), groups, name)


def _observed_expected_variance(table, rho):
    """Sum observed, expected and covariance over event times (Mantel 1966; Peto & Peto 1972)."""
    total_events = table.n_event.sum(axis=0)
    at_event = np.flatnonzero(total_events)
    events = total_events[at_event].astype(float)
    at_risk = table.n_risk[:, at_event]
    total_at_risk = at_risk.sum(axis=0)
    survivors = (total_at_risk - events) / total_at_risk
    # Left-continuous: the weight at t is the pooled survival just before t.
    weight = np.concatenate([[1.0], survivors.cumprod()[:-1]])[: events.size] ** rho
    share = at_risk / total_at_risk
    # A risk set of one patient has no variance: events = 1 makes survivors 0 there.
    spread = weight**2 * events * survivors * total_at_risk / np.maximum(total_at_risk - 1, 1)
    variance = np.diag(share @ spread) - (share * spread) @ share.T
    return table.n_event[:, at_event] @ weight, share @ (weight * events), variance


def _test(parts, n, groups, name) -> LogRank:
    """Refer the quadratic form of observed - expected to the chi-square distribution."""
    observed, expected, variance = parts
    groups = tuple(range(n.size)) if groups is None else tuple(groups)
    tested = expected > 0
    full_df = max(int(tested.sum()) - 1, 0)
    noise = _RANK_TOLERANCE * expected.sum()
    statistic, df = _quadratic_form(
        (observed - expected)[tested], variance[tested][:, tested], noise
    )
    if df == 0:
        statistic, p_value = np.nan, np.nan
        sentence = f"{name}: not possible, because no event tells the groups apart."
    else:
        p_value = float(chdtrc(df, statistic))
        reduced = (
            f" instead of {full_df}, because some groups were never at risk together"
            if df < full_df
            else ""
        )
        freedom = "1 degree" if df == 1 else f"{df} degrees"
        sentence = f"{name}, chi-square with {freedom} of freedom{reduced}."
    for array in (observed, expected, variance):
        array.flags.writeable = False
    return LogRank(statistic, df, p_value, observed, expected, variance, groups, n, sentence)


def _quadratic_form(difference, variance, noise):
    """Generalised inverse form and its rank; eigenvalues up to `noise` are rounding error.

    The covariance of k groups has rank k - 1, since the differences sum to 0; R leaves one group
    out, which is the same form. Where groups never share a risk set the rank is lower still and
    R's `solve` fails; the generalised inverse then tests what can be compared.
    """
    if difference.size < 2:
        return np.nan, 0
    eigenvalues, vectors = np.linalg.eigh(variance)
    usable = eigenvalues > noise
    if not usable.any():
        return np.nan, 0
    projection = difference @ vectors[:, usable]
    return float((projection**2 / eigenvalues[usable]).sum()), int(usable.sum())


def _test_name(rho):
    return "Log-rank test" if rho == 0 else f"Fleming–Harrington test (rho = {rho:g})"
