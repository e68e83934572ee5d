"""The numbers of all endpoints: those of each survival view, with the endpoint in their keys."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.arm_difference import Difference
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.shared.numbers import DAYS, STATISTIC, Key, Number
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK, events, median, of_ratio, patients

MEAN_GAINED = ("rmst-difference",)
TAU = ("rmst-tau",)


def of(endpoint: str, key: Key) -> Key:
    """The key of a number of one endpoint; that of its p is the key of the p of one endpoint."""
    return (*key, endpoint)


def mean_gained(endpoint: str, one: Difference) -> Number:
    """Difference of restricted mean survival times."""
    key = of(endpoint, MEAN_GAINED)
    return Number(key, one.value, one.lower, one.upper, one.p_value, DAYS)


def numbers_of(context: EndpointsContext) -> tuple[Number, ...]:
    """The numbers of every endpoint, in the order of the file."""
    return tuple(number for one in context.parts for number in of_endpoint(one))


def of_endpoint(one: OneEndpoint) -> Iterator[Number]:
    """Patients, events and median of each group; then the comparison of two, and the test."""
    result = one.survival.result
    for place, group in enumerate(result.groups):
        yield Number(of(one.id, patients(place)), group.n)
        yield Number(of(one.id, events(place)), group.events)
        middle = group.median
        key = of(one.id, median(place))
        yield Number(key, middle.value, middle.lower, middle.upper, unit=DAYS)
    if one.survival.ratio is not None:
        ratio = of_ratio(one.survival.ratio)
        yield Number(of(one.id, HAZARD_RATIO), *ratio.estimate, ratio.p)
    if one.gained is not None:
        yield mean_gained(one.id, one.gained)
        yield Number(of(one.id, TAU), one.gained.tau, unit=DAYS)
    if result.test is not None:
        test = result.test
        yield Number(of(one.id, LOG_RANK), test.statistic, p=test.p_value, unit=STATISTIC)
