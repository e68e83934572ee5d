"""The numbers of competing risks and of response on the Compare arms page, with their keys.

A place is that of an arm in the study's order; kinds of response stand in a key by their id.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.competing_risks import CompetingRisks
from analysis.response import Comparison
from layouts.arms.context import CompetingResult, ResponseResult
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS
from layouts.shared.numbers import COUNT, SHARE, STATISTIC, Key, Number


def patients(place: int) -> Key:
    """Patients of an arm."""
    return ("n", place)


def incidence(month: int, place: int, cause: int = 0) -> Key:
    """Cumulative incidence of a cause at a month; 0 is the event of interest."""
    return ("incidence", month, place, cause)


def event_free(month: int, place: int) -> Key:
    """Share free of any event at a month."""
    return ("event-free", month, place)


def gray(cause: int = 0) -> Key:
    """Gray's test of a cause over all arms."""
    return ("gray", cause)


def naive(month: int, place: int) -> Key:
    """1 − Kaplan–Meier at a month, with the competing event taken for censoring."""
    return ("naive", month, place)


def rate(name: str, place: int) -> Key:
    """Share of an arm with a response."""
    return ("rate", name, place)


def rate_difference(name: str) -> Key:
    """Difference of those shares between the arms."""
    return ("rate-difference", name)


def odds_ratio(name: str) -> Key:
    """Odds ratio of a response between the arms."""
    return ("odds-ratio", name)


def fisher(name: str) -> Key:
    """Fisher's test of a response between the arms."""
    return ("fisher", name)


def chi_square(name: str) -> Key:
    """The chi-square test of a response between the arms."""
    return ("chi-square", name)


def fisher_all(name: str) -> Key:
    """Fisher's test of a response over all arms of three or more."""
    return ("fisher-overall", name)


def chi_square_all(name: str) -> Key:
    """The chi-square test of a response over all arms of three or more."""
    return ("chi-square-overall", name)


def of_competing(result: CompetingResult) -> Iterator[Number]:
    for place, group in enumerate(result.groups):
        if group is not None:
            yield Number(patients(place), group.n, unit=COUNT)
            yield from _incidences(place, group)
    for cause, test in enumerate(result.tests):
        yield Number(gray(cause), test.statistic, p=test.p_value, unit=STATISTIC)


def _incidences(place: int, group: CompetingRisks) -> Iterator[Number]:
    for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True):
        for cause, one in enumerate(group.incidences):
            yield Number(incidence(month, place, cause), *one.at(day), unit=SHARE)
        free = group.free.at(day)
        limits = (float(free.lower[0]), float(free.upper[0]))
        yield Number(event_free(month, place), float(free.survival[0]), *limits, unit=SHARE)
        # Beyond the follow-up it is NaN.
        yield Number(naive(month, place), 1 - float(group.naive.at(day).survival[0]), unit=SHARE)


def of_response(result: ResponseResult) -> Iterator[Number]:
    for place, n in enumerate(result.n):
        yield Number(patients(place), n, unit=COUNT)
    compared = {
        "objective": result.objective,
        "best": result.complete,
        "control": result.control,
        "shrinkage": result.shrinkage,
    }
    for name, one in compared.items():
        if one is not None:
            yield from _shares(name, one)


def _shares(name: str, one: Comparison) -> Iterator[Number]:
    for place, share in enumerate(one.rates):
        yield Number(rate(name, place), share.value, share.lower, share.upper, unit=SHARE)
    if one.fisher is None:
        return
    tests = (fisher_all(name), chi_square_all(name))
    if one.difference is not None:
        change, ratio = one.difference, one.ratio
        yield Number(rate_difference(name), change.value, change.lower, change.upper, unit=SHARE)
        yield Number(odds_ratio(name), ratio.value, ratio.lower, ratio.upper)
        tests = (fisher(name), chi_square(name))
    for key, test in zip(tests, (one.fisher, one.chi_square), strict=True):
        yield Number(key, p=test.p_value, unit=STATISTIC)
