"""The numbers of lasting responses: what each is called, and how it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from analysis.confidence import two_sided_quantile
from analysis.multistate import limits
from layouts.lasting.context import READ_AT, Arm
from layouts.shared.numbers import DAYS, SHARE, Key, Number
from layouts.shared.words import DAYS_PER

MONTH = DAYS_PER["months"]
IN_RESPONSE = 1
DIFFERENCE: Key = ("lasting-difference",)


def in_response(month: int, place: int) -> Key:
    """Share of all patients of an arm in response at a month."""
    return ("lasting-share", month, place)


def responded(month: int, place: int) -> Key:
    """Share who have responded by a month."""
    return ("lasting-responded", month, place)


def median(place: int) -> Key:
    """Median duration of response among responders."""
    return ("lasting-median", place)


def mean_time(place: int) -> Key:
    """Mean time in response of all patients."""
    return ("lasting-mean", place)


def numbers_of(arms: Iterable[Arm], tau: float) -> Iterator[Number]:
    """Everything of each arm, and the difference of the mean times of two."""
    arms = tuple(arms)
    z, means = two_sided_quantile(0.95), []
    for one in arms:
        place = one.position
        for month in READ_AT:
            value, se = one.states.at(month * MONTH)
            low, high = limits(value, se)
            made = (float(x[IN_RESPONSE]) for x in (value, low, high))
            yield Number(in_response(month, place), *made, unit=SHARE)
            rise = one.rise.event_incidence.at(month * MONTH)
            yield Number(responded(month, place), *rise, unit=SHARE)
        if one.duration is not None:
            made = one.duration.median
            yield Number(median(place), made.value, made.lower, made.upper, unit=DAYS)
        days, errors = one.states.mean_time(tau)
        mean, se = float(days[IN_RESPONSE]), float(errors[IN_RESPONSE])
        means.append((mean, se))
        low = np.nan if np.isnan(se) else max(mean - z * se, 0.0)
        yield Number(mean_time(place), mean, float(low), mean + z * se, unit=DAYS)
    if len(arms) == 2:
        (ours, se), (theirs, other) = means
        gap, wide = ours - theirs, z * float(np.hypot(se, other))
        yield Number(DIFFERENCE, gap, gap - wide, gap + wide, unit=DAYS)
