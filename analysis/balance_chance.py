"""How many standardised differences above 0.1 chance alone gives at this size.

With some dozens of patients an arm, random allocation leaves about half of all variables
"relevantly" imbalanced. The arm labels are exchanged at random, with the sizes of the arms and what
goes together in a patient kept, and the differences above 0.1 are counted each time. Above 2,000
patients the joint normal limit of such permutations is drawn instead (`analysis.joint_limit`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from analysis.balance import RELEVANT
from analysis.joint_limit import MOST_PERMUTED, Joint, joint_limit

DRAWS = 4_000
# Beyond this many drawn labels the draws become fewer: a count of variables needs no more.
MOST_LABELS = 4_000_000
FEWEST_DRAWS = 400
_DRAWS_AT_ONCE = 512
SEED = 1_937


@dataclass(frozen=True)
class ChanceImbalance:
    """Variables above 0.1 under random allocation: their mean and 95 % range.

    ``limit`` says whether draws are of the limit for many patients.
    """

    expected: float
    lower: float
    upper: float
    draws: int
    limit: bool = False


def chance_imbalance(
    columns: Sequence[tuple[np.ndarray, int]],
    arm,
    *,
    draws: int | None = None,
    seed: int = SEED,
    limit: bool | None = None,
) -> ChanceImbalance:
    """Count the differences above 0.1 between arms of random patients.

    Parameters
    ----------
    columns : sequence of ((N,) array, int)
        A variable and its number of levels: codes with -1 where missing; or numbers with NaN
        where missing, and 0.
    arm : (N,) array of int
        Place of each patient's arm: 0 first arm, 1 second arm, and so on. Of more than two arms
        the largest difference between any two counts.
    draws, seed : int
        Random permutations of the arm labels; 4,000 up to 1,000 patients in two arms, fewer of
        more.
    limit : bool, optional
        Whether the limit is drawn; by the number of patients if not given.
    """
    arm = np.asarray(arm).astype(np.int64)
    n_arms = max(int(arm.max(initial=0)) + 1, 2)
    if limit if limit is not None else arm.size > MOST_PERMUTED:
        return chance_in_the_limit(
            joint_limit(columns), np.bincount(arm, minlength=n_arms), seed=seed
        )
    if draws is None:
        looked_at = max(arm.size, 1) * comb(n_arms, 2)
        draws = min(DRAWS, max(FEWEST_DRAWS, MOST_LABELS // looked_at))
    # Labels of one byte are exchanged three times as fast as those of eight, in the same order.
    labels = np.tile(arm.astype(np.min_scalar_type(n_arms)), (draws, 1))
    drawn = np.random.default_rng(seed).permuted(labels, axis=1, out=labels)
    large = np.zeros(draws, dtype=int)
    with np.errstate(invalid="ignore", divide="ignore"):
        for counts in _counts_of_levels(columns, drawn, n_arms):
            large += _largest_distance(counts) > RELEVANT
        for sums in _sums_of_numbers(columns, drawn, n_arms):
            large += _largest_difference(sums) > RELEVANT
    return _counted(large)


def _counts_of_levels(columns, drawn, n_arms) -> Iterator[list[np.ndarray]]:
    """Of each variable the patients of every level that occurs: (D, L) of each arm."""
    held = [codes[:, None] == np.unique(codes[codes >= 0]) for codes, levels in columns if levels]
    held = [one for one in held if one.shape[1] > 1]
    if not held:
        return
    # Whole numbers, which four bytes hold exactly up to sixteen million patients.
    member = np.concatenate(held, axis=1).astype(np.float32)
    arms = [_inside(drawn, place, member) for place in range(n_arms - 1)]
    arms.append(member.sum(axis=0, dtype=float) - sum(arms))
    ends = np.cumsum([one.shape[1] for one in held])
    yield from zip(*(np.split(counts, ends[:-1], axis=1) for counts in arms), strict=True)


def _sums_of_numbers(columns, drawn, n_arms) -> Iterator[list[np.ndarray]]:
    """Of each number with a value how many have it, their sum and that of squares: (D, 3)."""
    moments = [_moments(values) for values, levels in columns if not levels]
    moments = [one for one in moments if one[:, 0].any()]
    if not moments:
        return
    arms = [_inside(drawn, place, np.concatenate(moments, axis=1)) for place in range(n_arms)]
    yield from zip(*(np.split(sums, len(moments), axis=1) for sums in arms), strict=True)


def _inside(drawn, place, of_patients) -> np.ndarray:
    """Sums over the patients of an arm in each draw: (D, columns)."""
    found = np.empty((len(drawn), of_patients.shape[1]))
    for start in range(0, len(drawn), _DRAWS_AT_ONCE):
        part = slice(start, start + _DRAWS_AT_ONCE)
        found[part] = (drawn[part] == place).astype(of_patients.dtype) @ of_patients
    return found


def _counted(large: np.ndarray, limit: bool = False) -> ChanceImbalance:
    lower, upper = np.quantile(large, (0.025, 0.975))
    return ChanceImbalance(float(large.mean()), float(lower), float(upper), large.size, limit)


def chance_in_the_limit(joint: Joint, sizes: np.ndarray, *, seed: int = SEED) -> ChanceImbalance:
    """The same from the joint distribution of the variables.

    The mean of an arm is normal with variance 1 / n around that of all; what is common to all arms
    cancels in their differences. Of n patients some may have no value.

    Parameters
    ----------
    sizes : (A,) array of int
        Patients of each arm.
    """
    random = np.random.default_rng(seed)
    means = [joint.draw(DRAWS, random) / np.sqrt(n) if n else None for n in sizes]
    largest = np.zeros((joint.df.size, DRAWS))
    for a, b in combinations(means, 2):
        if a is not None and b is not None:
            largest = np.maximum(largest, joint.squares(a - b))
    scale = sizes.sum() / np.maximum(joint.known, 1)
    large = (np.sqrt(largest * scale[:, None]) > RELEVANT).sum(axis=0)
    return _counted(large, limit=True)


def sizes_of_numbers(values, second) -> np.ndarray:
    """Sizes of the differences of a number, as `balance_of_numbers`, by allocation.

    Parameters
    ----------
    second : (D, N) array
        1 where an allocation puts a patient into the second arm, else 0.
    """
    moments = _moments(values)
    if not moments[:, 0].any():
        return np.full(len(second), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _largest_difference([inside @ moments for inside in (1 - second, second)])


def _moments(values) -> np.ndarray:
    """Whether each patient has a value, the value and its square: (N, 3)."""
    values = np.asarray(values, float)
    known = np.isfinite(values)
    # Who has no value counts as nothing in every sum, which is faster than to leave him out.
    x = np.where(known, values - values[known].mean(), 0) if known.any() else 0 * known
    return np.column_stack([known, x, x**2])


def _largest_difference(sums: Sequence[np.ndarray]) -> np.ndarray:
    """The largest standardised difference between any two arms, by allocation."""
    means, variances = [], []
    for of_arm in sums:
        n, total, squares = of_arm.T
        mean = total / n
        means.append(mean)
        variances.append(np.maximum(squares - n * mean**2, 0) / (n - 1))
    sizes = []
    for a, b in combinations(range(len(sums)), 2):
        spread = np.sqrt((variances[a] + variances[b]) / 2)
        sizes.append(np.abs(means[a] - means[b]) / np.where(spread > 1e-12, spread, 0))
    return np.fmax.reduce(sizes)


def sizes_of_levels(codes, second) -> np.ndarray:
    """Sizes of the distances of a variable's levels, as `balance_of_levels`, by allocation."""
    codes = np.asarray(codes)
    held = np.unique(codes[codes >= 0])
    if held.size < 2:
        return np.zeros(len(second))
    member = (codes[:, None] == held).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _largest_distance([inside @ member for inside in (1 - second, second)])


def _largest_distance(counts: Sequence[np.ndarray]) -> np.ndarray:
    """The largest distance of the shares of levels between any two arms, by allocation."""
    return np.fmax.reduce([_distances(a, b) for a, b in combinations(counts, 2)])


def _distances(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Distance of the shares of all levels but the first of two arms, from (D, L) counts."""
    p, q = (n[:, 1:] / n.sum(axis=1, keepdims=True) for n in (ours, theirs))
    difference = p - q
    if difference.shape[1] == 1:
        return np.abs(difference[:, 0]) / np.sqrt(((p * (1 - p))[:, 0] + (q * (1 - q))[:, 0]) / 2)
    covariance = (_covariance(p) + _covariance(q)) / 2
    sizes = np.full(len(difference), np.nan)
    # Where every level has somebody and one has of both arms, no direction is without spread.
    regular = ((ours > 0) & (theirs > 0)).any(axis=1) & (ours + theirs > 0).all(axis=1)
    wanted = difference[regular, :, None]
    solution = np.linalg.solve(covariance[regular], wanted)
    sizes[regular] = np.sqrt(np.maximum((wanted * solution).sum(axis=(1, 2)), 0))
    others = ~regular & np.isfinite(covariance).all(axis=(1, 2))
    sizes[others] = _without_all_spread(covariance[others], difference[others])
    return sizes


def _without_all_spread(covariance, wanted) -> np.ndarray:
    """The same where there may be none in some direction; (D, K, K) and (D, K) arrays."""
    inverse = np.linalg.pinv(covariance, rcond=1e-12, hermitian=True)
    solution = np.einsum("dij,dj->di", inverse, wanted)
    reached = np.einsum("dij,dj->di", covariance, solution)
    size = np.sqrt(np.maximum((wanted * solution).sum(axis=1), 0))
    # What no spread within the arms explains is as far as can be.
    return np.where(np.abs(reached - wanted).max(axis=1, initial=0) < 1e-9, size, np.inf)


def _covariance(shares) -> np.ndarray:
    return shares[:, :, None] * np.eye(shares.shape[1]) - shares[:, :, None] * shares[:, None, :]
