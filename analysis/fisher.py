"""Fisher's exact test for tables of any size, equal to R's `fisher.test`.

The probability of a table with given margins depends on its columns one by one. Tables are built
column by column; partial tables that leave the same margins and have the same probability so far
are merged (the network of Mehta & Patel 1983), so that most tables are never written down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from analysis.contingency import as_counts, occupied
from analysis.fisher_two_rows import two_rows

MAX_PARTIAL_TABLES = 4_000_000
DRAWS = 10_000
SEED = 1_937
_RELATIVE_TIE = 1e-7  # R's tolerance for tables that are as probable as the observed one


@dataclass(frozen=True)
class ExactTest:
    """Result of Fisher's test.

    Attributes
    ----------
    p_value : float
        Two-sided; NaN where nothing can be compared.
    p_less, p_greater : float
        One-sided p-values for the upper left count of a 2 × 2 table, else NaN.
    exact : bool
        False if the p-value comes from random tables.
    method : str
        Sentence for a footnote.
    """

    p_value: float
    p_less: float
    p_greater: float
    exact: bool
    method: str


def fisher_exact(table, *, max_partial=MAX_PARTIAL_TABLES, draws=DRAWS, seed=SEED) -> ExactTest:
    """Test independence given both margins (Fisher 1935; Freeman & Halton 1951).

    The two-sided p-value is the probability of all tables that are at most as probable as the
    observed one. A table that would need more than `max_partial` partial tables at one column (of
    two rows: in one half of its columns) is tested with random tables with the same margins
    instead, and `method` says so.

    Parameters
    ----------
    table : (r, c) array-like of counts
        Empty rows and columns are dropped.
    max_partial, draws, seed : int
        Limit of the enumeration; number and seed of the random tables beyond it.

    Raises
    ------
    ValueError
        If the table is not two-dimensional or holds something other than counts.
    """
    full = as_counts(table, 2)
    counts = occupied(full)
    if min(counts.shape, default=0) < 2:
        sentence = "Fisher's exact test: not possible, fewer than two rows or columns."
        return ExactTest(np.nan, np.nan, np.nan, True, sentence)
    p_less, p_greater = _one_sided(counts) if full.shape == (2, 2) else (np.nan, np.nan)
    if counts.shape[0] > counts.shape[1]:
        counts = counts.T
    observed = -gammaln(counts + 1).sum() + _RELATIVE_TIE
    margin, totals = counts.sum(axis=1), np.sort(counts.sum(axis=0))[::-1]
    if len(margin) == 2 and len(totals) > 2:
        p_value = two_rows(int(margin[0]), totals, observed, max_partial)
    else:
        p_value = _enumerated(margin, totals, observed, max_partial)
    if p_value is None:
        p_value = _random_tables(margin, totals, observed, draws, seed)
        sentence = (
            f"Fisher's test with {draws:,} random tables (seed {seed}), because the table is too "
            "large to enumerate; p = (1 + hits) / (1 + draws)."
        )
        return ExactTest(p_value, p_less, p_greater, False, sentence)
    return ExactTest(p_value, p_less, p_greater, True, "Fisher's exact test, two-sided.")


def _enumerated(margin, totals, observed, max_partial):
    """Two-sided p-value from all tables with these margins; None if there are too many.

    The last two columns are not appended to every partial table: their completions are listed
    once per set of margins left, sorted by weight, and looked up.
    """
    left, weight, multiplicity = margin[None, :], np.zeros(1), np.ones(1)
    for total in totals[:-2]:
        column = _compositions(int(total), margin, max_partial)
        if column is None or len(column) * len(left) > max_partial:
            return None
        remaining = left[:, None, :] - column[None, :, :]
        possible = (remaining >= 0).all(axis=2)
        of_left, of_column = np.nonzero(possible)
        weight = weight[of_left] - gammaln(column + 1).sum(axis=1)[of_column]
        left, weight, multiplicity = _merge(
            remaining[possible], weight, multiplicity[of_left], margin
        )
    column = _compositions(int(totals[-2]), margin, max_partial)
    first = np.flatnonzero(np.append(True, (np.diff(left, axis=0) != 0).any(axis=1)))
    if column is None or len(column) * first.size > max_partial:
        return None
    of_margin, ending = _completions(left[first], column)
    start = np.searchsorted(of_margin, np.arange(first.size + 1))
    probability, chance = (
        np.exp(ending - ending.max()),
        multiplicity * np.exp(weight - weight.max()),
    )
    reached = everything = 0.0
    for here, (begin, end) in enumerate(zip(first, np.append(first[1:], len(left)), strict=True)):
        within = slice(start[here], start[here + 1])
        cumulative = np.concatenate([[0.0], probability[within].cumsum()])
        as_rare = np.searchsorted(ending[within], observed - weight[begin:end], side="right")
        reached += chance[begin:end] @ cumulative[as_rare]
        everything += chance[begin:end].sum() * cumulative[-1]
    return min(float(reached / everything), 1.0)


def _completions(left, column):
    """Log weights of the last two columns for each set of margins left, sorted within each."""
    remaining = left[:, None, :] - column[None, :, :]
    possible = (remaining >= 0).all(axis=2)
    of_margin, of_column = np.nonzero(possible)
    weight = -gammaln(column + 1).sum(axis=1)[of_column]
    weight -= gammaln(remaining[possible] + 1).sum(axis=1)
    order = np.lexsort((weight, of_margin))
    return of_margin[order], weight[order]


def _compositions(total, margin, max_partial):
    """All ways to fill a column of this total within the row margins: (ways, r)."""
    filled, left = np.zeros((1, 0), dtype=np.int64), np.array([total])
    capacity = margin[::-1].cumsum()[::-1]
    for row, limit in enumerate(margin[:-1]):
        values = np.arange(min(int(limit), total) + 1)
        if values.size * len(filled) > max_partial:
            return None
        after = left[:, None] - values
        of_filled, chosen = np.nonzero((after >= 0) & (after <= capacity[row + 1]))
        filled = np.concatenate([filled[of_filled], values[chosen, None]], axis=1)
        left = after[of_filled, chosen]
    return np.concatenate([filled, left[:, None]], axis=1)


def _merge(left, weight, multiplicity, margin):
    """Join partial tables that leave the same margins and are equally probable."""
    key = np.zeros(len(left), dtype=np.int64)
    for column, size in zip(left.T[:-1], margin, strict=False):
        key = key * (int(size) + 1) + column
    order = np.lexsort((weight, key))
    left, weight, key = left[order], weight[order], key[order]
    new = np.ones(len(key), dtype=bool)
    new[1:] = (np.diff(key) != 0) | (np.diff(weight) > 1e-10)
    start = np.flatnonzero(new)
    return left[start], weight[start], np.add.reduceat(multiplicity[order], start)


def _one_sided(counts):
    """Lower and upper tail of the hypergeometric distribution of the upper left count."""
    support, log_probability = hypergeometric_support(counts)
    probability = np.exp(log_probability - log_probability.max())
    probability /= probability.sum()
    at = int(counts[0, 0] - support[0])
    return min(float(probability[: at + 1].sum()), 1.0), min(float(probability[at:].sum()), 1.0)


def hypergeometric_support(counts):
    """Possible upper left counts of a 2 × 2 table with these margins, and their log weights."""
    first_row, first_column, total = counts[0].sum(), counts[:, 0].sum(), counts.sum()
    a = np.arange(max(0, first_row + first_column - total), min(first_row, first_column) + 1)
    cells = np.stack([a, first_row - a, first_column - a, total - first_row - first_column + a])
    return a, -gammaln(cells + 1).sum(axis=0)


def _random_tables(margin, totals, observed, draws, seed):
    """Monte-Carlo p-value: tables with both margins fixed, column by column hypergeometric."""
    random = np.random.default_rng(seed)
    left = np.tile(margin, (draws, 1))
    weight = np.zeros(draws)
    for total in totals[:-1]:
        column = _hypergeometric_rows(random, left, int(total))
        left = left - column
        weight -= gammaln(column + 1).sum(axis=1)
    weight -= gammaln(left + 1).sum(axis=1)
    return (1 + int((weight <= observed).sum())) / (1 + draws)


def _hypergeometric_rows(random, left, total):
    """Draw `total` patients without replacement from each draw's remaining rows."""
    column = np.zeros_like(left)
    needed = np.full(len(left), total)
    others = left.sum(axis=1)
    for row in range(left.shape[1]):
        others = others - left[:, row]
        column[:, row] = random.hypergeometric(left[:, row], others, needed)
        needed = needed - column[:, row]
    return column
