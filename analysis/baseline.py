"""Baseline characteristics by group: counts, quartiles, means, standardised differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.balance import balance_of_arm_counts, balance_of_arms
from analysis.distribution import distribution, settled

QUANTILE_METHOD = "Quartiles by linear interpolation (R type 7); SD with n − 1."


# Of many patients a comparison for each of few levels takes a tenth of a count by place.
_MANY_PATIENTS, _FEW_LEVELS = 20_000, 12


@dataclass(frozen=True, eq=False)
class LevelSummary:
    """Counts of one variable's levels in A groups.

    Attributes
    ----------
    counts : (A, L) array of int
    missing : (A,) array of int
    n : (A,) array of int
        Patients with and without a value: the denominators of the shares.
    smd : float
        Between the arms, which are the groups after the whole: the largest of any two, without its
        sign. NaN where not defined. See `analysis.balance`.
    pair : (int, int) or None
        The groups that differ by so much; None with fewer than two arms.
    """

    counts: np.ndarray
    missing: np.ndarray
    n: np.ndarray
    smd: float
    pair: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class NumberSummary:
    """Distribution of one number in A groups; all but the histogram are (A,) arrays.

    Attributes
    ----------
    n, missing : array of int
        Patients with and without a value.
    median, lower_quartile, upper_quartile, mean, sd, smallest, largest : array
        NaN where nobody has a value; ``sd`` also for one patient.
    edges : (B + 1,) array
        Bounds of the bins, the same in every group.
    histogram : (A, B) array of int
    smd, pair
        As in `LevelSummary`.
    """

    n: np.ndarray
    missing: np.ndarray
    median: np.ndarray
    lower_quartile: np.ndarray
    upper_quartile: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    smallest: np.ndarray
    largest: np.ndarray
    edges: np.ndarray
    histogram: np.ndarray
    smd: float
    pair: tuple[int, int] | None = None


def summarise_levels(
    codes: np.ndarray, n_levels: int, groups: list[np.ndarray], patients: np.ndarray | None = None
) -> LevelSummary:
    """Count the levels of a variable.

    Parameters
    ----------
    codes : (N,) array of int
        Position of each patient's level, -1 where missing.
    groups : list of (N,) arrays of bool
        The whole cohort, then its arms if there are any.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    table = _table(np.asarray(codes), n_levels, groups, patients)
    smd, pair = float("nan"), None
    if len(groups) > 2:
        found = balance_of_arm_counts(table[1:].T)
        smd, pair = abs(found.smd), (found.pair[0] + 1, found.pair[1] + 1)
    return LevelSummary(table[:, 1:], table[:, 0], table.sum(axis=1), smd, pair)


def _table(codes, n_levels: int, groups, patients) -> np.ndarray:
    """Patients of each group by level, those without one first: (groups, levels + 1) of int."""
    if patients is None and codes.size >= _MANY_PATIENTS and n_levels <= _FEW_LEVELS:
        held = (codes == place for place in range(-1, n_levels))
        return np.array([[np.count_nonzero(one & mask) for mask in groups] for one in held]).T
    place = codes.astype(np.intp) + 1
    counted = [np.bincount(place[mask], _each(patients, mask), n_levels + 1) for mask in groups]
    return np.array(counted, np.int64).reshape(len(groups), n_levels + 1)


def _each(patients: np.ndarray | None, mask: np.ndarray) -> np.ndarray | None:
    return None if patients is None else patients[mask]


def summarise_number(
    values: np.ndarray,
    groups: list[np.ndarray],
    edges: np.ndarray,
    patients: np.ndarray | None = None,
) -> NumberSummary:
    """Describe a number.

    Parameters
    ----------
    values : (N,) array
        NaN where missing.
    groups : list of (N,) arrays of bool
        The whole cohort, then its arms if there are any.
    edges : (B + 1,) array
        Rising bounds of the bins of the histogram; values outside are not drawn.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    known = [mask & np.isfinite(values) for mask in groups]
    parts = [distribution(values[one], _each(patients, one)) for one in known]
    quartiles = np.array([one.quantiles(0, 0.25, 0.5, 0.75, 1) for one in parts])
    n = np.array([one.n for one in parts])
    sizes = [mask.sum() if patients is None else patients[mask].sum() for mask in groups]
    smd, pair = largest_difference(values, 0, groups, patients)
    return NumberSummary(
        n=n,
        missing=np.array(sizes, np.int64) - n,
        smallest=quartiles[:, 0],
        lower_quartile=quartiles[:, 1],
        median=quartiles[:, 2],
        upper_quartile=quartiles[:, 3],
        largest=quartiles[:, 4],
        mean=settled(one.mean for one in parts),
        sd=settled(one.sd for one in parts),
        edges=edges,
        histogram=np.array([one.histogram(edges) for one in parts]),
        smd=smd,
        pair=pair,
    )


def bin_edges(values: np.ndarray, bins: int = 12) -> np.ndarray:
    """Equal bins over the finite values; one bin around a single value, none of nothing."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return np.array([0.0, 1.0])
    low, high = float(finite.min()), float(finite.max())
    if low == high:
        return np.array([low - 0.5, high + 0.5])
    return np.linspace(low, high, bins + 1)


def largest_difference(
    values: np.ndarray,
    n_levels: int,
    groups: list[np.ndarray],
    patients: np.ndarray | None = None,
) -> tuple[float, tuple[int, int] | None]:
    """The largest standardised difference between two arms, and which groups they are.

    Parameters
    ----------
    values, n_levels
        As `balance_of_arms`.
    groups : list of (N,) arrays of bool
        The whole cohort, then its arms.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.

    Returns
    -------
    float, (int, int) or None
        NaN and None with fewer than two arms.
    """
    arms = groups[1:]
    if len(arms) < 2:
        return float("nan"), None
    inside = np.any(arms, axis=0)
    arm = np.argmax(arms, axis=0)[inside]
    found = balance_of_arms(values[inside], n_levels, arm, len(arms), _each(patients, inside))
    first, second = found.pair
    return abs(found.smd), (first + 1, second + 1)
