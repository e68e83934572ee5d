"""Efron's sums over tied events, of which a day of a large cohort has hundreds.

The l-th of d tied events leaves the share l / d of the tied behind. What is summed over them is a
smooth function of that share where the tied are few of those at risk, and Gauss's quadrature for
equally spaced points (the discrete Chebyshev polynomials; Gautschi, Orthogonal Polynomials, 2004,
section 1.4) gives the sum of any number from six of them to the last digits of the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

NODES = 6
MANY_EVENTS = 20_000
"""Events up to which every one is counted by itself."""
# Of those at risk. An error is about (2 / share) to the power of -12.
_SMALL_SHARE = 0.02
_TABLE = 4_096
# Tied events from which on blocks of them are shorter than all of them.
_MANY_OF_A_DAY = 256


@dataclass(frozen=True, eq=False)
class TiedEvents:
    """Events one by one, or points that stand for them, for Efron's method.

    Attributes
    ----------
    time : (D,) array of int
        Event time of each event, as a position among the K.
    first : (K,) array of int
        First event of each event time, as a position among the D.
    share : (D,) array
        Share of the tied that has left the risk set: l / d of the l-th of d tied events.
    powers : (3, D) array
        How many events each stands for, times the powers 0, 1 and 2 of the share.
    """

    time: np.ndarray
    first: np.ndarray
    share: np.ndarray
    powers: np.ndarray


def tied_events(n_event, n_risk) -> TiedEvents:
    """The events of each time, one by one or by points that stand for them.

    Parameters
    ----------
    n_event, n_risk : (K,) arrays of int
        Of each event time; at least one event.
    """
    in_short = (n_event >= 2 * NODES) & (n_event <= _SMALL_SHARE * n_risk)
    many = n_event.sum() > MANY_EVENTS
    in_short &= many
    in_blocks = np.flatnonzero((n_event >= _MANY_OF_A_DAY) & ~in_short & many)
    size = np.where(in_short, NODES, n_event)
    size[in_blocks] = [_blocks(n)[0].size for n in n_event[in_blocks].tolist()]
    time = np.arange(n_event.size).repeat(size)
    first = size.cumsum() - size
    share = (np.arange(time.size) - first[time]) / n_event[time]
    stands_for = np.ones(time.size)
    if in_short.any():
        distinct, which = np.unique(n_event[in_short], return_inverse=True)
        points, weights = _quadrature_of(distinct)
        where = in_short[time]
        share[where], stands_for[where] = points[which].ravel(), weights[which].ravel()
    for one in in_blocks:
        here = slice(first[one], first[one] + size[one])
        share[here], stands_for[here] = _blocks(int(n_event[one]))
    powers = np.stack([stands_for, stands_for * share, stands_for * share**2])
    return TiedEvents(time, first, share, powers)


def _quadrature_of(distinct) -> tuple[np.ndarray, np.ndarray]:
    """The same from a table, which every fit of a screen would else make anew."""
    most = int(distinct[-1])
    if most >= _TABLE:
        return _quadrature(distinct)
    points, weights = _table(1 << most.bit_length())
    return points[distinct - NODES], weights[distinct - NODES]


@lru_cache(maxsize=1024)
def _blocks(n_event: int) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights for any share of those at risk.

    What is summed may grow beyond all bounds where everybody has left, at the share 1. Each block
    takes a quarter of the way that is left to there, whatever the covariates: an error of about
    14 to the power of -12, as the pole is seven half lengths from its middle. The last events are
    taken one by one.
    """
    points, weights, done = [], [], 0
    while (n_event - done) // 4 >= 2 * NODES:
        size = (n_event - done) // 4
        of_size, weight = _quadrature(np.array([size]))
        points.append((done + of_size[0] * size) / n_event)
        weights.append(weight[0])
        done += size
    last = np.arange(done, n_event)
    return np.concatenate([*points, last / n_event]), np.concatenate([*weights, np.ones(last.size)])


@lru_cache(maxsize=4)
def _table(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights for NODES to ``size`` tied events."""
    return _quadrature(np.arange(NODES, size + 1))


def _quadrature(counts) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights for sums over l / d, l = 0 … d - 1, for each d: (U, NODES) each."""
    counts = counts[:, None].astype(float)
    k = np.arange(1, NODES)
    beside = np.sqrt(k**2 * (counts**2 - k**2) / (4 * (4 * k**2 - 1)))
    matrix = np.zeros((len(counts), NODES, NODES))
    matrix[:, k, k - 1] = beside
    points, vectors = np.linalg.eigh(matrix)
    return (points + (counts - 1) / 2) / counts, counts * vectors[:, 0] ** 2
