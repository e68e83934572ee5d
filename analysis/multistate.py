"""Alive without progression, progressed, dead: who is in which state when (Aalen–Johansen).

References
----------
Aalen OO, Johansen S. An empirical transition matrix for non-homogeneous Markov chains based on
censored observations. Scandinavian Journal of Statistics 1978; 5: 141–150. Variance by the
infinitesimal jackknife, as ``survfit`` of R's survival for several states: Therneau T, Crowson C,
Atkinson E. Multi-state models and competing risks. Vignette of the package survival.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.confidence import two_sided_quantile

FREE, PROGRESSED, DEAD = range(3)
# Above so many patients the influence of each one on each day is too much to hold.
MOST = 3000


@dataclass(frozen=True, eq=False)
class Occupation:
    """Shares of a group in three states.

    Attributes
    ----------
    n : int
    progressed, died, died_first : int
        Patients who progressed, who died, and who died without progression.
    time : ndarray, shape (K,)
        Days on which anything happened, rising.
    value, se : ndarray of float, shape (K, 3)
        Right-continuous shares and their standard errors, NaN above ``MOST`` patients.
    """

    n: int
    progressed: int
    died: int
    died_first: int
    time: np.ndarray
    value: np.ndarray
    se: np.ndarray
    influence: np.ndarray

    def at(self, day: float) -> tuple[np.ndarray, np.ndarray]:
        """Shares and standard errors on a day; NaN beyond the last follow-up."""
        if not self.n or day > self.time[-1]:
            return np.full(3, np.nan), np.full(3, np.nan)
        place = int(np.searchsorted(self.time, day, "right")) - 1
        if place < 0:
            return np.eye(3)[FREE], np.zeros(3)
        return self.value[place], self.se[place]

    def mean_time(self, tau: float) -> tuple[np.ndarray, np.ndarray]:
        """Mean days in each state up to a day, and their standard errors; (3,) arrays each.

        NaN where the last follow-up is before that day.
        """
        if not self.n or not tau <= self.time[-1]:
            return np.full(3, np.nan), np.full(3, np.nan)
        inside = self.time < tau
        width = np.diff(np.concatenate([[0.0], self.time[inside], [tau]]))
        shares = np.vstack([np.eye(3)[FREE], self.value[inside]])
        days = width @ shares
        if not self.influence.size:
            return days, np.full(3, np.nan)
        moved = np.tensordot(width[1:], self.influence[inside], axes=1)
        return days, np.sqrt((moved**2).sum(axis=0))


def occupation(progression, progressed, follow_up, died) -> Occupation:
    """Shares in each state of one group.

    A progression on the day of death counts as death: nobody is in a state for no time.

    Parameters
    ----------
    progression : (N,) array
        Days to the progression, where there was one.
    progressed, died : (N,) arrays of bool
    follow_up : (N,) array
        Days to death or last follow-up, not before the progression.
    """
    follow_up, died = np.asarray(follow_up), np.asarray(died, bool)
    progression, progressed = np.asarray(progression), np.asarray(progressed, bool)
    ill = progressed & ~(died & (progression >= follow_up))
    leaves = np.where(ill, np.minimum(progression, follow_up), follow_up)
    time = np.unique(np.concatenate([leaves, follow_up]))
    n = follow_up.size
    first_death = died & ~ill
    counts = (n, int(ill.sum()), int(died.sum()), int(first_death.sum()))
    keep = 0 < n <= MOST
    values = np.empty((time.size, 3))
    influence = np.zeros((time.size, n, 3)) if keep else np.empty(0)
    share, moved = np.eye(3)[FREE], np.zeros((n if keep else 0, 3))
    # How many stand in each state before a day, and leave it on that day.
    sorted_leaves, entered = np.sort(leaves), np.sort(leaves[ill])
    ill_end = np.sort(follow_up[ill])
    moves = [
        np.bincount(np.searchsorted(time, of), minlength=time.size)
        for of in (leaves[ill], follow_up[first_death], follow_up[ill & died])
    ]
    free = n - np.searchsorted(sorted_leaves, time, "left")
    sick = np.searchsorted(entered, time, "left") - np.searchsorted(ill_end, time, "left")
    for k, day in enumerate(time):
        step = np.eye(3)
        if free[k]:
            to_ill, to_dead = moves[0][k] / free[k], moves[1][k] / free[k]
            step[FREE] = 1 - to_ill - to_dead, to_ill, to_dead
        if sick[k]:
            dies = moves[2][k] / sick[k]
            step[PROGRESSED] = 0, 1 - dies, dies
        if keep:
            moved = moved @ step
            if free[k] and (moves[0][k] or moves[1][k]):
                inside = leaves >= day
                a = share[FREE] * ((ill & (leaves == day)) - inside * to_ill) / free[k]
                b = share[FREE] * ((first_death & (leaves == day)) - inside * to_dead) / free[k]
                moved += np.column_stack([-a - b, a, b])
            if sick[k] and moves[2][k]:
                inside = ill & (leaves < day) & (follow_up >= day)
                c = share[PROGRESSED] * ((inside & died & (follow_up == day)) - inside * dies)
                c = c / sick[k]
                moved[:, PROGRESSED] -= c
                moved[:, DEAD] += c
            influence[k] = moved
        share = share @ step
        values[k] = share
    se = np.sqrt((influence**2).sum(axis=1)) if keep else np.full((time.size, 3), np.nan)
    return Occupation(*counts, time, values, se, influence)


def limits(value, se, conf_level: float = 0.95):
    """Limits of a share on the plain scale, within 0 and 1."""
    z = two_sided_quantile(conf_level)
    return np.clip(value - z * se, 0, 1), np.clip(value + z * se, 0, 1)
