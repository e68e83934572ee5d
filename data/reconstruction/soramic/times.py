"""Times of progression, last image and death, from usual times to those that fit the print."""

from __future__ import annotations

import math

import numpy as np

from data.reconstruction.soramic.cohort import Cohort
from data.reconstruction.soramic.comparisons import DAYS, LONGEST, Printed
from data.reconstruction.soramic.dice import below, between
from data.reconstruction.soramic.times_kernel import allowed, anneal_times
from data.reconstruction.soramic.words import CR, EXTRAHEPATIC, PD, PR, SD

# Fewest and most moves, and the first and last temperature in millionths: one long cooling, then,
# while a little is still off, short ones from a lower heat.
_COOLINGS = ((0, 400_000, 1_000_000, 10_000), *2 * ((0, 120_000, 100_000, 10_000),))
# Where the labels do not fit, the times are moved on: warmed up at first, so that they change.
_SHAKES = ((20_000, 120_000, 300_000, 10_000), *2 * ((0, 120_000, 100_000, 10_000),))
_STAGES = 200
_HOPELESS = 500_000
_LEVELS = 128
# Median months to progression, or to the last image, and from progression to death, by best
# response: where the search begins, not where it must end. Deeper response lasts longer.
_TO_PROGRESSION = {CR: 15.0, PR: 8.5, SD: 5.5, PD: 2.4}
_TO_END = {CR: 10.0, PR: 9.0, SD: 9.0, PD: 4.5}
_EARLIEST = {CR: 2.4, PR: 2.4, SD: 2.4, PD: 0.8}
_LATEST_PD = 6.0
# How heavy the tails of these times are is open: each attempt draws it, in hundredths.
_TAIL = (90, 140)
# Tenths of a month for which those who are alive have usually been followed.
_FOLLOWED = (220, 540)


def _usual(response: int, tail: float) -> np.ndarray:
    """Quantiles of a Weibull time from its earliest, (levels, 2), tenths of a month."""
    shares = [(level + 0.5) / _LEVELS for level in range(_LEVELS)]
    waits = [(-math.log2(1 - share)) ** tail for share in shares]
    first, median = _EARLIEST[response], _TO_PROGRESSION[response]
    to_progression = [round(10 * (first + (median - first) * wait)) for wait in waits]
    if response == PD:
        # The first image lies between two fixed times; most are early.
        span = _LATEST_PD - first
        to_progression = [round(10 * (first + span * share**1.4)) for share in shares]
    to_end = [max(1, round(10 * _TO_END[response] * wait)) for wait in waits]
    return np.minimum(np.array([to_progression, to_end], dtype=np.int64).T, LONGEST)


def _usual_of(cohort: Cohort, patient: int, tables: dict, dice) -> np.ndarray:
    """Usual times of a patient; who is alive has usually been followed for long, or was lost."""
    table = tables[int(cohort.response[patient])]
    if cohort.dead[patient] or below(dice, 3) == 0:
        return table
    late = np.array(
        [
            _FOLLOWED[0] + (_FOLLOWED[1] - _FOLLOWED[0]) * level // _LEVELS
            for level in range(_LEVELS)
        ]
    )
    table = table.copy()
    table[:, 1 if cohort.progressed[patient] else 0] = late
    return table


def draw_times(cohort: Cohort, dice: np.ndarray) -> np.ndarray:
    """First times of every patient; returns the usual times, int (n, levels, 2)."""
    tail = between(dice, *_TAIL) / 100
    tables = {response: _usual(response, tail) for response in (CR, PR, SD, PD)}
    usual = [_usual_of(cohort, patient, tables, dice) for patient in range(len(cohort.arm))]
    facts = facts_of(cohort)
    for patient, table in enumerate(usual):
        while True:
            first = table[below(dice, _LEVELS), 0]
            later = first + table[below(dice, _LEVELS), 1]
            if cohort.site[patient] == 0:
                cohort.times[patient] = 0, first + below(dice, 61), first, 0
            else:
                hepatic = later if cohort.site[patient] == EXTRAHEPATIC else 0
                cohort.times[patient] = first, later, 0, hepatic
            if allowed(patient, facts, cohort.times):
                break
    return np.stack(usual)


def facts_of(cohort: Cohort) -> np.ndarray:
    """Arm, response, site and death as one array (n, 4)."""
    return np.stack([cohort.arm, cohort.response, cohort.site, cohort.dead], axis=1)


def find_times(cohort: Cohort, printed: Printed, dice: np.ndarray) -> tuple[int, np.ndarray]:
    """Set the cohort's times.

    Returns
    -------
    tuple of int and int array (n, levels, 2)
        What is still off, in millionths (0 is found), and the usual times, for `shake_times`.
    """
    usual = draw_times(cohort, dice)
    return _cool(cohort, printed, usual, _COOLINGS, dice), usual


def shake_times(cohort: Cohort, printed: Printed, usual: np.ndarray, dice: np.ndarray) -> int:
    """Find other times near those of the cohort; returns what is still off, in millionths."""
    return _cool(cohort, printed, usual, _SHAKES, dice)


def _cool(cohort: Cohort, printed: Printed, usual: np.ndarray, coolings, dice) -> int:
    fields = (printed.bounds, printed.starts, printed.z, printed.signed, printed.cox)
    for least, moves, hottest, coldest in coolings:
        falls = round(1e6 * (coldest / hottest) ** (1 / _STAGES))
        off = anneal_times(
            facts_of(cohort), cohort.times, usual, DAYS, fields, least, moves, hottest, falls, dice
        )
        if off == 0 or off > _HOPELESS:
            break
    return int(off)
