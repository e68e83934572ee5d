"""The search for labels: two patients of an arm change places, hazard ratios follow (compiled)."""

from __future__ import annotations

import numpy as np
from numba import njit

from data.reconstruction.soramic.arithmetic import Z_95
from data.reconstruction.soramic.cox import one_covariate, two_covariates
from data.reconstruction.soramic.dice import accepts, below
from data.reconstruction.soramic.lifetable import one_of, outside, steps

_COX, _Z, _COUNT = 60.0, 20.0, 5.0
_MILLION = 1e6


@njit
def windows_off(ratio, error, windows):
    """How far a log hazard ratio and its standard error are from what is printed of them."""
    if not np.isfinite(error):
        return 1e3
    off = _COX * outside(ratio, windows[0, 0], windows[0, 1])
    off += _COX * outside(ratio - Z_95 * error, windows[1, 0], windows[1, 1])
    off += _COX * outside(ratio + Z_95 * error, windows[2, 0], windows[2, 1])
    return off + _Z * outside(abs(ratio / error), windows[3, 0], windows[3, 1])


@njit
def label_off(label, pfs, windows, responders, between):
    """How far one label is from its print, and from being unrelated to response.

    Parameters
    ----------
    label : int array (n,)
        0, 1 or, without a value, 2.
    pfs : int array (2, n)
        Time in tenths of a month, and event.
    windows : float array (4, 2)
        As of `comparisons.cox_windows`.
    responders : int array (n,)
    between : int array (2,)
        How many responders patients with the label may have.
    """
    longest = pfs[0].max() + 1
    counts = np.zeros(longest, dtype=np.int64)
    sizes = np.zeros(2, dtype=np.int64)
    responded = 0
    n = label.shape[0]
    for patient in range(n):
        group = label[patient]
        if group > 1:
            continue
        sizes[group] += 1
        responded += group * responders[patient]
        counts[pfs[0, patient]] += one_of(group, pfs[1, patient])
    times, at_risk, died = np.zeros(n, dtype=np.int64), np.zeros((n, 2)), np.zeros((n, 2))
    found = steps(counts, sizes, times, at_risk, died)
    ratio, error = one_covariate(found, at_risk, died, windows[0, 0])
    off = windows_off(ratio, error, windows)
    return off + _COUNT * outside(responded, between[0], between[1])


@njit
def arm_off(label, arm, pfs, windows):
    """How far the arm is from its print in a model with the arm and one label."""
    n = label.shape[0]
    longest = pfs[0].max() + 1
    counts = np.zeros((2, 4, longest))
    for patient in range(n):
        counts[pfs[1, patient], arm[patient] + 2 * label[patient], pfs[0, patient]] += 1
    at_risk, died = np.zeros((n, 4)), np.zeros((n, 4))
    left = np.zeros(4)
    for group in range(4):
        left[group] = counts[:, group].sum()
    found = 0
    for time in range(longest):
        if counts[1, :, time].sum() > 0:
            at_risk[found] = left
            died[found] = counts[1, :, time]
            found += 1
        left -= counts[0, :, time] + counts[1, :, time]
    result = np.zeros(4)
    two_covariates(found, at_risk, died, result)
    return windows_off(result[0], result[2], windows)


@njit
def _fits(label, arm, free, dice, pair):
    """Draw two patients into `pair`; whether both are free, of one arm and with unlike labels."""
    n = label.shape[0]
    pair[0], pair[1] = below(dice, n), below(dice, n)
    first, second = pair[0], pair[1]
    if free[first] == 0 or free[second] == 0 or arm[first] != arm[second]:
        return False
    return label[first] != label[second]


@njit
def _exchange(label, pair):
    label[pair[0]], label[pair[1]] = label[pair[1]], label[pair[0]]


@njit
def anneal_label(
    label, arm, free, pfs, windows, responders, between, with_arm, moves, hottest, falls, dice
):
    """Exchange one label between patients of an arm until its print agrees.

    Parameters
    ----------
    free : int array (n,)
        1 where the label may change.
    with_arm : float array (4, 2) or (0, 2)
        Windows of the arm in the model with this label; none if it is empty.

    Returns
    -------
    int
        What is still off, in millionths.
    """
    pair = np.zeros(2, dtype=np.int64)
    temperature, energy = hottest, np.int64(1 << 60)
    for move in range(moves):
        if move % 100 == 0:
            temperature = max(1, temperature * falls // 1_000_000)
        if move > 0:
            while not _fits(label, arm, free, dice, pair):
                pass
            _exchange(label, pair)
        off = label_off(label, pfs, windows, responders, between)
        if with_arm.shape[0] > 0:
            off += arm_off(label, arm, pfs, with_arm)
        fresh = np.int64(off * _MILLION + 0.5)
        if move == 0 or accepts(dice, fresh - energy, temperature):
            energy = fresh
        else:
            _exchange(label, pair)
        if energy == 0:
            break
    return energy


@njit
def anneal_stage(
    first,
    second,
    given,
    arm,
    pfs,
    windows,
    responders,
    between,
    wanted,
    moves,
    hottest,
    falls,
    dice,
):
    """Exchange two labels that with a third, fixed one define a stage.

    Parameters
    ----------
    first, second : int arrays (n,)
        Changed in place.
    given : int array (n,)
        The third label; the stage holds where any of the three is 1.
    windows : float array (2, 4, 2)
        Of the first label and of the stage; of the second nothing is printed.
    between : int array (3, 2)
        Responders of the first label, the second and the stage.
    wanted : int array (2,)
        Patients with the stage in each arm.
    """
    pair = np.zeros(2, dtype=np.int64)
    everybody = np.ones(arm.shape[0], dtype=np.int64)
    stage = np.zeros(arm.shape[0], dtype=np.int64)
    temperature, energy = hottest, np.int64(1 << 60)
    for move in range(moves):
        if move % 100 == 0:
            temperature = max(1, temperature * falls // 1_000_000)
        moved = first if below(dice, 3) > 0 else second
        if move > 0:
            while not _fits(moved, arm, everybody, dice, pair):
                pass
            _exchange(moved, pair)
        staged = np.zeros(2, dtype=np.int64)
        responded = 0
        for patient in range(arm.shape[0]):
            has = first[patient] == 1 or second[patient] == 1 or given[patient] == 1
            stage[patient] = 1 if has else 0
            staged[arm[patient]] += stage[patient]
            responded += (second[patient] == 1) * responders[patient]
        off = label_off(first, pfs, windows[0], responders, between[0])
        off += label_off(stage, pfs, windows[1], responders, between[2])
        off += _COUNT * outside(responded, between[1, 0], between[1, 1])
        off += _COUNT * (abs(staged[0] - wanted[0]) + abs(staged[1] - wanted[1]))
        fresh = np.int64(off * _MILLION + 0.5)
        if move == 0 or accepts(dice, fresh - energy, temperature):
            energy = fresh
        else:
            _exchange(moved, pair)
        if energy == 0:
            break
    return energy
