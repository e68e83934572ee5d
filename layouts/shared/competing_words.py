"""What stands beside a Kaplan–Meier median whose endpoint has a competing event."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.competing_risks import CompetingRisks
from data.study import Endpoint
from layouts.shared.competing_numbers import at_the_end, half, otherwise, otherwise_count
from layouts.shared.numbers import Key
from layouts.shared.ranges import Across, explained
from layouts.shared.words import listed, percent, time_value

FEW_GROUPS = 3
"""Groups whose cumulative incidence is said beside their medians."""


@dataclass(frozen=True)
class MedianBeside:
    """A group with a Kaplan–Meier median, and its competing risks.

    Attributes
    ----------
    place : Key
        Of the group in the keys of its numbers (see `layouts.shared.competing_numbers`).
    who : str
        The group as it stands behind its number; empty where there is one group only.
    risks : CompetingRisks
    median : str
        The Kaplan–Meier median as it is shown, with its range.
    """

    place: Key
    who: str
    risks: CompetingRisks
    median: str


def counts_as_censored(endpoint: Endpoint) -> str:
    """What a median of such an endpoint means, whatever its number is."""
    return (
        f"The Kaplan–Meier median of {endpoint.label} counts {endpoint.competing} as censoring, as "
        "if the event could still follow: half of all have had it no sooner, and often later."
    )


def competing_caution(
    endpoint: Endpoint, groups: Sequence[MedianBeside], unit: str, decimals: int, across: Across
) -> str:
    """The same, and when half of each of a few groups really had the event."""
    said = counts_as_censored(endpoint)
    if not groups or len(groups) > FEW_GROUPS:
        return said
    parts = [
        f"{half_by(one.risks, unit, decimals, across, one.place)}{one.who} (Kaplan–Meier "
        f"{one.median}; {first_otherwise(one.risks, endpoint, across, one.place)})"
        for one in groups
    ]
    return explained(across, f"{said} By Aalen–Johansen {listed(parts)}.")


def half_by(found: CompetingRisks, unit: str, decimals: int, across: Across, place: Key) -> str:
    """``half by 18.2 months [17.4–19.0]``; how many had the event at all where it was not half."""

    def words(days: float) -> str:
        return time_value(days, unit, decimals)

    day = found.event_incidence.median()
    beside = across.bracket(half(*place), words(day), words, "never")
    if math.isfinite(day):
        return f"half by {words(day)} {unit}{beside}"
    share = percent(found.event_incidence.last)
    of_share = across.bracket(at_the_end(*place), share, percent)
    return f"never half{beside}, {share}{of_share} at the end of follow-up"


def first_otherwise(found: CompetingRisks, endpoint: Endpoint, across: Across, place: Key) -> str:
    """``28 of 73 had death without progression first``."""
    n = otherwise_count(found)
    if isinstance(n, float) and math.isnan(n) and len(found.counts) > 2:
        return f"how many had {endpoint.competing} first is not shown"
    count = str(n)
    beside = across.bracket(otherwise(*place), count, "{:.0f}".format)
    return f"{count}{beside} of {found.n} had {endpoint.competing} first"
