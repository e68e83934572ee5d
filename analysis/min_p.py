"""Family-wise error over a whole screen of variables: Westfall–Young's step-down min-P."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np

from analysis.coded_variables import CodedVariables
from analysis.event_table import TimeAxis
from analysis.permutation import (
    DRAWS,
    MAX_EXACT,
    SEED,
    TIE,
    logrank_scores,
    permuted_scores,
)


@dataclass(frozen=True, eq=False)
class MinP:
    """Permutation p-values of V variables; NaN where a variable has nothing to compare.

    Attributes
    ----------
    names : tuple of V str
    p_value : (V,) array
        Permutation p-value of each variable alone.
    p_adjusted : (V,) array
        Adjusted for the whole family; never below `p_value`.
    n_tests : int
        Size of the family.
    exact : bool
        Whether all orders of the patients were enumerated.
    arrangements : int
        Orders enumerated, or random draws.
    method : str
        Sentence for a footnote.
    """

    names: tuple[str, ...]
    p_value: np.ndarray
    p_adjusted: np.ndarray
    n_tests: int
    exact: bool
    arrangements: int
    method: str


def min_p(
    axis: TimeAxis, event, variables: CodedVariables, *, rows=None, draws=DRAWS, seed=SEED
) -> MinP:
    """Adjust the log-rank tests of all variables for their number and their dependence.

    Every draw permutes the outcomes (time and event together, as log-rank scores) over the
    patients, and all variables see the same draw: levels and missing values stay with their
    patients, so the dependence between variables is that of the data (Westfall & Young 1993,
    algorithm 2.8). Step-down: each variable is compared with the smallest p-value among those no
    more significant than itself.

    The scores come from all patients in view. The statistic of a variable is the variation of
    its levels' mean scores around the mean of the patients who have a level; without missing
    values that is the statistic of `permutation_logrank`. Every variable is most extreme in some
    draw, so V variables and B draws allow no adjusted p-value far below V / (B + 1).

    Parameters
    ----------
    axis : TimeAxis
    event : (N,) array-like of 0 and 1
    variables : CodedVariables
        Of the same N patients.
    rows : (N,) boolean mask, optional
        The patients in view.
    draws : int
        Random permutations; with up to 7 patients all orders are enumerated instead.
    seed : int

    Raises
    ------
    ValueError
        For unusable events (see `event_table`), or if the numbers of patients differ.
    """
    n_patients = axis.code.size
    if variables.codes.shape[1] != n_patients and variables.names:
        raise ValueError(
            f"variables have {variables.codes.shape[1]} patients, the time axis {n_patients}"
        )
    rows = np.ones(n_patients, dtype=bool) if rows is None else np.asarray(rows, dtype=bool)
    scores = logrank_scores(axis, event, rows)
    membership = _membership(variables, rows)
    sizes = membership.sum(axis=0)
    levels_seen = np.bincount(variables.variable, sizes > 0, minlength=len(variables.names))
    tested = np.flatnonzero((levels_seen > 1) & (scores @ scores > 1e-12))
    exact = scores.size < 8 and factorial(scores.size) <= MAX_EXACT
    if exact:
        batches = [np.array(list(permutations(scores)))]  # the first of them is the observed order
    else:
        batches = (batch for part in ([scores[None, :]], permuted_scores(scores, draws, seed))
                   for batch in part)  # fmt: skip
    n_variables = len(variables.names)
    p_value, p_adjusted = np.full(n_variables, np.nan), np.full(n_variables, np.nan)
    arrangements = factorial(scores.size) if exact else draws
    if tested.size:
        statistic = np.concatenate(
            [_variation(batch @ membership, sizes, variables)[:, tested] for batch in batches]
        )
        p_value[tested], p_adjusted[tested] = _step_down(_at_least(statistic))
    for array in (p_value, p_adjusted):
        array.flags.writeable = False
    how = (
        f"all {arrangements:,} orders of the patients"
        if exact
        else f"{arrangements:,} random permutations, seed {seed}"
    )
    method = (
        f"Permutation log-rank tests of {tested.size} variables with {how}; adjusted for the "
        "family by Westfall and Young's step-down min-P."
    )
    return MinP(variables.names, p_value, p_adjusted, int(tested.size), exact, arrangements, method)


def _membership(variables, rows):
    """Indicator of each level: (patients in view, L)."""
    if not variables.names:
        return np.zeros((np.count_nonzero(rows), 0))
    row = np.where(variables.codes >= 0, variables.codes + variables.first[:, None], -1)[:, rows]
    membership = np.zeros((row.shape[1], variables.variable.size))
    patient = np.broadcast_to(np.arange(row.shape[1]), row.shape)
    known = row >= 0
    membership[patient[known], row[known]] = 1.0
    return membership


def _variation(sums, sizes, variables):
    """Sum of squares between levels of the mean scores, per draw and variable: (draws, V)."""
    of_variable = (variables.variable[:, None] == np.arange(len(variables.names))).astype(float)
    between = sums**2 @ (of_variable / np.maximum(sizes, 1)[:, None])
    return between - (sums @ of_variable) ** 2 / np.maximum(sizes @ of_variable, 1)


def _at_least(statistic):
    """How many draws reach each draw's statistic, per column; equal up to rounding is reaching."""
    order = np.argsort(-statistic, axis=0, kind="stable")
    ordered = np.take_along_axis(statistic, order, axis=0)
    tie = TIE * np.maximum(ordered[0], 1e-12)
    n_draws = len(ordered)
    ends = np.ones(ordered.shape, dtype=bool)
    ends[:-1] = ordered[:-1] - ordered[1:] > tie
    position = np.where(ends, np.arange(1, n_draws + 1)[:, None], n_draws)
    count = np.minimum.accumulate(position[::-1], axis=0)[::-1]
    result = np.empty_like(count)
    np.put_along_axis(result, order, count, axis=0)
    return result


def _step_down(count):
    """Raw and adjusted p-values; row 0 is the observed arrangement, and counts among the draws."""
    n_draws = len(count)
    observed = count[0]
    order = np.argsort(observed, kind="stable")[::-1]  # least significant first
    smallest = np.minimum.accumulate(count[:, order], axis=1)
    reached = (smallest <= observed[order]).sum(axis=0)
    adjusted = np.empty(observed.size)
    adjusted[order] = np.maximum.accumulate(reached[::-1])[::-1] / n_draws
    return observed / n_draws, adjusted
