"""The numbers that stand beside a Kaplan–Meier median whose endpoint has a competing event."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from analysis.competing_risks import CompetingRisks
from layouts.shared.numbers import COUNT, DAYS, SHARE, Key, Number


def half(*place: Hashable) -> Key:
    """Day by which half of a group have had the event, by Aalen–Johansen."""
    return ("aalen-johansen-median", *place)


def at_the_end(*place: Hashable) -> Key:
    """Share of a group with the event at the end of follow-up, by Aalen–Johansen."""
    return ("incidence-at-end", *place)


def otherwise(*place: Hashable) -> Key:
    """Patients of a group who had the competing event first."""
    return ("competing-first", *place)


def of_incidence(found: CompetingRisks | None, *place: Hashable) -> Iterator[Number]:
    """The numbers of one group; none of one without patients."""
    if found is None:
        return
    yield Number(half(*place), found.event_incidence.median(), unit=DAYS)
    yield Number(at_the_end(*place), found.event_incidence.last, unit=SHARE)
    yield Number(otherwise(*place), found.competing, unit=COUNT)


def of_groups(groups: Sequence[CompetingRisks | None]) -> Iterator[Number]:
    """The numbers of all groups of a view, by their places."""
    for place, found in enumerate(groups):
        yield from of_incidence(found, place)
