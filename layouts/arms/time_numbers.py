"""The numbers of the section Over time: what each is called, and how it is made of a result."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layouts.arms.more_results import OverTimeResult
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS
from layouts.shared.numbers import DAYS, SHARE, STATISTIC, Key, Number

# Months between which a hazard ratio counts as constant.
CUTS = (6, 12, 24)
CUT_DAYS = tuple(month * LANDMARK_DAYS[0] / LANDMARKS[0] for month in CUTS)
CONSTANT = ("piecewise-constant",)
ANY_DIFFERENCE = ("sup-difference",)


def gap(month: int) -> Key:
    """Difference of survival at a month."""
    return (f"survival-difference-{month}",)


def mean_until(month: int) -> Key:
    """Mean time gained up to a month."""
    return (f"rmst-difference-{month}",)


def piece(place: int) -> Key:
    """Hazard ratio of a stretch."""
    return (f"piece-ratio-{place}",)


def of_over_time(result: OverTimeResult) -> Iterator[Number]:
    """Differences at fixed months, ratios of the stretches, and the two tests."""
    found = result.found
    ours, theirs = found.curves
    means = {round(tau, 3): place for place, tau in enumerate(found.means.tau.tolist())}
    for month, day in zip(CUTS, CUT_DAYS, strict=True):
        a, b = ours.at(day), theirs.at(day)
        value = float(a.survival[0] - b.survival[0])
        margin = 1.959963984540054 * float(np.hypot(a.std_err[0], b.std_err[0]))
        yield Number(gap(month), value, value - margin, value + margin, unit=SHARE)
        place = means.get(round(day, 3))
        if place is not None:
            one = found.means
            limits = (float(x[place]) for x in (one.value, one.lower, one.upper))
            yield Number(mean_until(month), *limits, unit=DAYS)
    for place, one in enumerate(found.pieces.pieces):
        yield Number(piece(place), one.value, one.lower, one.upper, one.p_value)
    yield Number(CONSTANT, found.pieces.chi_square, p=found.pieces.p_value, unit=STATISTIC)
    yield Number(ANY_DIFFERENCE, found.band.critical, p=found.band.p_value, unit=STATISTIC)
