"""Concordance of a risk score with survival: Harrell's C as in R's `survival::concordance`."""

from __future__ import annotations

import numpy as np

from analysis.cox.likelihood import RiskSets, one_by_one

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
    if sets.weight is not None:
        rank, sets = rank.repeat(sets.weight), one_by_one(sets)
    agree, pairs = np.zeros(rank.size), np.zeros(rank.size)
    for cells, *_ in sets.strata:
        last = sets.start[cells.stop] if cells.stop < sets.start.size else rank.size
        part = slice(sets.start[cells.start], last)
        n_first = sets.n_event[cells]
        starts = sets.start[cells] - part.start
        agree[part], pairs[part] = _agreement(
            rank[part], sets.cell[part] - cells.start, starts, n_first
        )
    n_pairs = pairs.sum() / 2
    if n_pairs == 0:
        return np.nan, np.nan
    value = agree.sum() / 2 / n_pairs
    return float(value), float(np.sqrt(((agree - value * pairs) ** 2).sum()) / n_pairs)


def _agreement(rank, cell, starts, n_event):
    """Concordant pairs (ties one half) and all pairs in which each patient of a stratum is."""
    size = rank.size
    after = (starts + n_event)[cell]  # the first patient who outlives an event of this cell
    is_event = np.arange(size) < after
    events, agree = np.flatnonzero(is_event), np.zeros(size)
    pairs = np.zeros(size)
    agree[events] = _mean_below(rank, after[events], rank[events])
    pairs[events] = size - after[events]
    # Seen from the patient who outlives: the events before, counted in the reversed order.
    n_before = np.cumsum(n_event)[cell] - np.where(is_event, n_event[cell], 0)
    reversed_rank = -rank[events][::-1]
    agree += _mean_below(reversed_rank, events.size - n_before, -rank)
    pairs += n_before
    return agree, pairs


def _mean_below(values, begin, threshold):
    """How many of ``values[begin:]`` lie below each threshold, equal ones counting one half.

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
    count = np.zeros(begin.size)
    for bit in reversed(range(most.bit_length())):
        small = (values >> bit) & 1 == 0
        so_far = np.concatenate([[0], np.cumsum(small)])
        n_small = so_far[-1]
        from_begin, from_end = so_far[begin], so_far[end]
        large = (threshold >> bit) & 1 == 1
        count += np.where(large, from_end - from_begin, 0)
        begin = np.where(large, n_small + begin - from_begin, from_begin)
        end = np.where(large, n_small + end - from_end, from_end)
        values = np.concatenate([values[small], values[~small]])
    # Those that are left are equal.
    return count + (end - begin) / 2


def _ranks(score):
    """Ranks in which nearly equal scores share one: equal patients must tie."""
    order = np.argsort(score, kind="stable")
    ordered = score[order]
    tolerance = _SCORE_TOLERANCE * max(1.0, float(np.abs(score).max(initial=0)))
    rank = np.empty(score.size, dtype=np.int64)
    rank[order] = np.concatenate([[0], np.cumsum(np.diff(ordered) > tolerance)])[: score.size]
    return rank
