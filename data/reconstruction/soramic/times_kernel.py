"""The search for times: one patient's time is moved, counts change, energies follow (compiled)."""

from __future__ import annotations

import numpy as np
from numba import njit

from data.reconstruction.soramic.arithmetic import Z_95
from data.reconstruction.soramic.cox import one_covariate
from data.reconstruction.soramic.dice import accepts, below
from data.reconstruction.soramic.lifetable import curves_off, log_rank_z, one_of, outside, steps

COMPARISONS = 7
PROGRESSION, END, IMAGE, HEPATIC = range(4)
_PD = 3
_EXTRAHEPATIC = 2
_FIRST_IMAGE, _LAST_FIRST_IMAGE = 8, 60
_CONTROL = 24
_IMAGE_BEFORE_END = 60
_LONGEST = 620
# Weights of a violation: about one patient's step of a curve, and a hundredth of a deviate.
_CURVE, _Z, _COX = 30.0, 20.0, 60.0
_MILLION = 1e6


@njit
def entry(patient, comparison, facts, times, days, out):
    """Group, time and event of a patient in a comparison; group -1 if not in it.

    Parameters
    ----------
    facts : int array (n, 4)
        Arm, response, site and death.
    times : int array (n, 4)
        Tenths of a month.
    days : int array
        Days of every tenth of a month; post-progression survival is in days.
    out : int array (3,)
    """
    arm, response, site, dead = facts[patient]
    progression, end = times[patient, PROGRESSION], times[patient, END]
    image, hepatic = times[patient, IMAGE], times[patient, HEPATIC]
    out[0] = arm
    if comparison == 0:
        out[1], out[2] = end, dead
    elif comparison <= 3:
        if site == 0:
            out[1], out[2] = image, 0
            if dead == 1 and comparison != 2:
                out[1], out[2] = end, 1
        elif comparison == 3 and site == _EXTRAHEPATIC:
            out[1] = hepatic
            out[2] = 1 if hepatic < end else dead
        else:
            out[1], out[2] = progression, 1
    elif site == 0:
        out[0] = -1
    else:
        out[1], out[2] = days[end] - days[progression], dead
        if comparison == 5:
            out[0] = 1 if response == _PD else 0
        elif comparison == 6:
            out[0] = 1 if response >= 2 else 0


@njit
def allowed(patient, facts, times):
    """Whether a patient's times can stand together."""
    response, site = facts[patient, 1], facts[patient, 2]
    progression, end = times[patient, PROGRESSION], times[patient, END]
    image, hepatic = times[patient, IMAGE], times[patient, HEPATIC]
    if end > _LONGEST:
        return False
    if site == 0:
        return image >= _CONTROL and image <= end and end - image <= _IMAGE_BEFORE_END
    if progression >= end:
        return False
    if response == _PD:
        if progression < _FIRST_IMAGE or progression > _LAST_FIRST_IMAGE:
            return False
    elif progression < _CONTROL:
        return False
    return site != _EXTRAHEPATIC or (hepatic >= progression and hepatic <= end)


@njit
def _energy(comparison, counts, sizes, printed, work):
    """How far one comparison is from its print, in millionths."""
    bounds, starts, z_windows, signed, cox = printed
    times, at_risk, died = work
    found = steps(counts[comparison], sizes[comparison], times, at_risk, died)
    mine = bounds[starts[comparison] : starts[comparison + 1]]
    off = _CURVE * curves_off(found, times, at_risk, died, mine)
    z = log_rank_z(found, at_risk, died)
    if signed[comparison] == 0:
        z = abs(z)
    off += _Z * outside(z, z_windows[comparison, 0], z_windows[comparison, 1])
    if comparison < 2:
        windows = cox[comparison]
        ratio, error = one_covariate(found, at_risk, died, windows[0, 0])
        off += _COX * outside(ratio, windows[0, 0], windows[0, 1])
        off += _COX * outside(ratio - Z_95 * error, windows[1, 0], windows[1, 1])
        off += _COX * outside(ratio + Z_95 * error, windows[2, 0], windows[2, 1])
        off += _Z * outside(abs(ratio / error), windows[3, 0], windows[3, 1])
    return np.int64(off * _MILLION + 0.5)


@njit
def _propose(patient, facts, times, usual, dice):
    """Move one time of a patient: a little, or to a usual time of such a patient."""
    site = facts[patient, 2]
    little = below(dice, 2) == 0
    shift = below(dice, 11) - 5
    drawn = usual[patient, below(dice, usual.shape[1])]
    after = usual[patient, below(dice, usual.shape[1])]
    which = below(dice, 4)
    if site == 0:
        if which == 0:
            times[patient, IMAGE] += shift
        elif little:
            times[patient, END] += shift
            times[patient, IMAGE] += shift
        elif which == 1:
            times[patient, END] += shift
        else:
            gap = below(dice, _IMAGE_BEFORE_END + 1)
            times[patient, IMAGE] = drawn[0]
            times[patient, END] = drawn[0] + gap
        return
    if which == 0 and site == _EXTRAHEPATIC:
        room = times[patient, END] - times[patient, PROGRESSION] + 1
        times[patient, HEPATIC] = times[patient, PROGRESSION] + below(dice, room)
    elif which <= 1:
        old = times[patient, PROGRESSION]
        times[patient, PROGRESSION] = old + shift if little else drawn[0]
        if below(dice, 2) == 0:
            times[patient, END] += times[patient, PROGRESSION] - old
    else:
        end = times[patient, PROGRESSION] + after[1]
        times[patient, END] = times[patient, END] + shift if little else end
    if site == _EXTRAHEPATIC and below(dice, 2) == 0:
        times[patient, HEPATIC] = times[patient, PROGRESSION]
    elif site == _EXTRAHEPATIC:
        times[patient, HEPATIC] = min(times[patient, HEPATIC], times[patient, END])


@njit
def _count(entries, counts, add):
    """Add a patient's entries to the counts, or take them away with -1."""
    for comparison in range(COMPARISONS):
        group, time, event = entries[comparison]
        if group >= 0:
            counts[comparison, time] += add * one_of(group, event)


@njit
def _entries(patient, facts, times, days, out):
    for comparison in range(COMPARISONS):
        entry(patient, comparison, facts, times, days, out[comparison])


@njit
def _tables(facts, times, days):
    """Counts of every comparison as of `lifetable.steps`, and the sizes of its groups."""
    counts = np.zeros((COMPARISONS, days[days.shape[0] - 1] + 1), dtype=np.int64)
    sizes = np.zeros((COMPARISONS, 2), dtype=np.int64)
    entries = np.zeros((COMPARISONS, 3), dtype=np.int64)
    for patient in range(facts.shape[0]):
        _entries(patient, facts, times, days, entries)
        _count(entries, counts, 1)
        for comparison in range(COMPARISONS):
            if entries[comparison, 0] >= 0:
                sizes[comparison, entries[comparison, 0]] += 1
    return counts, sizes


@njit
def _fresh_energies(before, after, counts, sizes, printed, work, energy, fresh):
    """Energies after a patient moved; only comparisons in which the patient changed are redone."""
    for comparison in range(COMPARISONS):
        fresh[comparison] = energy[comparison]
        moved = before[comparison, 1] != after[comparison, 1]
        if moved or before[comparison, 2] != after[comparison, 2]:
            fresh[comparison] = _energy(comparison, counts, sizes, printed, work)


@njit
def anneal_times(facts, times, usual, days, printed, least, moves, hottest, falls, dice):
    """Move times until everything printed of the curves agrees, or the moves are spent.

    Parameters
    ----------
    facts, times : int arrays (n, 4)
        `times` is changed in place.
    usual : int array (n, k, 2)
        Usual times of progression (or last image) and from progression to the end.
    printed : tuple
        The fields of `comparisons.Printed`.
    least, moves : int
        Fewest and most moves.
    hottest, falls : int
        First temperature in millionths, and the millionths of it that are left after each of
        200 stages.

    Returns
    -------
    int
        What is still off, in millionths; 0 if everything agrees.
    """
    n = facts.shape[0]
    counts, sizes = _tables(facts, times, days)
    work = (np.zeros(n, dtype=np.int64), np.zeros((n, 2)), np.zeros((n, 2)))
    energy, fresh = np.zeros(COMPARISONS, dtype=np.int64), np.zeros(COMPARISONS, dtype=np.int64)
    for comparison in range(COMPARISONS):
        energy[comparison] = _energy(comparison, counts, sizes, printed, work)
    old = np.zeros(4, dtype=np.int64)
    before = np.zeros((COMPARISONS, 3), dtype=np.int64)
    after = np.zeros((COMPARISONS, 3), dtype=np.int64)
    temperature = hottest
    for move in range(moves):
        if move >= least and energy.sum() == 0:
            break
        if move % max(1, moves // 200) == 0:
            temperature = max(1, temperature * falls // 1_000_000)
        patient = below(dice, n)
        old[:] = times[patient]
        _entries(patient, facts, times, days, before)
        _propose(patient, facts, times, usual, dice)
        if not allowed(patient, facts, times):
            times[patient] = old
            continue
        _entries(patient, facts, times, days, after)
        _count(before, counts, -1)
        _count(after, counts, 1)
        _fresh_energies(before, after, counts, sizes, printed, work, energy, fresh)
        if accepts(dice, fresh.sum() - energy.sum(), temperature):
            energy[:] = fresh
        else:
            _count(after, counts, -1)
            _count(before, counts, 1)
            times[patient] = old
    return energy.sum()
