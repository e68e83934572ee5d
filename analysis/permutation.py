"""Permutation log-rank test: how often does a random assignment of labels look as different?

The log-rank score of a patient is the event indicator minus the pooled Nelson–Aalen hazard up to
the patient's time. Observed minus expected events of a group is the sum of its patients' scores,
so the test is linear in the labels and thousands of permutations are one matrix product. Above
2,000 patients the limit of their distribution takes their place: the statistic is a quadratic form
with the exact conditional covariance, so that it is chi-square distributed (Strasser & Weber 1999).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
from scipy.special import chdtrc

from analysis.event_table import TimeAxis, event_table, time_axis
from analysis.joint_limit import MOST_PERMUTED
from analysis.labels import label_codes

MAX_EXACT = 20_000
DRAWS = 10_000
SEED = 1_937
"""Default of every permutation test, so that the same view always shows the same p-value."""
# Arrangements that are equal in exact arithmetic may differ by rounding.
TIE = 1e-9
_CELLS_AT_ONCE = 2_000_000
FEW_EXPECTED = 10


@dataclass(frozen=True)
class PermutationTest:
    """Result of a permutation log-rank test.

    Attributes
    ----------
    statistic : float
        Sum over groups of (observed - expected)² / n, divided by the variance of the scores: the
        quadratic form of observed - expected with its exact permutation covariance. That
        covariance is the same for every arrangement. NaN where there is nothing to compare.
    p_value : float
        hits / arrangements if exact, else (1 + hits) / (1 + draws); of the limit the tail of the
        chi-square distribution.
    exact : bool
        Whether all arrangements were enumerated.
    arrangements : int
        Arrangements enumerated, or random draws; 0 of the limit.
    hits : int
        Those whose statistic is at least the observed one.
    method : str
        Sentence for a footnote.
    limit : bool
        Whether the p-value is that of the limit for many patients.
    """

    statistic: float
    p_value: float
    exact: bool
    arrangements: int
    hits: int
    method: str
    limit: bool = False


def permutation_logrank(
    time, event, group, *, draws=DRAWS, seed=SEED, limit=None, patients=None
) -> PermutationTest:
    """Compare k groups by permuting labels over patients.

    All arrangements are enumerated if there are at most 20,000, else `draws` random permutations
    are taken, or their limit above 2,000 patients. Valid if censoring does not depend on the group.

    Parameters
    ----------
    time : (N,) array-like or TimeAxis
        Follow-up times, finite and not negative.
    event : (N,) array-like of 0 and 1
    group : (N,) array-like
        Labels; see `label_codes`.
    draws : int
        Random permutations, at least 1.
    seed : int
        The same seed gives the same p-value; `SEED` (1937) by default, and named in `method`.
    limit : bool, optional
        Whether the limit takes the place of random permutations; by the number of patients if
        not given.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one. Of counts there is the
        limit only.

    Raises
    ------
    ValueError
        If input is missing or unusable, lengths differ or `draws` is less than 1.
    """
    axis = time if isinstance(time, TimeAxis) else time_axis(time)
    codes, labels = label_codes(group, "group")
    if codes.size != axis.code.size:
        raise ValueError(f"group has {codes.size} values for {axis.code.size} patients")
    scores, each = logrank_scores(axis, event, patients=patients), patients
    n_patients = scores.size if each is None else int(each.sum())
    sizes = np.bincount(codes, each, len(labels)).astype(np.intp, copy=False)
    codes, sizes = (np.cumsum(sizes > 0) - 1)[codes], sizes[sizes > 0]
    spread = sum_of_squares(scores, each) / max(n_patients - 1, 1)
    if sizes.size < 2 or spread < 1e-12:
        sentence = "Permutation log-rank test: not possible, nothing to compare."
        return PermutationTest(np.nan, np.nan, False, 0, 0, sentence)
    sums = np.bincount(codes, scores if each is None else scores * each)
    observed = float(sums**2 @ (1 / sizes) / spread)
    if each is not None:
        events = np.bincount(codes, np.asarray(event) * each)
        return _in_the_limit(observed, sizes.size, events - sums)
    n_arrangements = _multinomial(sizes, MAX_EXACT)
    exact = n_arrangements <= MAX_EXACT
    if exact:
        # The largest group last: it takes those who are left.
        sizes = np.sort(sizes)
        batches = [_all_sums(scores, sizes)]
    elif limit if limit is not None else scores.size > MOST_PERMUTED:
        events = np.bincount(codes, np.asarray(event))
        return _in_the_limit(observed, sizes.size, events - sums)
    else:
        by_group = (codes[:, None] == np.arange(sizes.size)).astype(float)
        batches = (rows @ by_group for rows in permuted_scores(scores, draws, seed))
    enough = observed * (1 - TIE)
    hits = sum(int((sums**2 @ (1 / sizes) / spread >= enough).sum()) for sums in batches)
    if exact:
        sentence = f"Exact permutation log-rank test over all {n_arrangements:,} arrangements."
        return PermutationTest(
            observed, hits / n_arrangements, True, n_arrangements, hits, sentence
        )
    sentence = (
        f"Permutation log-rank test with {draws:,} random permutations (seed {seed}), "
        "p = (1 + hits) / (1 + draws)."
    )
    return PermutationTest(observed, (1 + hits) / (1 + draws), False, draws, hits, sentence)


def _in_the_limit(observed, n_groups, expected) -> PermutationTest:
    p_value = float(chdtrc(n_groups - 1, observed))
    sentence = f"Permutation log-rank test, {LIMIT_WORDS}{rough_words(expected, 'group')}."
    return PermutationTest(observed, p_value, False, 0, 0, sentence, limit=True)


LIMIT_WORDS = (
    f"by the limit of the permutation distribution, as for more than {MOST_PERMUTED:,} patients "
    "(conditional covariance of Strasser & Weber 1999)"
)


def rough_words(expected, what: str) -> str:
    """A clause about groups so small that the limit says little of them; empty without any."""
    few = int((expected < FEW_EXPECTED).sum())
    if not few:
        return ""
    of = f"{few} {what}{'' if few == 1 else 's'}"
    return f"; rough for {of} with fewer than {FEW_EXPECTED} expected events"


def sum_of_squares(scores, patients=None) -> float:
    """Sum of the squared scores of all patients."""
    return scores @ scores if patients is None else (scores * patients) @ scores


def logrank_scores(axis: TimeAxis, event, rows=None, patients=None) -> np.ndarray:
    """Log-rank score of each patient in view; the scores sum to 0 (Peto & Peto 1972).

    Parameters
    ----------
    axis : TimeAxis
    event : (N,) array-like of 0 and 1
    rows : (N,) boolean mask or (M,) array of int, optional
        The patients in view.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    table = event_table(axis, event, rows=rows, patients=patients)
    at_risk = np.maximum(table.n_risk[0], 1)
    hazard = (table.n_event[0] / at_risk).cumsum()
    view = slice(None) if rows is None else np.asarray(rows)
    code = axis.code[view]
    if not code.size:
        return np.zeros(0)
    return np.asarray(event)[view].astype(float) - hazard[code]


def permuted_scores(scores, draws, seed):
    """Yield random permutations of the scores as rows, in batches of limited size.

    Raises
    ------
    ValueError
        If `draws` is less than 1.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    if draws * scores.size <= _CELLS_AT_ONCE:
        yield scores[_permuted_positions(scores.size, draws, seed)]
        return
    random = np.random.default_rng(seed)
    batch = max(1, _CELLS_AT_ONCE // scores.size)
    for done in range(0, draws, batch):
        rows = np.tile(scores, (min(batch, draws - done), 1))
        yield random.permuted(rows, axis=1, out=rows)


@lru_cache(maxsize=4)
def _permuted_positions(n_patients, draws, seed):
    """Random orders of the patients as rows; the endpoints of one cohort share them."""
    rows = np.tile(np.arange(n_patients), (draws, 1))
    np.random.default_rng(seed).permuted(rows, axis=1, out=rows)
    positions = rows.astype(np.min_scalar_type(n_patients))
    positions.flags.writeable = False
    return positions


def _multinomial(sizes, limit):
    """Number of arrangements of labels; any number above `limit` once it is exceeded."""
    remaining, count = int(sizes.sum()), 1
    for size in sizes.tolist():
        if 0 < size < remaining and remaining > limit:
            return limit + 1  # without the thousands of digits of the coefficient itself
        count *= comb(remaining, size)
        if count > limit:
            return limit + 1
        remaining -= size
    return count


def _all_sums(scores, sizes):
    """Sums of scores per group, for every arrangement of labels: (arrangements, groups).

    Patients are chosen for one group after the other; the last takes those who are left.
    """
    free = np.arange(scores.size)[None, :]
    sums = np.zeros((1, 0))
    for size in sizes[:-1].tolist():
        chosen = np.array(list(combinations(range(free.shape[1]), size)), dtype=np.intp)
        of_group = scores[free[:, chosen]].sum(axis=-1).reshape(-1, 1)
        sums = np.concatenate([np.repeat(sums, len(chosen), axis=0), of_group], axis=1)
        if sums.shape[1] < sizes.size - 1:
            others = np.ones((len(chosen), free.shape[1]), dtype=bool)
            np.put_along_axis(others, chosen, values=False, axis=1)
            rest = np.nonzero(others)[1].reshape(len(chosen), -1)
            free = free[:, rest].reshape(-1, rest.shape[1])
    return np.concatenate([sums, scores.sum() - sums.sum(axis=1, keepdims=True)], axis=1)
