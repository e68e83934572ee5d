"""How many standardised differences above 0.1 chance alone gives at this size.

With some dozens of patients an arm, random allocation leaves about half of all variables
"relevantly" imbalanced. The arm labels are exchanged at random, with the sizes of the arms and what
goes together in a patient kept, and the differences above 0.1 are counted each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.balance import RELEVANT

DRAWS = 4_000
# Beyond this many drawn labels the draws become fewer: a count of variables needs no more.
MOST_LABELS = 4_000_000
FEWEST_DRAWS = 400
SEED = 1_937


@dataclass(frozen=True)
class ChanceImbalance:
    """Variables above 0.1 under random allocation: their mean and 95 % range."""

    expected: float
    lower: float
    upper: float
    draws: int


def chance_imbalance(
    columns: Sequence[tuple[np.ndarray, int]], arm, *, draws: int | None = None, seed: int = SEED
) -> ChanceImbalance:
    """Count the differences above 0.1 between arms of random patients.

    Parameters
    ----------
    columns : sequence of ((N,) array, int)
        A variable and its number of levels: codes with -1 where missing; or numbers with NaN
        where missing, and 0.
    arm : (N,) array of int
        0 first arm, 1 second arm.
    draws, seed : int
        Random permutations of the arm labels; 4,000 up to 1,000 patients, fewer of more.
    """
    arm = np.asarray(arm)
    if draws is None:
        draws = min(DRAWS, max(FEWEST_DRAWS, MOST_LABELS // max(arm.size, 1)))
    second = np.random.default_rng(seed).permuted(np.tile(arm, (draws, 1)), axis=1).astype(float)
    large = np.zeros(draws, dtype=int)
    for values, n_levels in columns:
        size = sizes_of_levels(values, second) if n_levels else sizes_of_numbers(values, second)
        large += size > RELEVANT
    lower, upper = np.quantile(large, (0.025, 0.975))
    return ChanceImbalance(float(large.mean()), float(lower), float(upper), draws)


def sizes_of_numbers(values, second) -> np.ndarray:
    """Sizes of the differences of a number, as `balance_of_numbers`, by allocation."""
    values = np.asarray(values, float)
    known = np.isfinite(values)
    if not known.any():
        return np.full(len(second), np.nan)
    x = values[known] - values[known].mean()
    in_second = second[:, known]
    means, variances = [], []
    with np.errstate(invalid="ignore", divide="ignore"):
        for inside in (1 - in_second, in_second):
            n = inside.sum(axis=1)
            mean = inside @ x / n
            means.append(mean)
            variances.append(np.maximum(inside @ x**2 - n * mean**2, 0) / (n - 1))
        spread = np.sqrt((variances[0] + variances[1]) / 2)
        return np.abs(means[0] - means[1]) / np.where(spread > 1e-12, spread, 0)


def sizes_of_levels(codes, second) -> np.ndarray:
    """Sizes of the distances of a variable's levels, as `balance_of_levels`, by allocation."""
    codes = np.asarray(codes)
    known = codes >= 0
    held = np.unique(codes[known])
    if held.size < 2:
        return np.zeros(len(second))
    member = (codes[known, None] == held).astype(float)
    in_second = second[:, known]
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = [
            (inside @ member / inside.sum(axis=1, keepdims=True))[:, 1:]
            for inside in (1 - in_second, in_second)
        ]
        difference = shares[0] - shares[1]
        if held.size == 2:
            spread = np.sqrt(sum((p * (1 - p))[:, 0] for p in shares) / 2)
            return np.abs(difference[:, 0]) / spread
    covariance = sum(_covariance(p) for p in shares) / 2
    possible = np.isfinite(covariance).all(axis=(1, 2))
    sizes = np.full(len(second), np.nan)
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
