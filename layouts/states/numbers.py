"""The numbers of the states: what each is called, and how it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from analysis.confidence import two_sided_quantile
from analysis.multistate import limits
from layouts.shared.numbers import DAYS, SHARE, Key, Number
from layouts.shared.words import DAYS_PER
from layouts.states.context import READ_AT, STATES, Arm

MONTH = DAYS_PER["months"]


def share(month: int, place: int, state: int) -> Key:
    """Share of an arm in a state at a month."""
    return ("state-share", month, place, state)


def mean_time(place: int, state: int) -> Key:
    """Mean time of an arm in a state."""
    return ("state-mean", place, state)


def difference(state: int) -> Key:
    """Difference of the mean times of the first arm and the second."""
    return ("state-difference", state)


def numbers_of(arms: Iterable[Arm], tau: float) -> Iterator[Number]:
    """Shares at fixed months, mean times, and the difference of two arms."""
    arms = tuple(arms)
    z = two_sided_quantile(0.95)
    means = []
    for one in arms:
        for month in READ_AT:
            value, se = one.found.at(month * MONTH)
            low, high = limits(value, se)
            for state in range(len(STATES)):
                numbers = (float(value[state]), float(low[state]), float(high[state]))
                yield Number(share(month, one.position, state), *numbers, unit=SHARE)
        days, se = one.found.mean_time(tau)
        means.append((days, se))
        for state in range(len(STATES)):
            low, high = max(days[state] - z * se[state], 0.0), days[state] + z * se[state]
            low = low if np.isfinite(se[state]) else np.nan
            made = (float(days[state]), float(low), float(high))
            yield Number(mean_time(one.position, state), *made, unit=DAYS)
    if len(arms) == 2:
        (ours, se), (theirs, other) = means
        gap, wide = ours - theirs, z * np.sqrt(se**2 + other**2)
        for state in range(len(STATES)):
            made = (gap[state], gap[state] - wide[state], gap[state] + wide[state])
            yield Number(difference(state), *map(float, made), unit=DAYS)
