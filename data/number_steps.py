"""Where the bounds of a number may stand, so that nobody is told from the others by a bound."""

from __future__ import annotations

import math

import numpy as np

from data.people import People, everybody
from data.study import ARM, Study, Variable


def step_starts(
    study: Study, variable: Variable, within: np.ndarray, people: People | None = None
) -> np.ndarray:
    """The smallest value of each step of a number: (S,) rising; empty for too few values.

    A step holds ``minimum_cell`` patients at least, of each arm that has as many, so that the arms
    stand at the same steps as all. It does not reach over a cut at which a split divides, unless
    too few stand beside the cut.

    Parameters
    ----------
    within : (K,) array of bool
        Patients of all arms.
    people : People, optional
        Of whom the mask is; the study's patients if not given.
    """
    minimum, people = study.disclosure.minimum_cell, people or everybody(study)
    numbers = people.numbers[variable.id]
    used = within & np.isfinite(numbers)
    if people.size(used) < minimum:
        return np.zeros(0)
    values, first, place = np.unique(numbers[used], return_index=True, return_inverse=True)
    levels = people.codes[variable.id][used][first]
    sizes = _by_arm(study, people, used, place, len(values))
    starts, held, level = [values[0]], np.zeros(sizes.shape[1], int), levels[0]
    for value, size, own in zip(values, sizes, levels, strict=True):
        if (held >= minimum).all():
            starts.append(value)
            held, level = np.zeros_like(held), own
        elif own != level and len(starts) > 1 and _level_of(values, levels, starts[-2]) == level:
            # The rest of a range is too few for a step of its own: it goes with the one before.
            starts[-1] = value
            held, level = np.zeros_like(held), own
        held = held + size
    if not (held >= minimum).all() and len(starts) > 1:
        starts.pop()
    return np.array(starts)


def _by_arm(study: Study, people: People, used: np.ndarray, place: np.ndarray, size: int):
    """Patients with each value: all of them, then of each arm that has enough; (V, 1 + A)."""
    everywhere = np.ones(place.size, bool)
    some = People({}, {}, None if people.n is None else people.n[used])
    columns = [some.by(place, everywhere, size)]
    for code in range(len(study.arms)):
        of_arm = some.by(place, people.codes[ARM][used] == code, size)
        if int(of_arm.sum()) >= study.disclosure.minimum_cell:
            columns.append(of_arm)
    return np.column_stack(columns)


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
