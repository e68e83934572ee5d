"""Windows that slide over a number, made of counts by value.

The sliding windows of the subpopulation treatment effect pattern plot (STEPP; Bonetti M, Gelber RD.
Stat Med 2000;19:2595–2609, Biostatistics 2004;5:465–481), each with enough events for an estimate
of its own. Neighbours share three quarters of their events.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_EVENTS = 20
# No more windows than an eye can follow, however many events there are.
_WHOLE_WINDOWS = 12
_STEPS = 4


@dataclass(frozen=True, eq=False)
class Windows:
    """K windows of a number.

    Attributes
    ----------
    low, high : (K,) arrays
        Smallest and largest value of each; both belong to it.
    middle : (K,) array
        Mean of its patients.
    events : int
        Events that each has at least.
    """

    low: np.ndarray
    high: np.ndarray
    middle: np.ndarray
    events: int

    def __len__(self) -> int:
        return self.low.size


def sliding_windows(value, event, least_events: int = LEAST_EVENTS) -> Windows:
    """Windows over a number with enough events each.

    Parameters
    ----------
    value : (N,) array of float
        Finite.
    event : (N,) array of 0 and 1
    least_events : int
        Events of a window; a twelfth of all events where that is more.

    Returns
    -------
    Windows
        The first begins with the smallest value, the last ends with the largest; a value is never
        divided between windows. None where there are fewer events than that.
    """
    values, place = np.unique(np.asarray(value, float), return_inverse=True)
    total = np.bincount(place, np.asarray(event, float), values.size).cumsum()
    events = int(total[-1]) if values.size else 0
    size = max(int(least_events), -(-events // _WHOLE_WINDOWS))
    step = max(1, size // _STEPS)
    found: list[tuple[int, int]] = []
    start = 0
    while start < values.size:
        before = total[start - 1] if start else 0
        end = int(np.searchsorted(total, before + size))
        if end >= values.size:
            break
        found.append((start, end))
        # At least one value further, and so many events that the next one says something else.
        start = max(start, int(np.searchsorted(total, before + step))) + 1
    if found and found[-1][1] < values.size - 1:
        # From the end backwards, so that the largest values are in a window too.
        last = int(np.searchsorted(total, events - size, side="right"))
        start = found[-1][0]
        # Values behind it that are too few for a window of their own belong to the last one.
        found[-1:] = (
            [found[-1], (last, values.size - 1)] if last > start else [(start, values.size - 1)]
        )
    low, high = (np.array(ends, int) for ends in (zip(*found, strict=True) if found else ((), ())))
    patients = np.bincount(place, minlength=values.size)
    before = np.concatenate([np.zeros((2, 1)), np.cumsum([patients, patients * values], axis=1)], 1)
    n, total_value = before[:, high + 1] - before[:, low]
    return Windows(values[low], values[high], total_value / n, size)
