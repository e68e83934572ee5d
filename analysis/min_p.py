"""Family-wise error over a whole screen of variables: Westfall–Young's step-down min-P."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, permutations
from math import factorial

import numpy as np
from scipy.special import chdtrc

from analysis.coded_variables import CodedVariables
from analysis.event_table import EventTable, TimeAxis
from analysis.joint_limit import DRAWS as JOINT_DRAWS
from analysis.joint_limit import MOST_PERMUTED, Joint, joint_limit, step_down
from analysis.permutation import (
    DRAWS,
    LIMIT_WORDS,
    MAX_EXACT,
    SEED,
    TIE,
    logrank_scores,
    permuted_scores,
    rough_words,
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
        Orders enumerated, or random draws; of the limit the draws of the joint distribution.
    method : str
        Sentence for a footnote.
    limit : bool
        Whether the p-values are those of the limit for many patients.
    """

    names: tuple[str, ...]
    p_value: np.ndarray
    p_adjusted: np.ndarray
    n_tests: int
    exact: bool
    arrangements: int
    method: str
    limit: bool = False


def min_p(
    axis: TimeAxis,
    event,
    variables: CodedVariables,
    *,
    rows=None,
    draws=DRAWS,
    seed=SEED,
    limit=None,
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
    draw, so V variables and B draws allow no adjusted p-value far below V / (B + 1). Above 2,000
    patients the limit of that distribution takes the place of draws: each statistic is chi-square
    distributed, and the family jointly normal (see `analysis.joint_limit`).

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
        The same seed gives the same p-values; that of `permutation_logrank` by default.
    limit : bool, optional
        Whether the limit is taken; by the number of patients if not given.

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
    if limit if limit is not None else scores.size > MOST_PERMUTED:
        return _of_patients(variables, rows, scores, np.asarray(event)[rows], seed)
    members, weights, varies = _squares(variables, rows)
    tested = np.flatnonzero(varies & (scores @ scores > 1e-12))
    exact = scores.size < 8 and factorial(scores.size) <= MAX_EXACT
    arrangements = factorial(scores.size) if exact else draws
    p_value, p_adjusted = np.full((2, len(variables.names)), np.nan)
    if tested.size:
        if exact:
            batches = [np.array(list(permutations(scores)))]  # the observed order comes first
        else:
            batches = chain([scores[None, :]], permuted_scores(scores, draws, seed))
        statistic = np.concatenate(
            [weights[tested] @ (members @ batch.T) ** 2 for batch in batches], axis=1
        )
        p_value[tested], p_adjusted[tested] = _step_down(statistic)
    for array in (p_value, p_adjusted):
        array.flags.writeable = False
    how = (
        f"all {arrangements:,} orders of the patients"
        if exact
        else f"{arrangements:,} random permutations, seed {seed}"
    )
    method = f"{_what(tested.size)} with {how}; {_ADJUSTED}."
    return MinP(variables.names, p_value, p_adjusted, int(tested.size), exact, arrangements, method)


_ADJUSTED = "adjusted for the family by Westfall and Young's step-down min-P"


def _what(n_tested: int) -> str:
    what = "test of 1 variable" if n_tested == 1 else f"tests of {n_tested} variables"
    return f"Permutation log-rank {what}"


def _of_patients(variables, rows, scores, event, seed) -> MinP:
    """The same by the limit; its cost after one pass does not depend on the patients."""
    columns = [
        (codes[rows], int(n_levels))
        for codes, n_levels in zip(variables.codes, variables.n_levels, strict=True)
    ]
    of_levels = []
    for codes, n_levels in columns:
        # The first place collects the missing.
        level = codes.astype(np.intp) + 1
        of_levels.append(
            [np.bincount(level, weight, n_levels + 1)[1:] for weight in (None, scores, event)]
        )
    joint = joint_limit(columns)
    return _in_the_limit(variables.names, joint, of_levels, scores @ scores, scores.size, seed)


def min_p_of_counts(names, everybody: EventTable, counts, joint: Joint, *, seed=SEED) -> MinP:
    """The limit from counts.

    Parameters
    ----------
    names : tuple of V str
    everybody : EventTable
        All patients in view, as one group.
    counts : sequence of V (L, 2, T) arrays of int
        Patients by level, event and time of the table; those without a level are in none.
    joint : Joint
        Of the same variables and patients.
    """
    hazard = (everybody.n_event[0] / np.maximum(everybody.n_risk[0], 1)).cumsum()
    score = np.stack([-hazard, 1 - hazard])
    squares = everybody.n_censor[0] @ score[0] ** 2 + everybody.n_event[0] @ score[1] ** 2
    of_levels = [
        (one.sum(axis=(1, 2)), (one * score).sum(axis=(1, 2)), one[:, 1].sum(axis=1))
        for one in counts
    ]
    return _in_the_limit(names, joint, of_levels, squares, int(everybody.n[0]), seed)


def _in_the_limit(names, joint: Joint, of_levels, squares, n_patients, seed) -> MinP:
    """The limit from the patients, the sum of scores and the events of each level."""
    spread = squares / max(n_patients - 1, 1)
    tested = np.flatnonzero((joint.df > 0) & (squares > 1e-12))
    statistic, expected = np.zeros(tested.size), [np.zeros(0)]
    for place, of_level in enumerate(of_levels[variable] for variable in tested):
        n, sums, events = (one[of_level[0] > 0] for one in of_level)
        statistic[place] = (sums**2 / n).sum() - sums.sum() ** 2 / n.sum()
        expected.append(events - sums)
    p_value, p_adjusted = np.full((2, len(names)), np.nan)
    error = 0.0
    if tested.size:
        p_value[tested] = chdtrc(joint.df[tested], np.maximum(statistic, 0) / spread)
        p_adjusted[tested], error = step_down(p_value[tested], joint.of(tested), seed=seed)
    for array in (p_value, p_adjusted):
        array.flags.writeable = False
    rough = rough_words(np.concatenate(expected), "level")
    method = (
        f"{_what(tested.size)} {LIMIT_WORDS}{rough}; {_ADJUSTED} from the joint normal "
        f"distribution ({JOINT_DRAWS:,} draws for each step, seed {seed}, relative standard error "
        f"at most {100 * error:.1f} %)."
    )
    n_tests = int(tested.size)
    return MinP(names, p_value, p_adjusted, n_tests, False, JOINT_DRAWS, method, True)


def _squares(variables, rows):
    """Which scores to add up, and how their squares make the statistics.

    Returns
    -------
    members : (R, patients in view) array of 0 and 1
        Each row adds up one level; for variables with missing values also all who have a level.
    weights : (V, R) array
        The statistic is this matrix times the squared sums.
    varies : (V,) array of bool
        Whether the patients in view have more than one level.
    """
    if not variables.names:
        return np.zeros((0, np.count_nonzero(rows))), np.zeros((0, 0)), np.zeros(0, dtype=bool)
    codes = variables.codes[:, rows]
    of_variable = np.arange(len(codes))[:, None] == variables.variable
    level = codes[variables.variable] == variables.level[:, None]
    weights = of_variable / np.maximum(level.sum(axis=1), 1)
    known = codes >= 0
    complete = known.all(axis=1)
    # All scores add up to 0: of two levels without missing values one square tells both.
    twin = variables.first[complete & (variables.n_levels == 2)] + 1
    weights[:, twin - 1] += weights[:, twin]
    total = np.diag(-1 / np.maximum(known.sum(axis=1), 1))[:, ~complete]
    members = np.concatenate([np.delete(level, twin, axis=0), known[~complete]])
    weights = np.concatenate([np.delete(weights, twin, axis=1), total], axis=1)
    return members.astype(float), weights, of_variable @ level.any(axis=1).astype(int) > 1


def _step_down(statistic):
    """Raw and adjusted p-values; column 0 is the observed arrangement and counts as a draw.

    A draw is as significant in some variable as an observed p-value if its statistic reaches the
    smallest one with that p-value or less. Sorted statistics give these thresholds, so that no
    draw needs a rank of its own.
    """
    n_variables, n_draws = statistic.shape
    ordered = np.sort(statistic, axis=1)[:, ::-1]
    reaching = [_draws_reaching(values) for values in ordered]
    above = (statistic > statistic[:, :1]).sum(axis=1)
    count = np.array(
        [counts[counts.searchsorted(n, "right")] for counts, n in zip(reaching, above, strict=True)]
    )
    order = count.argsort(kind="stable")[::-1]  # least significant first
    statistic = statistic[order]
    adjusted = np.empty(n_variables)
    for position, variable in enumerate(order):
        threshold = np.full((position + 1, 1), np.inf)
        for row, other in enumerate(order[: position + 1]):
            within = reaching[other].searchsorted(count[variable], "right")
            if within:
                threshold[row] = ordered[other, reaching[other][within - 1] - 1]
        adjusted[variable] = (statistic[: position + 1] >= threshold).any(axis=0).sum()
    adjusted[order] = np.maximum.accumulate(adjusted[order][::-1])[::-1]
    return count / n_draws, adjusted / n_draws


def _draws_reaching(ordered):
    """For each distinct statistic how many draws reach it; equal up to rounding is one."""
    tie = TIE * max(ordered[0], 1e-12)
    return np.append((ordered[:-1] - ordered[1:] > tie).nonzero()[0] + 1, ordered.size)
