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
        Higher = shorter survival expected. Scores that differ by rounding only are equal.

    Returns
    -------
    (float, float)
        NaN where there is no pair.
    """
    rank = _ranks(score)
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

    Every suffix is a union of aligned blocks of size 1, 2, 4, …; each level sorts its blocks and
    finds all thresholds at once.
    """
    low = min(values.min(initial=0), threshold.min(initial=0)) - 1
    values, threshold = values - low, threshold - low
    span = int(max(values.max(initial=0), threshold.max(initial=0))) + 2
    size = 1 << max(int(values.size - 1).bit_length(), 0)
    blocks = np.full(size, span - 1, dtype=np.int64)  # the padding is above every threshold
    blocks[: values.size] = values
    position = np.array(begin, dtype=np.int64)
    position[position >= values.size] = size
    count = np.zeros(position.size)
    width = 1
    while width <= size:
        blocks = np.sort(blocks.reshape(-1, width), axis=1)
        wanted = np.flatnonzero(position & width)
        if wanted.size and width < size:
            block = position[wanted] // width
            keys = (blocks + span * np.arange(size // width)[:, None]).ravel()
            key = threshold[wanted] + span * block
            below = np.searchsorted(keys, key, "left") + np.searchsorted(keys, key, "right")
            count[wanted] += below / 2 - block * width
            position[wanted] += width
        width *= 2
    whole = np.flatnonzero(position == 0)
    row = np.sort(blocks.ravel())
    count[whole] = (
        np.searchsorted(row, threshold[whole], "left")
        + np.searchsorted(row, threshold[whole], "right")
    ) / 2
    return count


def _ranks(score):
    """Ranks in which nearly equal scores share one: equal patients must tie."""
    order = np.argsort(score, kind="stable")
    ordered = score[order]
    tolerance = _SCORE_TOLERANCE * max(1.0, float(np.abs(score).max(initial=0)))
    rank = np.empty(score.size, dtype=np.int64)
    rank[order] = np.concatenate([[0], np.cumsum(np.diff(ordered) > tolerance)])[: score.size]
    return rank
