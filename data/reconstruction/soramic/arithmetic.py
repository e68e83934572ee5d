"""Logarithm and exponential from the four operations alone.

Those of a machine's library may differ in the last digit from machine to machine, and a search
that compares energies would then take another way. The four operations and the square root are
the same everywhere (IEEE 754).
"""

from __future__ import annotations

from numba import njit

LN_2 = 0.6931471805599453
# The normal deviate of a two-sided 95 % interval.
Z_95 = 1.959963984540054
_TERMS = 16


@njit
def natural_log(x):
    """ln x for x > 0, to about 14 digits: halved or doubled to near 1, then a series."""
    whole = 0
    while x > 1.4142135623730951:
        x = x * 0.5
        whole += 1
    while x < 0.7071067811865476:
        x = x * 2.0
        whole -= 1
    # ln x = 2 artanh((x - 1) / (x + 1)).
    z = (x - 1.0) / (x + 1.0)
    square = z * z
    total = 0.0
    for term in range(_TERMS - 1, -1, -1):
        total = total * square + 1.0 / (2 * term + 1)
    return 2.0 * z * total + whole * LN_2


@njit
def exponential(x):
    """e to the power x for \\|x\\| of at most 3 or so, to about 12 digits."""
    eighth = x * 0.125
    total = 1.0
    for term in range(14, 0, -1):
        total = 1.0 + eighth * total / term
    total = total * total
    total = total * total
    return total * total
