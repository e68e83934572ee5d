"""The numbers of a threshold: as on the Survival page, below 0 and at or above 1."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.cox.two_groups import HazardRatio
from analysis.survival_groups import SurvivalGroups
from layouts.shared.numbers import COUNT, DAYS, STATISTIC, Number
from layouts.survival.numbers import LOG_RANK, events, median, of_ratio, patients


def numbers_of(found: SurvivalGroups, ratio: HazardRatio | None) -> tuple[Number, ...]:
    """Every number of a threshold."""
    return (*of_groups(found), *([of_ratio(ratio)] if ratio else []))


def of_groups(found: SurvivalGroups) -> Iterator[Number]:
    """Patients, events and median of either side, and the test of the two."""
    for place, group in enumerate(found.groups):
        one = group.median
        yield Number(patients(place), group.n, unit=COUNT)
        yield Number(events(place), group.events, unit=COUNT)
        yield Number(median(place), one.value, one.lower, one.upper, unit=DAYS)
    test = found.test
    if test is not None:
        yield Number(LOG_RANK, test.statistic, p=test.p_value, unit=STATISTIC)
