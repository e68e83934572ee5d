"""Concordance of a risk score with survival: Harrell's C as in R's `survival::concordance`."""

from __future__ import annotations

import numpy as np

from analysis.cox.likelihood import RiskSets

_SCORE_TOLERANCE = 1e-10


def concordance(sets: RiskSets, score) -> tuple[float, float]:
    """Harrell's C of a risk score and its standard error.

    A pair counts if one patient had the event while the other was still at risk afterwards; a
    censoring at the time of the event comes after it, two events at one time are no pair. Equal
    scores count one half. With strata only pairs within a stratum count. The standard error is
    R's infinitesimal jackknife (Therneau & Atkinson, *Concordance*, vignette of survival).

    Parameters
    ----------
    sets : RiskSets
        M patients in the order of the risk sets.
    score : (M,) array
        Of each row. Higher = shorter survival expected. Scores that differ by rounding only are
        equal.

    Returns
    -------
    (float, float)
        NaN where there is no pair.
    """
    rank = _ranks(score)
    one_each = sets.weight is None
    weight = np.ones(rank.size, np.intp) if one_each else sets.weight
    agree, pairs = np.zeros(rank.size), np.zeros(rank.size)
    for cells, *_ in sets.strata:
        last = sets.start[cells.stop] if cells.stop < sets.start.size else rank.size
        part = slice(sets.start[cells.start], last)
        agree[part], pairs[part] = _agreement(
            rank[part], sets.cell[part] - cells.start, sets.event[part] > 0, weight[part], one_each
        )
    n_pairs = (weight * pairs).sum() / 2
    if n_pairs == 0:
        return np.nan, np.nan
    value = (weight * agree).sum() / 2 / n_pairs
    spread = (weight * (agree - value * pairs) ** 2).sum()
    return float(value), float(np.sqrt(spread) / n_pairs)


def _agreement(rank, cell, is_event, weight, one_each: bool):
    """Concordant pairs (ties one half) and all pairs in which a patient of each row is.

    Rows are those of a stratum; each stands for so many patients, or for one.
    """
    agree, pairs = np.zeros(rank.size), np.zeros(rank.size)
    events = np.flatnonzero(is_event)
    n_cells = int(cell[-1]) + 1
    n_rows, n_deaths = np.bincount(cell, minlength=n_cells), np.bincount(cell[events])
    # The first row of patients who outlive an event of this cell.
    after = (np.cumsum(n_rows) - n_rows + n_deaths)[cell]
    so_far = _from_none(weight)
    heavy = None if one_each else weight
    agree[events] = _mean_below(rank, heavy, after[events], rank[events])
    pairs[events] = so_far[-1] - so_far[after[events]]
    # Seen from the patient who outlives: the events before, counted in the reversed order.
    before = np.cumsum(n_deaths)[cell] - np.where(is_event, n_deaths[cell], 0)
    died = weight[events]
    heavy = None if one_each else died[::-1]
    agree += _mean_below(-rank[events][::-1], heavy, events.size - before, -rank)
    pairs += _from_none(died)[before]
    return agree, pairs


def _mean_below(values, weight, begin, threshold):
    """The weight of those of ``values[begin:]`` below each threshold, of equal ones one half.

    Each weighs 1 where there is no ``weight``.

    Values are parted by one binary digit after the other, the highest first, in a stable order.
    Where the two ends of a suffix then lie says how many of it have the smaller digit; whoever has
    the larger one is followed further (a wavelet matrix: Claude & Navarro, SPIRE 2012). Every digit
    takes one pass over all values and thresholds.
    """
    low = min(values.min(initial=0), threshold.min(initial=0))
    values, threshold = values - low, threshold - low
    most = int(max(values.max(initial=0), threshold.max(initial=0)))
    begin = np.minimum(begin, values.size)
    end = np.full(begin.size, values.size)
    weight = None if weight is None else weight.astype(float)
    count = np.zeros(begin.size)
    for bit in reversed(range(most.bit_length())):
        small = (values >> bit) & 1 == 0
        so_far = _from_none(small)
        heavy = so_far if weight is None else _from_none(weight * small)
        n_small = so_far[-1]
        from_begin, from_end = so_far[begin], so_far[end]
        large = (threshold >> bit) & 1 == 1
        count += np.where(large, heavy[end] - heavy[begin], 0)
        begin = np.where(large, n_small + begin - from_begin, from_begin)
        end = np.where(large, n_small + end - from_end, from_end)
        values = np.concatenate([values[small], values[~small]])
        if weight is not None:
            weight = np.concatenate([weight[small], weight[~small]])
    # Those that are left are equal.
    if weight is None:
        return count + (end - begin) / 2
    heavy = _from_none(weight)
    return count + (heavy[end] - heavy[begin]) / 2


def _from_none(values):
    """Cumulative sums, that of none first."""
    return np.concatenate([[0], np.cumsum(values)])


def _ranks(score):
    """Ranks in which nearly equal scores share one: equal patients must tie."""
    order = np.argsort(score, kind="stable")
    ordered = score[order]
    tolerance = _SCORE_TOLERANCE * max(1.0, float(np.abs(score).max(initial=0)))
    rank = np.empty(score.size, dtype=np.int64)
    rank[order] = np.concatenate([[0], np.cumsum(np.diff(ordered) > tolerance)])[: score.size]
    return rank
