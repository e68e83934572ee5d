"""The numbers of a survival view: what each is called, and how it is made of a result.

A place is that of a group in the view; months of a landmark stand in the statistic's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite, nan

from analysis.cox.two_groups import HazardRatio
from analysis.survival_groups import GroupSurvival, SurvivalGroups
from layouts.shared.numbers import COUNT, DAYS, SHARE, STATISTIC, Key, Number
from layouts.shared.words import DAYS_PER
from layouts.survival.options import SurvivalOptions

LOG_RANK = ("log-rank",)
# Of two groups.
HAZARD_RATIO = ("hazard-ratio",)


def patients(place: int) -> Key:
    """Patients of a group."""
    return ("n", place)


def events(place: int) -> Key:
    """Events of a group."""
    return ("events", place)


def median(place: int) -> Key:
    """Median survival of a group."""
    return ("median", place)


def restricted_mean(place: int) -> Key:
    """Restricted mean of a group up to the horizon of the view."""
    return ("restricted-mean", place)


def follow_up(place: int) -> Key:
    """Reverse Kaplan–Meier median of a group."""
    return ("follow-up", place)


def survival(month: str, place: int) -> Key:
    """Survival of a group at a month."""
    return (f"survival-{month}", place)


def of_ratio(ratio: HazardRatio) -> Number:
    """The hazard ratio of two groups."""
    return Number(HAZARD_RATIO, ratio.value, ratio.lower, ratio.upper, ratio.p_value)


def numbers_of(
    result: SurvivalGroups, options: SurvivalOptions, horizon: float | None = None
) -> tuple[Number, ...]:
    """The numbers of every group, and the test of all.

    Parameters
    ----------
    horizon : float, optional
        Days up to which means are restricted, where it is not the result's own: a mean up to
        another day is another number.
    """
    return tuple(_numbers(result, options, horizon))


def _numbers(result: SurvivalGroups, options: SurvivalOptions, horizon) -> Iterator[Number]:
    test = result.test
    if test is None:
        yield Number(LOG_RANK, unit=STATISTIC)
    else:
        yield Number(LOG_RANK, test.statistic, p=test.p_value, unit=STATISTIC)
    for place, group in enumerate(result.groups):
        yield from _of_group(place, group, horizon)
        yield from _at_landmarks(place, group, options)


def _of_group(place: int, group: GroupSurvival, horizon: float | None) -> Iterator[Number]:
    yield Number(patients(place), group.n, unit=COUNT)
    yield Number(events(place), group.events, unit=COUNT)
    for key, one in ((median(place), group.median), (follow_up(place), group.follow_up)):
        yield Number(key, one.value, one.lower, one.upper, unit=DAYS)
    mean = group.restricted_mean.value
    if horizon is not None:
        # A curve that ends before the horizon has no mean up to it.
        reaches = group.n and isfinite(horizon)
        mean = group.curve.rmst(horizon).value if reaches else nan
    yield Number(restricted_mean(place), mean, unit=DAYS)


def _at_landmarks(place: int, group: GroupSurvival, options: SurvivalOptions) -> Iterator[Number]:
    read = group.curve.at([month * DAYS_PER["months"] for month in options.landmarks])
    for i, month in enumerate(options.landmark_texts()):
        estimate = (float(values[i]) for values in (read.survival, read.lower, read.upper))
        yield Number(survival(month, place), *estimate, unit=SHARE)
