"""Time axes: where the ticks of a survival figure stand."""

from __future__ import annotations

import math

# Clinicians count in 3, 6 and 12 months; other steps only where these would crowd or starve.
_STEPS = {
    "months": (0.5, 1, 2, 3, 6, 12, 24, 36, 60, 120, 240),
    "days": (1, 7, 14, 30, 60, 90, 180, 360, 720, 1800, 3600, 7200),
    "years": (0.25, 0.5, 1, 2, 3, 5, 10, 20),
}


# In any unit, far below what is drawn.
EDGE = 1e-7


def time_ticks(first: float, last: float, unit: str, at_most: int) -> list[float]:
    """Ticks from ``first`` to ``last`` in the reader's unit.

    Parameters
    ----------
    at_most : int
        As many ticks as have room, with a column of the risk table under each.
    """
    span = max(last - first, 0.0)
    for step in _STEPS[unit]:
        # A tick that rounding puts a little outside stands on the edge.
        start, end = math.ceil((first - EDGE) / step), math.floor((last + EDGE) / step)
        if max(math.floor(span / step), end - start) < at_most:
            break
    return [round(i * step, 6) for i in range(start, end + 1)]


def axis_end(last: float, unit: str) -> float:
    """The axis ends where the last patient does; a follow-up of zero still gets an axis."""
    return last if last > 0 else _STEPS[unit][1]
