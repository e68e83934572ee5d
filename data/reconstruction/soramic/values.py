"""Measurements of the patients, with times and labels fixed."""

from __future__ import annotations

import numpy as np

from data.reconstruction.soramic.cohort import Cohort
from data.reconstruction.soramic.dice import below, between
from data.reconstruction.soramic.targets import Targets
from data.reconstruction.soramic.values_kernel import anneal_values
from data.reconstruction.soramic.windows import cut_and_rounded, rounded, z_of_p
from data.reconstruction.soramic.words import CR, NO, PD, PR, SD, UP_TO_7

_MOVES = 400_000
_HOTTEST, _FALLS = 3_000_000, 997_500
_TRIES = 4
_GROUPS = ("arm=re-sorafenib", "arm=sorafenib", "")
_TENTHS, _WHOLE = 10, 1
FIRST_IMAGE = "first_image_months"
RESPONSE_TIME = "time_to_response_months"
DEPTH = "dpr_percent"
DEPTH_TIME = "time_of_dpr_months"
LESION = "target_lesion_mm"
_LATEST_RESPONSE = 130
# Tenths of a percent: complete response is 1000, partial from 300, stable disease below.
_DEPTHS = {CR: (1000, 1000), PR: (300, 985), SD: (4, 295)}
_LESION = (10, 190)
# One lesion of more than 60 mm is outside up-to-7 by itself.
_LARGEST_INSIDE = 60


class ValuesNotFoundError(Exception):
    """No values were found that fit what is printed of a measurement."""


def _windows(targets: Targets, of: str, scale: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Windows of twice the median, of the mean and of the test, in the last place of values."""
    medians = [targets.text("median", of, where=where) for where in _GROUPS]
    twice = [round(2 * scale * float(text)) for text in medians]
    means = [rounded(targets.text("mean", of, where=where)) for where in _GROUPS]
    p = targets.text("Welch p", of, "arm")
    return (
        np.array([[value, value] for value in twice], dtype=float),
        np.array(means) * scale,
        np.array(z_of_p(p, cut_and_rounded)),
    )


def _anneal(name, cohort, who, start, bounds, windows, spread, to_lowest, dice) -> np.ndarray:
    """Values of those in `who`, -1 for others. ValuesNotFoundError if they do not fit.

    `spread` and `to_lowest` are those of `anneal_values`.
    """
    lowest, highest = (np.asarray(bound, dtype=np.int64) for bound in bounds)
    for _ in range(_TRIES):
        found = np.clip(start(), lowest, highest).astype(np.int64)
        off = anneal_values(
            found,
            cohort.arm[who],
            lowest,
            highest,
            *windows,
            spread,
            to_lowest,
            _MOVES,
            _HOTTEST,
            _FALLS,
            dice,
        )
        if off == 0:
            values = np.full(len(cohort.arm), -1, dtype=np.int64)
            values[who] = found
            return values
    raise ValuesNotFoundError(f"{name}: {off / 1e6:.4f} off")


def _bell(dice, middle: float, width: float) -> int:
    """A number around a middle: the mean of three even draws."""
    drawn = sum(between(dice, -100, 100) for _ in range(3)) / 100
    return round(middle + width * drawn)


def _first_images(cohort: Cohort, targets: Targets, dice) -> np.ndarray:
    """First image: at progression if that is the best response, otherwise before the last one."""
    of = "first-image-months"
    earliest, middle, latest = (
        round(10 * float(targets.text(quantity, of)))
        for quantity in ("smallest", "median", "largest")
    )
    fixed = cohort.response == PD
    until = cohort.seen_until
    lowest = np.where(fixed, until, earliest)
    highest = np.where(fixed, until, np.minimum(cohort.controlled_until, latest))
    drawn = np.array([_bell(dice, middle, 6) for _ in range(len(fixed))])
    values = np.clip(drawn, lowest, highest)
    free = np.flatnonzero(~fixed)
    far = free[cohort.controlled_until[free] >= latest]
    late = far[int(below(dice, len(far)))]
    early = [one for one in free if one != late][int(below(dice, len(free) - 1))]
    values[early], values[late] = earliest, latest
    anywhere = np.tile([-1e9, 1e9], (3, 1))
    medians = anywhere.copy()
    medians[2] = 2 * middle, 2 * middle
    lowest[[early, late]] = highest[[early, late]] = values[[early, late]]
    everybody = np.ones(len(fixed), dtype=bool)
    windows = (medians, anywhere, np.zeros(2))
    return _anneal(of, cohort, everybody, lambda: values, (lowest, highest), windows, 3, 0, dice)


def _response_times(cohort: Cohort, targets: Targets, dice) -> np.ndarray:
    """Time to response: at the first image or at a later one, before progression."""
    who = cohort.responder
    first = cohort.values[FIRST_IMAGE][who]
    latest = np.minimum(cohort.controlled_until[who], _LATEST_RESPONSE)

    def start():
        late = [0 if below(dice, 10) < 6 else between(dice, 5, 40) for _ in first]
        return first + np.array(late)

    windows = _windows(targets, "time-to-response-months", _TENTHS)
    return _anneal(RESPONSE_TIME, cohort, who, start, (first, latest), windows, 6, 1, dice)


def _depths(cohort: Cohort, targets: Targets, dice) -> np.ndarray:
    """Depth of response: complete is 100 %, partial at least 30 %, stable disease less."""
    who = cohort.controlled
    bounds = np.array([_DEPTHS[int(response)] for response in cohort.response[who]])

    def start():
        return np.array([between(dice, int(low), int(high)) for low, high in bounds])

    windows = _windows(targets, "dpr-percent", _TENTHS)
    return _anneal(DEPTH, cohort, who, start, bounds.T, windows, 40, 0, dice)


def _depth_times(cohort: Cohort, targets: Targets, dice) -> np.ndarray:
    """Time of the deepest response: from response (or first image) to the last image."""
    who = cohort.controlled
    begun = np.maximum(cohort.values[FIRST_IMAGE], cohort.values[RESPONSE_TIME])[who]
    until = cohort.controlled_until[who]

    def start():
        late = [0 if below(dice, 10) < 5 else between(dice, 5, 60) for _ in begun]
        return begun + np.array(late)

    windows = _windows(targets, "time-of-dpr-months", _TENTHS)
    return _anneal(DEPTH_TIME, cohort, who, start, (begun, until), windows, 10, 1, dice)


def _lesions(cohort: Cohort, targets: Targets, dice) -> np.ndarray:
    """Size of the target lesion in whole millimetres."""
    who = np.ones(len(cohort.arm), dtype=bool)
    inside = cohort.labels[UP_TO_7.column] == NO
    lowest = np.full(len(who), _LESION[0])
    bounds = lowest, np.where(inside, _LARGEST_INSIDE, _LESION[1])

    def start():
        # The larger of a skewed draw: many small lesions and some very large ones.
        return np.array(
            [12 + min(between(dice, 0, 175), between(dice, 20, 178)) for _ in who], dtype=np.int64
        )

    windows = _windows(targets, "target-lesion-mm", _WHOLE)
    return _anneal(LESION, cohort, who, start, bounds, windows, 12, 0, dice)


def find_values(cohort: Cohort, targets: Targets, dice: np.ndarray) -> None:
    """Set the measurements of the cohort. ValuesNotFoundError if one cannot be fitted."""
    stages = (
        (FIRST_IMAGE, _first_images),
        (RESPONSE_TIME, _response_times),
        (DEPTH, _depths),
        (DEPTH_TIME, _depth_times),
        (LESION, _lesions),
    )
    for column, find in stages:
        cohort.values[column] = find(cohort, targets, dice)
