"""How many standardised differences above 0.1 chance alone gives at this size.

With some dozens of patients an arm, random allocation leaves about half of all variables
"relevantly" imbalanced. The arm labels are exchanged at random, with the sizes of the arms and what
goes together in a patient kept, and the differences above 0.1 are counted each time. Above 2,000
patients the joint normal limit of such permutations is drawn instead (`analysis.joint_limit`).
"""

from __future__ import annotations

from collections.abc import Sequence
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
    drawn = np.random.default_rng(seed).permuted(np.tile(arm, (draws, 1)), axis=1)
    members = [(drawn == place).astype(float) for place in range(n_arms)]
    large = np.zeros(draws, dtype=int)
    for values, n_levels in columns:
        largest = largest_of_levels if n_levels else largest_of_numbers
        large += largest(values, members) > RELEVANT
    return _counted(large)


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
    """Sizes of the differences of a number, as `balance_of_numbers`, by allocation."""
    return largest_of_numbers(values, (1 - second, second))


def largest_of_numbers(values, members: Sequence[np.ndarray]) -> np.ndarray:
    """The largest of them between any two arms.

    Parameters
    ----------
    members : sequence of (D, N) arrays
        Of each arm 1 where an allocation puts a patient into it, else 0.
    """
    values = np.asarray(values, float)
    known = np.isfinite(values)
    if not known.any():
        return np.full(len(members[0]), np.nan)
    # Who has no value counts as nothing in every sum, which is faster than to leave him out.
    x = np.where(known, values - values[known].mean(), 0)
    moments = np.column_stack([known, x, x**2])
    means, variances = [], []
    with np.errstate(invalid="ignore", divide="ignore"):
        for inside in members:
            n, total, squares = (inside @ moments).T
            mean = total / n
            means.append(mean)
            variances.append(np.maximum(squares - n * mean**2, 0) / (n - 1))
        sizes = []
        for a, b in combinations(range(len(members)), 2):
            spread = np.sqrt((variances[a] + variances[b]) / 2)
            sizes.append(np.abs(means[a] - means[b]) / np.where(spread > 1e-12, spread, 0))
    return np.fmax.reduce(sizes)


def sizes_of_levels(codes, second) -> np.ndarray:
    """Sizes of the distances of a variable's levels, as `balance_of_levels`, by allocation."""
    return largest_of_levels(codes, (1 - second, second))


def largest_of_levels(codes, members: Sequence[np.ndarray]) -> np.ndarray:
    """The largest of them between any two arms; ``members`` as `largest_of_numbers`."""
    codes = np.asarray(codes)
    known = codes >= 0
    held = np.unique(codes[known])
    if held.size < 2:
        return np.zeros(len(members[0]))
    member = (codes[:, None] == held).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = [
            counts[:, 1:] / counts.sum(axis=1, keepdims=True)
            for counts in (inside @ member for inside in members)
        ]
        return np.fmax.reduce([_distances(a, b) for a, b in combinations(shares, 2)])


def _distances(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Distance of the shares of all levels but the first, (D, L - 1), of two arms."""
    difference = ours - theirs
    if difference.shape[1] == 1:
        spread = np.sqrt(sum((p * (1 - p))[:, 0] for p in (ours, theirs)) / 2)
        return np.abs(difference[:, 0]) / spread
    covariance = sum(_covariance(p) for p in (ours, theirs)) / 2
    possible = np.isfinite(covariance).all(axis=(1, 2))
    sizes = np.full(len(difference), np.nan)
    inverse = np.linalg.pinv(covariance[possible], rcond=1e-12, hermitian=True)
    wanted = difference[possible]
    solution = np.einsum("dij,dj->di", inverse, wanted)
    reached = np.einsum("dij,dj->di", covariance[possible], solution)
    size = np.sqrt(np.maximum((wanted * solution).sum(axis=1), 0))
    # What no spread within the arms explains is as far as can be.
    sizes[possible] = np.where(np.abs(reached - wanted).max(axis=1) < 1e-9, size, np.inf)
    return sizes


def _covariance(shares) -> np.ndarray:
    return shares[:, :, None] * np.eye(shares.shape[1]) - shares[:, :, None] * shares[:, None, :]
