"""Early shrinkage, the number of follow-up images, and ages: what the rest leaves open."""

from __future__ import annotations

import numpy as np

from data.reconstruction.soramic.cohort import Cohort
from data.reconstruction.soramic.dice import between, shuffled
from data.reconstruction.soramic.targets import Targets
from data.reconstruction.soramic.values import (
    DEPTH,
    DEPTH_TIME,
    FIRST_IMAGE,
    RESPONSE_TIME,
    ValuesNotFoundError,
)
from data.reconstruction.soramic.words import AGE_65, ARM_IDS, SD, YES

SHRINKAGE = "ets"
IMAGES = "follow_up_images"
AGE = "age_years"
_SHRUNK = 200
_USUAL_GAP = 30
_MOST_IMAGES = 20
_YOUNGER, _OLDER = (41, 64), (65, 84)


def find_shrinkage(cohort: Cohort, targets: Targets, dice: np.ndarray) -> np.ndarray:
    """Who had shrunk by more than 20 % at the first image.

    Everybody who responded at that image; then, as many as are printed, some who responded later
    or whose disease was stable with a depth of more than 20 %.
    """
    first, response = cohort.values[FIRST_IMAGE], cohort.values[RESPONSE_TIME]
    at_once = cohort.responder & (response == first)
    deep = (cohort.response == SD) & (cohort.values[DEPTH] > _SHRUNK)
    able = (cohort.responder & ~at_once) | deep
    shrunk = at_once.copy()
    for arm, arm_id in enumerate(ARM_IDS):
        mine = cohort.arm == arm
        more = targets.count("ets=yes", f"arm={arm_id}") - int((at_once & mine).sum())
        places = shuffled(dice, np.flatnonzero(able & mine))
        if not 0 <= more <= len(places):
            raise ValuesNotFoundError(f"{SHRINKAGE}: {more} more of {len(places)}")
        shrunk[places[:more]] = True
    return shrunk.astype(np.int64)


def _known_images(cohort: Cohort) -> np.ndarray:
    """How many images a patient's own times need: each different time is one."""
    columns = (FIRST_IMAGE, RESPONSE_TIME, DEPTH_TIME)
    times = np.stack([*(cohort.values[column] for column in columns), cohort.seen_until])
    return np.array([len(set(known[known >= 0].tolist())) for known in times.T])


def find_images(cohort: Cohort, targets: Targets, dice: np.ndarray) -> np.ndarray:
    """Number of follow-up images: at least those that are known, with the printed quartiles."""
    need = _known_images(cohort)
    usual = need + cohort.seen_until // _USUAL_GAP
    images = np.zeros(len(need), dtype=np.int64)
    for arm, arm_id in enumerate(ARM_IDS):
        mine = np.array(shuffled(dice, np.flatnonzero(cohort.arm == arm)))
        # The fewest images go to those who need fewest and were followed shortest.
        mine = mine[np.lexsort((usual[mine], need[mine]))]
        quartiles = [
            int(targets.text(quantity, "follow-up-images", where=f"arm={arm_id}"))
            for quantity in ("lower quartile", "median", "upper quartile")
        ]
        images[mine] = _ranked(need[mine], usual[mine], quartiles, dice)
    return images


def _ranked(need: np.ndarray, usual: np.ndarray, quartiles: list[int], dice) -> np.ndarray:
    """Numbers of images by rank, between quartiles that hold exactly (R's type 7)."""
    n = len(need)
    edges = [(n - 1) * part / 4 for part in (1, 2, 3)]
    low = np.ones(n, dtype=np.int64)
    high = np.full(n, _MOST_IMAGES)
    for edge, quartile in zip(edges, quartiles, strict=True):
        low[int(np.floor(edge)) :] = quartile
        high[: int(np.ceil(edge)) + 1] = np.minimum(high[: int(np.ceil(edge)) + 1], quartile)
    if (need > high).any():
        raise ValuesNotFoundError(f"{IMAGES}: {int((need > high).sum())} patients need more")
    wanted = usual + np.array([between(dice, -1, 1) for _ in range(n)])
    return np.clip(np.maximum(wanted, need), np.maximum(low, need), high)


def find_ages(cohort: Cohort, dice: np.ndarray) -> np.ndarray:
    """Ages in whole years on the right side of 65, most of them near it."""
    older = cohort.labels[AGE_65.column] == YES
    spans = [_OLDER if one else _YOUNGER for one in older]
    first = np.array([between(dice, *span) for span in spans])
    second = np.array([between(dice, *span) for span in spans])
    return np.where(older, np.minimum(first, second), np.maximum(first, second))
