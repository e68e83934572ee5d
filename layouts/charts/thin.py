"""Long curves with the steps that can be seen: a figure has some thousand pixels, not a million."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.survival import KaplanMeier
from analysis.survival_groups import GroupSurvival

MOST_POINTS = 2_000
"""Points that are drawn of a curve at most: more than a figure has pixels across."""


def drawn_places(time: np.ndarray, most: int = MOST_POINTS) -> np.ndarray:
    """Which points of a step function are drawn, in their order: all, or ``most`` at most.

    The time is cut into equal parts that are narrower than a pixel, and of each the last point is
    drawn, at which the curve has the height that it leaves the part with.
    """
    if time.size <= most:
        return np.arange(time.size)
    first, last = float(time[0]), float(time[-1])
    # The first point has a part of its own.
    share = (np.asarray(time, float) - first) / (last - first) * (most - 2)
    part = np.ceil(share).astype(np.intp)
    return np.append(np.flatnonzero(part[1:] > part[:-1]), time.size - 1)


def thinned(group: GroupSurvival) -> GroupSurvival:
    """A group whose curve is drawn; events and censorings are counted up to the next point."""
    curve = group.curve
    if curve.time.size <= MOST_POINTS:
        return group
    places = drawn_places(curve.time)
    return replace(group, curve=_at(curve, places))


def _at(curve: KaplanMeier, places: np.ndarray) -> KaplanMeier:
    begins = np.append(0, places[:-1] + 1)
    values = ("time", "survival", "lower", "upper", "std_err")
    return replace(
        curve,
        **{name: getattr(curve, name)[places] for name in values},
        n_risk=curve.n_risk[begins],
        n_event=np.add.reduceat(curve.n_event, begins),
        n_censor=np.add.reduceat(curve.n_censor, begins),
    )
