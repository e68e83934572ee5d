"""All endpoints in every data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.arm_difference import rmst_difference
from callbacks.ranges import across_of, together
from layouts.endpoints import numbers
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.shared.numbers import Number
from layouts.shared.ranges import Across


def with_ranges(context: EndpointsContext) -> EndpointsContext:
    """The view with the ranges of its numbers: those of each survival view, and of time gained."""
    n = len(context.study.reconstructions)
    if not n:
        return context
    found = [_renamed(one.survival.across, one.id) for one in context.parts]
    gained = [number for one in context.parts for number in _gained(one)]
    return replace(context, across=together(n, [*found, across_of(n, gained)]))


def _renamed(across: Across, endpoint: str) -> Across:
    """The ranges of one endpoint under the keys that they have among all of them."""

    def under(ranges: Mapping) -> dict:
        return {numbers.of(endpoint, key): one for key, one in ranges.items()}

    return Across(across.n, under(across.ranges), under(across.settled), under(across.below))


def _gained(one: OneEndpoint) -> Iterator[Number]:
    """Time gained up to the day on screen: a mean up to another day is another number."""
    if one.gained is None:
        return
    for groups in one.survival.reconstructed:
        ours, theirs = (groups.groups[place].curve for place in one.survival.compared)
        if ours.n and theirs.n:
            yield numbers.mean_gained(one.id, rmst_difference(ours, theirs, one.gained.tau))
