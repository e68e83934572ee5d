"""The numbers of the section Power: what each is called, and how it is made of a result."""

from __future__ import annotations

import math
from collections.abc import Iterator

from analysis.power import (
    detectable_ratio,
    events_needed,
    information_of_interaction,
    power_of_ratio,
)
from layouts.arms.more_results import PowerResult
from layouts.shared.numbers import COUNT, SHARE, Key, Number

EVENTS = ("events-in-view",)
DETECTABLE = ("detectable-ratio",)
PLANNED = ("power-planned",)
NEEDED = ("events-needed",)


def interaction(variable: str) -> Key:
    """The ratio of hazard ratios between two levels that is found with 80 % power."""
    return ("detectable-interaction", variable)


def of_power(result: PowerResult) -> Iterator[Number]:
    """Events, what they find, the power for the plan, and of every interaction."""
    yield Number(EVENTS, sum(result.events), unit=COUNT)
    yield Number(DETECTABLE, detectable_ratio(result.information))
    if math.isfinite(result.planned):
        yield Number(PLANNED, power_of_ratio(result.information, result.planned), unit=SHARE)
        yield Number(NEEDED, events_needed(result.planned, result.share), unit=COUNT)
    for one in result.interactions:
        ratio = detectable_ratio(information_of_interaction(one.cells))
        yield Number(interaction(one.variable.id), ratio)
