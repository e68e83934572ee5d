"""The whole search for one seed: counts, times, labels, measurements; again until all fit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.reconstruction.soramic.cohort import Cohort
from data.reconstruction.soramic.comparisons import Printed, read_comparisons
from data.reconstruction.soramic.dice import new_dice
from data.reconstruction.soramic.images import (
    AGE,
    IMAGES,
    SHRINKAGE,
    find_ages,
    find_images,
    find_shrinkage,
)
from data.reconstruction.soramic.labels import LabelNotFoundError, find_labels
from data.reconstruction.soramic.rows import patient_rows
from data.reconstruction.soramic.skeleton import draw_skeleton
from data.reconstruction.soramic.targets import Targets, read_targets
from data.reconstruction.soramic.times import find_times, shake_times
from data.reconstruction.soramic.values import ValuesNotFoundError, find_values

# The seeds, counted from 1, that lead to the end at the first attempt; the first is shipped.
SEEDS = (4, 1, 5, 8, 13, 19, 29, 30, 36, 39, 46, 55, 59, 68, 85, 97, 98, 115, 116, 117)
_ATTEMPTS = 60
_VALUE_ATTEMPTS = 8
_SHAKES = 5


def reconstruct(seed: int, say: Callable[[str], None] = print) -> list[dict[str, str]]:
    """Patients whose recomputed tables are the printed ones.

    Parameters
    ----------
    seed : int
        The same seed gives the same patients on every machine.
    say : callable
        Told one line for each stage.

    Raises
    ------
    RuntimeError
        If no attempt of this seed led to the end.
    """
    targets, dice = read_targets(), new_dice(seed)
    printed = read_comparisons(targets)
    for attempt in range(1, _ATTEMPTS + 1):
        cohort = _attempt(targets, printed, dice, lambda text, k=attempt: say(f"try {k}: {text}"))
        if cohort is not None:
            return patient_rows(cohort, dice)
    raise RuntimeError(f"seed {seed}: nothing found in {_ATTEMPTS} attempts")


def _attempt(targets: Targets, printed: Printed, dice: np.ndarray, say) -> Cohort | None:
    """One draw of counts followed to the end, or None where a stage did not fit."""
    cohort = draw_skeleton(targets, dice)
    off, usual = find_times(cohort, printed, dice)
    for _ in range(_SHAKES):
        if off:
            say(f"times {off / 1e6:.3f} off")
            return None
        say("times fit")
        if _labels_fit(cohort, targets, dice, say):
            return cohort if _measurements_fit(cohort, targets, dice, say) else None
        off = shake_times(cohort, printed, usual, dice)
    return None


def _labels_fit(cohort: Cohort, targets: Targets, dice: np.ndarray, say) -> bool:
    try:
        find_labels(cohort, targets, dice)
    except LabelNotFoundError as error:
        say(str(error))
        return False
    say("labels fit")
    return True


def _measurements_fit(cohort: Cohort, targets: Targets, dice: np.ndarray, say) -> bool:
    for _ in range(_VALUE_ATTEMPTS):
        try:
            find_values(cohort, targets, dice)
            cohort.values[SHRINKAGE] = find_shrinkage(cohort, targets, dice)
            cohort.values[IMAGES] = find_images(cohort, targets, dice)
        except ValuesNotFoundError as error:
            say(str(error))
            continue
        cohort.values[AGE] = find_ages(cohort, dice)
        say("measurements fit")
        return True
    return False
