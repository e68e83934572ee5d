"""The numbers that stand beside a Kaplan–Meier median whose endpoint has a competing event."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence

from analysis.competing_risks import CompetingRisks
from layouts.shared.numbers import COUNT, DAYS, NAN, SHARE, Key, Number


def half(*place: Hashable) -> Key:
    """Day by which half of a group have had the event, by Aalen–Johansen."""
    return ("aalen-johansen-median", *place)


def at_the_end(*place: Hashable) -> Key:
    """Share of a group with the event at the end of follow-up, by Aalen–Johansen."""
    return ("incidence-at-end", *place)


def otherwise(*place: Hashable) -> Key:
    """Patients of a group who had the competing event first."""
    return ("competing-first", *place)


def otherwise_count(found: CompetingRisks):
    """How many had any other cause first; NaN where one of several counts is held back."""
    others = found.counts[1:]
    if len(others) > 1 and any(math.isnan(one) for one in others):
        return NAN
    return sum(others[1:], start=others[0])


def of_incidence(found: CompetingRisks | None, *place: Hashable) -> Iterator[Number]:
    """The numbers of one group; none of one without patients."""
    if found is None:
        return
    yield Number(half(*place), found.event_incidence.median(), unit=DAYS)
    yield Number(at_the_end(*place), found.event_incidence.last, unit=SHARE)
    yield Number(otherwise(*place), otherwise_count(found), unit=COUNT)


def of_groups(groups: Sequence[CompetingRisks | None]) -> Iterator[Number]:
    """The numbers of all groups of a view, by their places."""
    for place, found in enumerate(groups):
        yield from of_incidence(found, place)
