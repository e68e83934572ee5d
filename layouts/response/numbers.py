"""The numbers of the Response page: what each is called, and how it is made of a result.

A group is that of the page, by its place; a level stands by its variable and its place, and
everybody has neither. The landmark analysis has the numbers of a survival view.
"""

from __future__ import annotations

from collections.abc import Iterator

from layouts.response.context import (
    BestResult,
    ByResult,
    CourseResult,
    DepthResult,
    LandmarkResult,
    Result,
    ShareRow,
)
from layouts.shared.numbers import COUNT, NAN, SHARE, STATISTIC, Key, Number, count_below

EVERYBODY = ()


# How many variables go with the response.
FOUND = ("found",)


def share(name: str, group: int) -> Key:
    """Share of a group with a category, or a sum of categories."""
    return ("share", name, group)


def fisher(name: str) -> Key:
    """Fisher's test of a category between the arms, or of a variable between its levels."""
    return ("fisher", name)


def chi_square(name: str) -> Key:
    """The chi-square test of a category between the arms."""
    return ("chi-square", name)


def change(group: int) -> Key:
    """Median change of the target lesions in a group, in per cent."""
    return ("change", group)


def time(group: int) -> Key:
    """Median time to response in a group, in months."""
    return ("time", group)


def patients(at: tuple) -> Key:
    """Patients of a level."""
    return ("n", *at)


def responders(at: tuple) -> Key:
    """Responders of a level."""
    return ("responders", *at)


def rate(at: tuple) -> Key:
    """Share of responders in a level."""
    return ("rate", *at)


def numbers_of(result: Result) -> tuple[Number, ...]:
    """The numbers of the shown part."""
    return () if result is None else tuple(_OF[type(result)](result))


def of_level(at: tuple, n: int, responded: int, *interval: float) -> Iterator[Number]:
    """Patients, responders and their share in a level."""
    yield Number(patients(at), n, unit=COUNT)
    yield Number(responders(at), responded, unit=COUNT)
    yield Number(rate(at), responded / n if n else NAN, *interval, unit=SHARE)


def of_factor(name: str, p: float) -> Number:
    """Fisher's test of response between the levels of a variable."""
    return Number(fisher(name), p=p, unit=STATISTIC)


def _of_row(row: ShareRow) -> Iterator[Number]:
    for group, one in enumerate(row.rates):
        yield Number(share(row.name, group), one.value, one.lower, one.upper, unit=SHARE)
    if row.fisher is not None:
        yield Number(fisher(row.name), p=row.fisher.p_value, unit=STATISTIC)
        yield Number(chi_square(row.name), p=row.chi_square.p_value, unit=STATISTIC)


def _of_best(result: BestResult) -> Iterator[Number]:
    for row in (*result.categories, *result.sums):
        yield from _of_row(row)


def _of_depth(result: DepthResult) -> Iterator[Number]:
    for row in result.rows:
        yield from _of_row(row)
    for group, spread in enumerate(result.spreads):
        yield Number(change(group), spread.median)


def _of_course(result: CourseResult) -> Iterator[Number]:
    for group, spread in enumerate(result.spreads):
        yield Number(time(group), spread.median)


def _of_levels(result: ByResult) -> Iterator[Number]:
    levels = [(EVERYBODY, result.whole)]
    for variable, _, factor in result.factors:
        levels += [((variable.id, place), one.rate) for place, one in enumerate(factor.levels)]
    for at, one in levels:
        yield from of_level(at, one.n, one.events, one.lower, one.upper)
    for variable, _, factor in result.factors:
        yield of_factor(variable.id, factor.p_value)
    yield count_below(FOUND, (factor.p_value for _, _, factor in result.factors))


def _of_landmark(result: LandmarkResult) -> tuple[Number, ...]:
    return result.survival.numbers


_OF = {
    BestResult: _of_best,
    DepthResult: _of_depth,
    CourseResult: _of_course,
    ByResult: _of_levels,
    LandmarkResult: _of_landmark,
}
