"""Answers held against each other."""

from __future__ import annotations

import numpy as np

from data.warehouse.counts import Counts
from data.warehouse.question import Question


def differences(ours: tuple[Counts, ...], theirs: tuple[Counts, ...], question: Question) -> list:
    """Where two answers to a question differ."""
    found = []
    for grouping, one, other in zip(question.groupings, ours, theirs, strict=True):
        found += [(grouping, said) for said in _apart(one, other, grouping)]
    return found


def _apart(one: Counts, other: Counts, grouping) -> list[str]:
    if one.n.size != other.n.size:
        return [f"{one.n.size} kinds and {other.n.size}"]
    first, second = _order(one, grouping), _order(other, grouping)
    found = []
    if (one.n[first] != other.n[second]).any():
        found.append("n")
    for column in grouping:
        a, b = one.columns[column], other.columns[column]
        if a.dtype.kind != b.dtype.kind:
            found.append(f"{column}: {a.dtype} and {b.dtype}")
        if not np.allclose(a[first], b[second], rtol=1e-9, atol=1e-9, equal_nan=True):
            found.append(str(column))
    for names, total in one.sums.items():
        if not np.allclose(total[first], other.sums[names][second], rtol=1e-9):
            found.append(f"sum of {names}")
        if (one.sum_counts[names][first] != other.sum_counts[names][second]).any():
            found.append(f"count of {names}")
    return found


def _order(one: Counts, grouping) -> np.ndarray:
    if not grouping:
        return np.arange(one.n.size)
    keys = [np.round(np.nan_to_num(one.columns[c].astype(float), nan=-7), 6) for c in grouping]
    return np.lexsort(keys[::-1])
