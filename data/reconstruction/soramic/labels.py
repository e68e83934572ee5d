"""Characteristics of the patients, with progression-free survival fixed."""

from __future__ import annotations

import numpy as np

from data.reconstruction.soramic.association import unrelated
from data.reconstruction.soramic.cohort import Cohort
from data.reconstruction.soramic.comparisons import cox_windows
from data.reconstruction.soramic.dice import shuffled
from data.reconstruction.soramic.labels_kernel import anneal_label, anneal_stage, label_off
from data.reconstruction.soramic.targets import Targets
from data.reconstruction.soramic.words import (
    ALBI,
    ARM_IDS,
    BCLC,
    CHILD_PUGH,
    CIRRHOSIS,
    DIFFUSE,
    ECOG,
    MISSING,
    NO,
    PLAIN,
    PVI,
    RACE,
    SPREAD,
    UP_TO_7,
    YES,
    Label,
)

_MOVES = 10_000
_STAGE_MOVES = 16_000
_HOTTEST = 2_000_000
_FALLS, _STAGE_FALLS = 932_000, 957_000
_TRIES = 3
# The text says that nothing but the arm and Child–Pugh was related to response or to
# progression-free survival (p < 0.05).
_UNRELATED = 0.06
_ANY_RATIO = np.array([[-1.0, 1.0], [-1e9, 1e9], [-1e9, 1e9], [0.0, 1.88]])
_NOTHING = np.zeros((0, 2))


class LabelNotFoundError(Exception):
    """No placement of a label was found that fits its print; the times must be drawn anew."""


def _counts(targets: Targets, label: Label, arm: int) -> tuple[int, int]:
    """Patients of an arm with the label, and without a value."""
    where = f"arm={ARM_IDS[arm]}"
    missing = targets.count(label.missing, where) if label.missing else 0
    return targets.count(label.cell, where), missing


def start_label(cohort: Cohort, targets: Targets, label: Label, dice, forced=None) -> np.ndarray:
    """The label at random in each arm in its printed count; 1 for all who are `forced`."""
    found = np.full(len(cohort.arm), NO)
    forced = np.zeros(len(cohort.arm), dtype=bool) if forced is None else forced
    found[forced] = YES
    for arm in (0, 1):
        yes, missing = _counts(targets, label, arm)
        free = shuffled(dice, np.flatnonzero((cohort.arm == arm) & ~forced))
        yes -= int((forced & (cohort.arm == arm)).sum())
        found[free[:yes]] = YES
        found[free[yes : yes + missing]] = MISSING
    return found


def between(cohort: Cohort, label: np.ndarray) -> np.ndarray:
    """How many responders the label may have, unrelated to response as the text says."""
    known = label != MISSING
    responders = int(cohort.responder[known].sum())
    yes = int((label == YES).sum())
    return np.array(unrelated(int(known.sum()), responders, yes, _UNRELATED))


def _place(cohort: Cohort, targets: Targets, label: Label, dice, **given) -> np.ndarray:
    """Anneal one label; LabelNotFoundError if it does not fit."""
    forced = given.get("forced")
    n = len(cohort.arm)
    free = np.ones(n, dtype=np.int64) if forced is None else (~forced).astype(np.int64)
    windows = cox_windows(targets, "pfs", label.cell)
    for _ in range(_TRIES):
        found = start_label(cohort, targets, label, dice, forced)
        count = given.get("responders", between(cohort, found))
        off = anneal_label(
            found,
            cohort.arm,
            free,
            np.array(cohort.pfs),
            windows,
            cohort.responder.astype(np.int64),
            count,
            given.get("with_arm", _NOTHING),
            _MOVES,
            _HOTTEST,
            _FALLS,
            dice,
        )
        if off == 0:
            return found
    raise LabelNotFoundError(f"{label.column}: {off / 1e6:.4f} off")


def _child_pugh(cohort: Cohort, targets: Targets, dice) -> np.ndarray:
    """Child–Pugh, with the arm's row of the two-variable model as far as it can be met.

    The lower limit of that row contradicts its p-value, and the row of Child–Pugh itself its own
    univariable one; both are left to come out as they do.
    """
    count = int(targets.count("objective-response=yes", f"{CHILD_PUGH.cell}"))
    with_arm = cox_windows(targets, "pfs", "arm=sorafenib", CHILD_PUGH.cell)
    with_arm[1] = -1e9, 1e9
    return _place(
        cohort, targets, CHILD_PUGH, dice, responders=np.array([count, count]), with_arm=with_arm
    )


def _stage(cohort: Cohort, targets: Targets, dice) -> None:
    """ECOG and extrahepatic spread together: with portal vein infiltration they are BCLC C."""
    wanted = np.array([targets.count(BCLC.cell, f"arm={arm}") for arm in ARM_IDS])
    windows = np.stack([cox_windows(targets, "pfs", label.cell) for label in (ECOG, BCLC)])
    for _ in range(_TRIES):
        ecog = start_label(cohort, targets, ECOG, dice)
        spread = start_label(cohort, targets, SPREAD, dice)
        stage = start_label(cohort, targets, BCLC, dice)
        counts = np.stack([between(cohort, label) for label in (ecog, spread, stage)])
        off = anneal_stage(
            ecog,
            spread,
            cohort.labels[PVI.column],
            cohort.arm,
            np.array(cohort.pfs),
            windows,
            cohort.responder.astype(np.int64),
            counts,
            wanted,
            _STAGE_MOVES,
            _HOTTEST,
            _STAGE_FALLS,
            dice,
        )
        if off == 0 and _is_unrelated(cohort, spread):
            cohort.labels[ECOG.column], cohort.labels[SPREAD.column] = ecog, spread
            staged = (ecog == YES) | (spread == YES) | (cohort.labels[PVI.column] == YES)
            cohort.labels[BCLC.column] = staged.astype(np.int64)
            return
    raise LabelNotFoundError(f"{BCLC.column}: {off / 1e6:.4f} off")


def _is_unrelated(cohort: Cohort, label: np.ndarray) -> bool:
    """Whether a label is related neither to progression-free survival nor to response."""
    off = label_off(
        label,
        np.array(cohort.pfs),
        _ANY_RATIO,
        cohort.responder.astype(np.int64),
        between(cohort, label),
    )
    return off == 0


def _draw(cohort: Cohort, targets: Targets, label: Label, dice, forced=None) -> np.ndarray:
    """A label of which no hazard ratio is printed: at random, unrelated to outcome."""
    while True:
        found = start_label(cohort, targets, label, dice, forced)
        if _is_unrelated(cohort, found):
            return found


def _diffuse(cohort: Cohort, targets: Targets, dice) -> np.ndarray:
    """Diffuse disease, which is ten lesions or more and so lies outside up-to-7."""
    outside = cohort.labels[UP_TO_7.column] == YES
    while True:
        found = np.full(len(cohort.arm), NO)
        for arm in (0, 1):
            yes, _ = _counts(targets, DIFFUSE, arm)
            places = shuffled(dice, np.flatnonzero(outside & (cohort.arm == arm)))
            found[places[:yes]] = YES
        if _is_unrelated(cohort, found):
            return found


def find_labels(cohort: Cohort, targets: Targets, dice: np.ndarray) -> None:
    """Set all labels of the cohort. LabelNotFoundError if one cannot be placed."""
    labels = cohort.labels
    labels[CHILD_PUGH.column] = _child_pugh(cohort, targets, dice)
    labels[PVI.column] = _place(cohort, targets, PVI, dice)
    _stage(cohort, targets, dice)
    for label in PLAIN:
        labels[label.column] = _place(cohort, targets, label, dice)
    # A liver of Child–Pugh B is cirrhotic, and its ALBI grade is not 1.
    poor = labels[CHILD_PUGH.column] == YES
    labels[CIRRHOSIS.column] = _place(cohort, targets, CIRRHOSIS, dice, forced=poor)
    labels[ALBI.column] = _draw(cohort, targets, ALBI, dice, forced=poor)
    labels[UP_TO_7.column] = _place(cohort, targets, UP_TO_7, dice)
    labels[DIFFUSE.column] = _diffuse(cohort, targets, dice)
    labels[RACE.column] = _draw(cohort, targets, RACE, dice)
