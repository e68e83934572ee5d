"""Two groups of patients as counts at every time, and how far their curves are from the print."""

from __future__ import annotations

import numpy as np
from numba import njit

from data.reconstruction.soramic.arithmetic import Z_95, natural_log

# The logarithm of a survival of one half must lie on its side by this much, so that the last
# digit of a floating-point number decides nothing.
_CLEAR = 1e-6
_MISS = 0.003


@njit
def one_of(group, event):
    """One patient of a group with or without an event, as a part of a count (see `steps`)."""
    return 1 << (16 * group + 8 * event)


@njit
def steps(counts, sizes, times, at_risk, died):
    """The times with events: how many were at risk and had the event in each group.

    Parameters
    ----------
    counts : int array (longest time + 1,)
        Patients whose time ends there, four counts in one number, so that the many empty times
        are passed over quickly: from the lowest eight bits up censored and events of group 0,
        censored and events of group 1. `one_of` makes the parts; none may exceed 255.
    sizes : int array (2,)
        Patients of each group.
    times, at_risk, died : int (k,), float (k, 2), float (k, 2)
        Filled from the start.

    Returns
    -------
    int
        How many times have events.
    """
    left_0, left_1 = sizes[0], sizes[1]
    found = 0
    for time in range(counts.shape[0]):
        count = counts[time]
        if count == 0:
            continue
        event_0, event_1 = (count >> 8) & 255, count >> 24
        if event_0 + event_1 > 0:
            times[found] = time
            at_risk[found, 0], at_risk[found, 1] = left_0, left_1
            died[found, 0], died[found, 1] = event_0, event_1
            found += 1
        left_0 -= event_0 + (count & 255)
        left_1 -= event_1 + ((count >> 16) & 255)
        if left_0 + left_1 == 0:
            break
    return found


@njit
def curves_off(found, times, at_risk, died, bounds):
    """How far medians and their limits are from where the print has them; 0 if they agree.

    The median is the first time at which survival is at most one half; its limits are those of
    the Kaplan–Meier interval on the log scale (Greenwood), as of R's ``survfit``.

    Parameters
    ----------
    bounds : int array (m, 4), rising in its first column
        Each row is a time, a curve (group 0, group 1 or 2 for both together), which limit
        (-1 lower, 0 the curve, 1 upper) and a side: after this time the limit must still be above
        one half (1), or must be so no longer (0).
    """
    survival = np.ones(3)
    greenwood = np.zeros(3)
    off = 0.0
    bound = 0
    for step in range(found + 1):
        while bound < bounds.shape[0] and (step == found or bounds[bound, 0] < times[step]):
            off += _bound_off(bounds[bound], survival, greenwood)
            bound += 1
        if step == found:
            break
        for curve in range(3):
            if curve < 2:
                n, d = at_risk[step, curve], died[step, curve]
            else:
                n = at_risk[step, 0] + at_risk[step, 1]
                d = died[step, 0] + died[step, 1]
            if d > 0:
                survival[curve] *= (n - d) / n
                if n > d:
                    greenwood[curve] += d / (n * (n - d))
    return off


@njit
def _bound_off(bound, survival, greenwood):
    curve = bound[1]
    value = -20.0
    if survival[curve] > 0:
        value = natural_log(2.0 * survival[curve]) + bound[2] * Z_95 * np.sqrt(greenwood[curve])
    if bound[3] == 1:
        return outside(value, _CLEAR, 1e9)
    return outside(value, -1e9, -_CLEAR)


@njit
def log_rank_z(found, at_risk, died):
    """Observed minus expected events of group 1 over its standard deviation (log-rank)."""
    difference, variance = 0.0, 0.0
    for step in range(found):
        n = at_risk[step, 0] + at_risk[step, 1]
        d = died[step, 0] + died[step, 1]
        share = at_risk[step, 1] / n
        difference += died[step, 1] - d * share
        if n > 1:
            variance += d * share * (1 - share) * (n - d) / (n - 1)
    return difference / np.sqrt(variance) if variance > 0 else 0.0


@njit
def outside(value, lowest, highest):
    """How far a value lies outside an interval, and a little more; 0 inside.

    The little more makes a near miss cost something even when the search has cooled down.
    """
    off = max(lowest - value, value - highest)
    return off + _MISS if off > 0.0 else 0.0
