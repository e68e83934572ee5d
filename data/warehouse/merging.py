"""Counts of kinds that turn out to be one kind, and of several sites, added."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from data.warehouse.counts import Counts


def merged(
    columns: Mapping[Hashable, np.ndarray],
    n: np.ndarray,
    sums: Mapping[tuple[str, ...], np.ndarray],
    of: Mapping[tuple[str, ...], np.ndarray],
    absent: tuple[str, ...] = (),
) -> Counts:
    """Counts in which every kind stands once; (K,) arrays in."""
    if not columns or not n.size:
        return Counts(columns, n, sums, of, absent)
    key = np.zeros(n.size, np.int64)
    for column in columns.values():
        distinct, place = np.unique(column, return_inverse=True)
        _, key = np.unique(key * (distinct.size + 1) + place, return_inverse=True)
    size = int(key.max()) + 1
    first = np.full(size, n.size)
    np.minimum.at(first, key, np.arange(n.size))
    return Counts(
        {one: column[first] for one, column in columns.items()},
        _added(key, n, size),
        {names: np.bincount(key, one, size) for names, one in sums.items()},
        {names: _added(key, one, size) for names, one in of.items()},
        absent,
    )


def together(parts: Sequence[Counts], absent: tuple[str, ...] = ()) -> Counts:
    """The counts of several sites, whose columns are the same, by kind."""
    first = parts[0]
    if len(parts) == 1:
        return Counts(first.columns, first.n, first.sums, first.sum_counts, absent)
    columns = {one: np.concatenate([p.columns[one] for p in parts]) for one in first.columns}
    n = np.concatenate([p.n for p in parts])
    sums = {names: np.concatenate([p.sums[names] for p in parts]) for names in first.sums}
    of = {names: np.concatenate([p.sum_counts[names] for p in parts]) for names in first.sums}
    if not columns:
        return Counts(
            {},
            n.sum(keepdims=True),
            {names: one.sum(keepdims=True) for names, one in sums.items()},
            {names: one.sum(keepdims=True) for names, one in of.items()},
            absent,
        )
    return merged(columns, n, sums, of, absent)


def _added(key: np.ndarray, n: np.ndarray, size: int) -> np.ndarray:
    """Whole numbers by key; exact also above 2**53."""
    total = np.zeros(size, np.int64)
    np.add.at(total, key, n)
    return total
