"""Where the bounds of a number may stand, so that nobody is told from the others by a bound."""

from __future__ import annotations

import math

import numpy as np

from data.study import Study, Variable


def step_starts(study: Study, variable: Variable, within: np.ndarray) -> np.ndarray:
    """The smallest value of each step of a number: (S,) rising; empty for too few values.

    A step holds ``minimum_cell`` patients at least and does not reach over a cut at which a split
    divides, unless too few stand beside the cut.
    """
    minimum = study.disclosure.minimum_cell
    numbers = study.numbers[variable.id]
    used = within & np.isfinite(numbers)
    if int(used.sum()) < minimum:
        return np.zeros(0)
    values, first, sizes = np.unique(numbers[used], return_index=True, return_counts=True)
    levels = study.codes[variable.id][used][first]
    starts, held, level = [values[0]], 0, levels[0]
    for value, size, own in zip(values, sizes, levels, strict=True):
        if held >= minimum:
            starts.append(value)
            held, level = 0, own
        elif own != level and len(starts) > 1 and _level_of(values, levels, starts[-2]) == level:
            # The rest of a range is too few for a step of its own: it goes with the one before.
            starts[-1] = value
            held, level = 0, own
        held += int(size)
    if held < minimum and len(starts) > 1:
        starts.pop()
    return np.array(starts)


def _level_of(values: np.ndarray, levels: np.ndarray, value: float) -> int:
    return int(levels[int(np.searchsorted(values, value))])


def outward(low: float, high: float) -> tuple[float, float]:
    """Two ends that lie at or beyond some values, on a grid of a twentieth of their distance.

    Examples
    --------
    >>> outward(37, 84), outward(11.2, 187.0)
    ((35.0, 85.0), (10.0, 190.0))
    """
    wide = (high - low) / 20 or max(abs(high), 1.0) / 20
    power = 10.0 ** math.floor(math.log10(wide))
    grid = next(power * step for step in (1, 2, 5, 10) if power * step >= wide)
    return round(math.floor(low / grid) * grid, 10), round(math.ceil(high / grid) * grid, 10)
