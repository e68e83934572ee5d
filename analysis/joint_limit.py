"""The limit of the permutation distribution of many variables at once.

If outcomes are permuted over patients, sums of their scores over any groups of patients have a
conditional mean and covariance that one pass over the patients gives, and are jointly normal in the
limit (Strasser H, Weber C. On the asymptotic theory of permutation statistics. Math Methods Stat
1999;8:220–250). Every variable becomes as many independent standard normal numbers as it has
degrees of freedom; between variables those are correlated as the variables are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, ndtri

MOST_PERMUTED = 2_000
"""Patients up to whom tests are permuted; above them the limit is taken."""
DRAWS = 4_096
# Patients of whom the indicators are held at once.
_BLOCK = 65_536
# Below, half of a p-value may be no number any more; the sum of the p-values is the limit then.
_SMALLEST_P = 1e-250
# Of variables that are the same, both reach a threshold or none does.
_TIE = 1e-9
_KNOTS = 64
# Below, a number is the same for all.
_SPREAD = 1e-12


@dataclass(frozen=True, eq=False)
class Joint:
    """V variables as R standard normal numbers.

    Attributes
    ----------
    df : (V,) array of int
        Levels that occur, less one; 1 for a number. 0 where nothing varies.
    known : (V,) array of int
        Patients with a value.
    parts : tuple of V slice
        The numbers of each variable.
    correlation : (R, R) array
        The identity within a variable.
    """

    df: np.ndarray
    known: np.ndarray
    parts: tuple[slice, ...]
    correlation: np.ndarray

    def of(self, places) -> Joint:
        """Some of the variables."""
        parts = tuple(self.parts[place] for place in places)
        return Joint(self.df[places], self.known[places], parts, self.correlation)

    def draw(self, draws: int, random: np.random.Generator) -> np.ndarray:
        """Draws of all numbers: (draws, R)."""
        values, vectors = np.linalg.eigh(self.correlation)
        root = vectors * np.sqrt(np.maximum(values, 0))
        return random.standard_normal((draws, len(root))) @ root.T

    def squares(self, drawn: np.ndarray) -> np.ndarray:
        """Sum of the squares of each variable's numbers: (V, draws)."""
        squared = drawn**2
        return np.stack([squared[:, part].sum(axis=1) for part in self.parts])


def joint_limit(columns: Sequence[tuple[np.ndarray, int]]) -> Joint:
    """The joint distribution of variables over random permutations of an outcome.

    Parameters
    ----------
    columns : sequence of ((N,) array, int)
        A variable and its number of levels: codes with -1 where missing; or numbers with NaN
        where missing, and 0.
    """
    alone = [_alone(values, n_levels) for values, n_levels in columns]
    return joint_of_products(alone, _products(columns, alone))


@dataclass(frozen=True, eq=False)
class Alone:
    """One variable by itself.

    Attributes
    ----------
    known : int
        Patients with a value.
    counts : (L,) array of int, or None
        Patients of each level; None of a number.
    mean, spread : float
        Of a number, the spread as the root of the mean square around the mean.
    """

    known: int
    counts: np.ndarray | None = None
    mean: float = 0.0
    spread: float = 0.0

    @property
    def present(self) -> np.ndarray:
        """The levels that occur; of a number that varies one place."""
        if self.counts is None:
            return np.arange(int(self.spread > _SPREAD))
        return self.counts.nonzero()[0]


def _alone(values: np.ndarray, n_levels: int) -> Alone:
    if n_levels:
        counts = np.bincount(values[values >= 0], minlength=n_levels)
        return Alone(int(counts.sum()), counts)
    has = np.isfinite(values)
    known = values[has] if has.any() else np.zeros(1)
    return Alone(int(has.sum()), None, float(known.mean()), float(known.std()))


def joint_of_products(alone: Sequence[Alone], together: np.ndarray) -> Joint:
    """The joint distribution from what the variables are alone and two by two.

    Parameters
    ----------
    alone : sequence of V Alone
    together : (W, W) array
        Sums over the patients of the products of the indicators of all levels that occur, and of
        all numbers that vary, less their mean, by their spread; 0 for who has no value.
    """
    contrasts = [
        np.full((one.present.size,) * 2, 1 / np.sqrt(max(one.known, 1)))
        if one.counts is None
        else _of_levels(one.counts[one.present])
        for one in alone
    ]
    df = [len(one) for one in contrasts]
    ends = np.cumsum(df)
    width = np.cumsum([one.shape[1] for one in contrasts])
    transform = np.zeros((ends[-1] if df else 0, width[-1] if df else 0))
    for one, end, last in zip(contrasts, ends, width, strict=True):
        transform[end - len(one) : end, last - one.shape[1] : last] = one
    correlation = transform @ together @ transform.T
    parts = tuple(slice(int(end - size), int(end)) for end, size in zip(ends, df, strict=True))
    known = np.array([one.known for one in alone], int)
    return Joint(np.array(df, int), known, parts, correlation)


def _of_levels(counts: np.ndarray) -> np.ndarray:
    """What turns sums over the levels that occur into independent numbers: (L - 1, L)."""
    if counts.size < 2:
        return np.zeros((0, counts.size))
    root = np.sqrt(counts / counts.sum())
    # The complement of one direction, as the other rows of a reflection of it onto the first axis.
    normal = root.copy()
    normal[0] += 1.0
    reflection = np.eye(counts.size) - 2 * np.outer(normal, normal) / (normal @ normal)
    return reflection[1:] / np.sqrt(counts)


def _products(columns, alone: Sequence[Alone]) -> np.ndarray:
    """Sum over the patients of the products of all indicators and standardised numbers."""
    n = len(columns[0][0]) if columns else 0
    rows = [(place, which) for place, one in enumerate(alone) for which in one.present]
    is_number = np.array([alone[place].counts is None for place, _ in rows], bool)
    together = np.zeros((len(rows), len(rows)))
    for start in range(0, n if rows else 0, _BLOCK):
        here = slice(start, start + _BLOCK)
        # Of so few patients the sums of indicators are exact in any arithmetic.
        block = np.empty((len(rows), min(_BLOCK, n - start)), np.float32)
        numbers = []
        for at, (place, which) in enumerate(rows):
            part, one = columns[place][0][here], alone[place]
            if one.counts is not None:
                np.equal(part, which, out=block[at], casting="unsafe")
                continue
            block[at] = 0
            numbers.append(np.nan_to_num((part - one.mean) / one.spread))
        together += block @ block.T
        if numbers:
            numbers = np.stack(numbers)
            across = numbers @ block.T
            across[:, is_number] = numbers @ numbers.T
            together[is_number] += across
            together[np.ix_(~is_number, is_number)] += across[:, ~is_number].T
    return together


def step_down(
    p_value: np.ndarray, joint: Joint, *, draws: int = DRAWS, seed: int
) -> tuple[np.ndarray, float]:
    """P-values adjusted by Westfall and Young's step-down min-P in the limit.

    Each is the probability that some variable no more significant than it reaches its p-value. That
    is drawn from those cases only in which one variable does, each as often, and a case in which
    M do counts 1 / M (Naiman DQ, Priebe CE. J Comput Graph Stat 2001;10:296–328): the relative
    error does not grow as p-values become small.

    Parameters
    ----------
    p_value : (V,) array
        From the chi-square distribution of each variable.
    joint : Joint
        Of the same variables, all of them with a degree of freedom.
    draws : int
        For each step.

    Returns
    -------
    p_adjusted : (V,) array
    error : float
        The largest relative standard error of those below 1.
    """
    random = np.random.default_rng(seed)
    base = np.ascontiguousarray(joint.draw(draws, random).T)
    uniform = random.random(draws)
    order = np.argsort(p_value, kind="stable")
    adjusted, so_far, error = np.ones(p_value.size), 0.0, 0.0
    for step, variable in enumerate(order):
        found, relative = _some_reaches(p_value[variable], order[step:], joint, base, uniform)
        so_far = max(so_far, p_value[variable], found)
        if so_far >= 1:
            break
        error = max(error, relative)
        adjusted[variable] = so_far
    return adjusted, error


def _some_reaches(p, family, joint: Joint, base, uniform) -> tuple[float, float]:
    """Probability that the p-value of some variable of a family is at most p; relative error."""
    if family.size == 1 or p < _SMALLEST_P:
        return min(family.size * p, 1.0), 0.0
    places = np.arange(family.size)
    numbers = np.arange(len(joint.correlation))
    kept = np.concatenate([numbers[joint.parts[variable]] for variable in family])
    df = joint.df[family]
    begins = df.cumsum() - df
    # The draws of each variable one after the other: every F-th, from its place in the family.
    draws = uniform.size
    order = np.concatenate([np.arange(place, draws, family.size) for place in places])
    size = (draws - 1 - places) // family.size + 1
    ends = size.cumsum()
    drawn, shuffled = base[kept].take(order, axis=1), uniform[order]
    rank = np.concatenate([one.argsort() for one in np.split(shuffled, ends[:-1])])
    # Evenly over the tail, in a random order.
    tail = p * (rank + 0.5) / size.repeat(size)
    length = np.sqrt(_upper_of_many(tail, df.repeat(size)))
    correlation = joint.correlation[np.ix_(kept, kept)]
    for own, n, begin, end in zip(begins, df, ends - size, ends, strict=True):
        here, rows = slice(begin, end), slice(own, own + n)
        mine = drawn[rows, here]
        stretched = length[here] / np.sqrt((mine**2).sum(axis=0))
        drawn[:, here] += correlation[:, rows] @ (mine * stretched - mine)
    np.square(drawn, out=drawn)
    reached = np.zeros(draws, np.intp)
    for own, n, threshold in zip(begins, df, _upper(p, df) * (1 - _TIE), strict=True):
        # Long rows one after the other; sums of short groups take ten times as long.
        reached += drawn[own : own + n].sum(axis=0) >= threshold
    shares = 1 / np.maximum(reached, 1)
    mean = shares.mean()
    return family.size * p * mean, float(shares.std() / mean / np.sqrt(draws))


def _upper_of_many(p: np.ndarray, df: np.ndarray) -> np.ndarray:
    """The same of many tails: from some of them, as it is nearly linear in their logarithm."""
    found = _upper(p, np.minimum(df, 2))
    for one in np.unique(df[df > 2]):
        here = df == one
        tail = p[here]
        if tail.size <= 2 * _KNOTS:
            found[here] = chdtri(one, tail)
        else:
            knots = np.geomspace(tail.min(), tail.max(), _KNOTS)
            found[here] = np.interp(np.log(tail), np.log(knots), chdtri(one, knots))
    return found


def _upper(p, df) -> np.ndarray:
    """The chi-square statistic with this upper tail."""
    p, df = np.broadcast_arrays(p, df)
    found = np.empty(p.shape)
    one, two, more = df == 1, df == 2, df > 2
    # The inverse of the general distribution takes thirty times as long.
    found[one] = ndtri(p[one] / 2) ** 2
    found[two] = -2 * np.log(p[two])
    found[more] = chdtri(df[more], p[more])
    return found
