"""Random whole numbers that are the same on every machine.

numpy promises no stable stream of its distributions, and floating-point draws could differ in
the last digit. So the search throws dice of its own: SplitMix64 (Steele, Lea & Flood 2014,
OOPSLA, "Fast splittable pseudorandom number generators"), in 64-bit integers only.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _33 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(33)

LEVELS = 1024
# Quantiles of the exponential distribution with mean 1, in millionths. An annealing step that
# makes the energy worse by no more than temperature times one of them is accepted, which is the
# rule of Metropolis with a coarse random number.
EXPONENTIAL = np.array(
    [round(-1e6 * math.log(1 - (k + 0.5) / LEVELS)) for k in range(LEVELS)], dtype=np.int64
)


def new_dice(seed: int) -> np.ndarray:
    """Dice for one seed: an array of one unsigned number, changed by every throw."""
    return np.array([seed * 0x9E3779B97F4A7C15 % 2**64], dtype=np.uint64)


@njit
def below(dice, n):
    """One of 0, 1, …, n - 1, for n far below 2**31."""
    dice[0] = dice[0] + _STEP
    z = dice[0]
    z = (z ^ (z >> _30)) * _MIX_1
    z = (z ^ (z >> _27)) * _MIX_2
    z = z ^ (z >> _31)
    return np.int64(z >> _33) % n


@njit
def accepts(dice, worse, temperature):
    """Whether a step that makes an energy worse by so many millionths is taken.

    Parameters
    ----------
    worse : int
        New energy minus old, in millionths.
    temperature : int
        In millionths of the same unit.
    """
    if worse <= 0:
        return True
    return worse <= temperature * EXPONENTIAL[below(dice, LEVELS)] // 1_000_000


def shuffled(dice: np.ndarray, items) -> list:
    """The items in random order (Fisher and Yates)."""
    found = list(items)
    for last in range(len(found) - 1, 0, -1):
        other = below(dice, last + 1)
        found[last], found[other] = found[other], found[last]
    return found


def between(dice: np.ndarray, lowest: int, highest: int) -> int:
    """A whole number from lowest to highest, both included."""
    return lowest + int(below(dice, highest - lowest + 1))
