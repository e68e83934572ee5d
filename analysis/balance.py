"""How alike are two arms? Standardised mean differences of baseline variables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.distribution import Distribution, distribution, settled

# Above this an imbalance is usually called relevant (Austin 2009).
RELEVANT = 0.1
METHOD = (
    "Standardised mean difference: of a number the difference of means over the root of the mean "
    "of the arms' variances; of two levels the difference of shares over the root of the mean of "
    "p(1 − p); of more levels the Mahalanobis distance of the shares (Yang & Dalton 2012). "
    "Patients without a value are left out of it."
)


@dataclass(frozen=True, eq=False)
class Balance:
    """One variable in two arms, or in A arms with the largest difference between two of them.

    Attributes
    ----------
    smd : float
        Standardised mean difference, first arm - second; a distance without sign for more than
        two levels. Infinite where the arms differ and nothing within them does; NaN where it
        cannot be computed. Of more than two arms the largest, without its sign.
    reason : str
        Why it is infinite or cannot be computed; empty otherwise.
    n, missing : (A,) arrays of int
        Patients of each arm with and without a value.
    counts : (L, A) array of int
        Patients per level and arm; no rows for a number.
    mean, sd, quartiles : (A,), (A,) and (3, A) arrays of float
        Of a number, per arm (quartiles as R's type 7); NaN for levels.
    pair : (int, int)
        The arms of ``smd``; of more than two those that differ most, the first of equals.
    """

    smd: float
    reason: str
    n: np.ndarray
    missing: np.ndarray
    counts: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    quartiles: np.ndarray
    pair: tuple[int, int] = (0, 1)


def balance_of_levels(codes, n_levels: int, arm, patients=None) -> Balance:
    """Compare the shares of the levels (Yang & Dalton 2012).

    Parameters
    ----------
    codes : (N,) array of int
        Level of each patient, -1 where missing.
    n_levels : int
    arm : (N,) array of int
        0 first arm, 1 second arm.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    # The first place collects the missing.
    cells = 2 * (np.asarray(codes).astype(np.intp) + 1) + np.asarray(arm)
    counts = np.bincount(cells, patients, 2 * n_levels + 2).astype(np.int64)
    return balance_of_counts(counts.reshape(-1, 2))


def balance_of_counts(counts) -> Balance:
    """The same of counts: (1 + levels, 2) array of int, patients without a value first."""
    missing, counts = counts[0], counts[1:]
    nothing = np.full(2, np.nan)
    smd, reason = distance_of_shares(counts)
    return Balance(
        smd,
        reason,
        counts.sum(axis=0),
        missing,
        counts,
        nothing,
        nothing,
        np.full((3, 2), np.nan),
    )


def balance_of_numbers(numbers, arm, patients=None) -> Balance:
    """Compare the means of a number; the standard deviation is pooled as in Austin (2009).

    Parameters
    ----------
    numbers : (N,) array of float
        NaN where missing.
    arm : (N,) array of int
        0 first arm, 1 second arm.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    numbers, arm = np.asarray(numbers, float), np.asarray(arm)
    known = np.isfinite(numbers)

    def each(rows):
        return None if patients is None else patients[rows]

    parts = [distribution(numbers[one], each(one)) for one in (known & (arm == i) for i in (0, 1))]
    missing = np.bincount(arm[~known], each(~known), minlength=2).astype(np.int64)
    return _of_parts(parts, missing)


def _of_parts(parts: list[Distribution], missing: np.ndarray) -> Balance:
    mean, sd = (np.array([getattr(part, name) for part in parts]) for name in ("mean", "sd"))
    quartiles = np.array([part.quantiles(0.25, 0.5, 0.75) for part in parts]).T
    n = np.array([part.n for part in parts])
    spread = float(np.sqrt((sd**2).mean()))
    smd, reason = np.nan, ""
    if not np.isfinite(spread):
        reason = "Not computable: fewer than two patients with a value in an arm."
    elif spread == 0:
        smd = 0.0 if mean[0] == mean[1] else float(np.copysign(np.inf, mean[0] - mean[1]))
        reason = "" if smd == 0 else "Infinite: no spread within the arms."
    else:
        smd = float((mean[0] - mean[1]) / spread)
    mean, sd = settled(mean), settled(sd)
    return Balance(smd, reason, n, missing, np.zeros((0, 2), int), mean, sd, quartiles)


def balance_of_arms(values, n_levels: int, arm, n_arms: int, patients=None) -> Balance:
    """Compare every two of several arms; the largest difference is the variable's.

    Parameters
    ----------
    values : (N,) array
        Codes of ``n_levels`` levels, -1 where missing; or numbers, NaN where missing, and 0 levels.
    arm : (N,) array of int
        0 to ``n_arms`` - 1; an arm may be empty.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    values, arm = np.asarray(values), np.asarray(arm)
    if n_levels:
        cells = (values.astype(np.intp) + 1) * n_arms + arm
        counts = np.bincount(cells, patients, minlength=(n_levels + 1) * n_arms)
        return balance_of_arm_counts(counts.astype(np.int64).reshape(-1, n_arms))
    found = {}
    for a, b in combinations(range(n_arms), 2):
        both = (arm == a) | (arm == b)
        each = None if patients is None else patients[both]
        found[a, b] = balance_of_numbers(values[both], (arm[both] == b).astype(np.intp), each)
    return _of_all_arms(found, n_arms)


def balance_of_arm_counts(counts) -> Balance:
    """The same of levels from counts: (1 + levels, A) array of int, those without a value first."""
    n_arms = counts.shape[1]
    pairs = combinations(range(n_arms), 2)
    return _of_all_arms({pair: balance_of_counts(counts[:, pair]) for pair in pairs}, n_arms)


def _of_all_arms(found: dict[tuple[int, int], Balance], n_arms: int) -> Balance:
    # What cannot be computed is the largest only where nothing can.
    largest = max(found, key=lambda one: np.nan_to_num(abs(found[one].smd), nan=-1, posinf=np.inf))
    # Of the first arm with every other one, and of that other one with it.
    columns = [(found[0, 1], 0), *((found[0, place], 1) for place in range(1, n_arms))]

    def each(name: str) -> np.ndarray:
        return np.stack([getattr(one, name)[..., side] for one, side in columns], axis=-1)

    names = ("n", "missing", "counts", "mean", "sd", "quartiles")
    most = found[largest]
    return Balance(abs(most.smd), most.reason, *map(each, names), pair=largest)


def distance_of_shares(counts) -> tuple[float, str]:
    """Signed for two levels, a distance for more; why there is none, where there is none."""
    n = counts.sum(axis=0)
    if not n.all():
        return np.nan, "Not computable: no patient with a value in an arm."
    shares = (counts / n)[counts.any(axis=1)]
    if len(shares) < 2:
        return 0.0, ""
    # The first level says nothing that the others do not.
    free = shares[1:]
    difference = free[:, 0] - free[:, 1]
    covariance = sum(np.diag(p) - np.outer(p, p) for p in free.T) / 2
    if len(free) == 1:
        spread = float(np.sqrt(covariance[0, 0]))
        if spread == 0:
            return float(np.copysign(np.inf, difference[0])), "Infinite: the arms share no level."
        return float(difference[0]) / spread, ""
    solution = np.linalg.lstsq(covariance, difference, rcond=1e-12)[0]
    if not np.allclose(covariance @ solution, difference, atol=1e-9):
        return np.inf, "Infinite: a combination of levels occurs in one arm only."
    return float(np.sqrt(max(difference @ solution, 0.0))), ""
