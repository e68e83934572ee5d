"""Which cells of a flag are an event: by words, by the heading, and by who is at the end."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from data.importing.column import Column, event_word
from data.importing.guess import ASKED, CERTAIN, DOUBTFUL, LIKELY
from data.importing.headings import known_endpoints, plain, said_by, says

# As ADaM names it.
CNSR = ("cnsr",)
# The flag of those who live is 1.
ALIVE = frozenset(["alive", "lebt", "lebend", "living", "vivant", "vivo", "viva", "存活"])


class Direction(NamedTuple):
    """Cells of an event, cells of none, how sure, and why."""

    event: tuple[str, ...]
    censored: tuple[str, ...]
    sure: int
    why: str


def direction_of(column: Column, times: dict[str, float] | None = None) -> Direction:
    """Which cells of a flag are an event.

    Parameters
    ----------
    times : mapping of cell to float, or None
        The median time of the patients with each cell, where times are known: those without an
        event are rather at the end.
    """
    values = list(column.values)
    if column.event_words is not None:
        return _checked(Direction(*column.event_words, CERTAIN, "its cells say so"), times)
    by_label = [event_word(column.value_labels.get(one, "")) for one in values]
    if all(by_label):
        event = tuple(v for v, word in zip(values, by_label, strict=True) if word == "event")
        rest = tuple(one for one in values if one not in event)
        return Direction(event, rest, CERTAIN, "the file’s own words for its codes say so")
    turned = said_by(column.heading, "turned")
    if turned and column.whole:
        return _turned(column, times)
    if column.yes_no:
        return _checked(_yes_or_no(column, bool(turned)), times)
    numbers = {one: column.number(one) for one in values}
    if set(numbers.values()) == {1.0, 2.0}:
        two = tuple(one for one in values if numbers[one] == 2)
        one_ = tuple(one for one in values if numbers[one] == 1)
        later = times and times.get(one_[0], 0) > times.get(two[0], 0)
        said = "of 1 and 2 the larger is taken for the event, as in R"
        if later:
            said += ", and those with 1 were followed longer"
        return Direction(two, one_, LIKELY if later else ASKED, said)
    shown = ", ".join(f"“{one}”" for one in values[:6])
    return Direction((), (), ASKED, f"its cells {shown} do not say which is the event")


def _turned(column: Column, times: dict[str, float] | None) -> Direction:
    """The direction of a flag in figures whose heading says “censored”.

    CNSR is turned round by its standard, and several of its codes may say why somebody was
    censored. Other such flags are written both ways: those at the end tell which is meant.
    """
    event = tuple(one for one in column.values if float(one) == 0)
    rest = tuple(one for one in column.values if one not in event)
    said = "the heading says “censored”: 0 is the event"
    if says(column.name, CNSR):
        return Direction(event, rest, CERTAIN, f"{said}, as CNSR is defined")
    groups = [[times[one] for one in group if one in (times or {})] for group in (event, rest)]
    if not all(groups):
        return Direction(event, rest, ASKED, f"{said}, unless 1 stands for the event")
    if median(groups[1]) > median(groups[0]):
        return Direction(event, rest, LIKELY, f"{said}, and the others were followed longer")
    said = "the heading says “censored”, but patients with 0 were followed longer"
    return Direction(event, rest, ASKED, said)


def _yes_or_no(column: Column, turned: bool) -> Direction:
    yes, no = ((one,) if one else () for one in column.yes_no)
    alive = set(plain(column.heading).split()) & ALIVE
    if turned or alive:
        said = f"the heading says “{'censored' if turned else 'alive'}”"
        return Direction(no, yes, CERTAIN, said)
    named = known_endpoints(column.heading) or said_by(column.heading, "event")
    happened = said_by(column.heading, "death") or said_by(column.heading, "progress")
    figures = column.numbers is not None
    said = "1 is the event" if figures else "yes is the event"
    return Direction(yes, no, CERTAIN if named or happened else DOUBTFUL, said)


def _checked(found: Direction, times: dict[str, float] | None) -> Direction:
    """The direction, less sure where those without an event have by far the shorter times."""
    if not times or not found.event or not found.censored:
        return found
    event = median(times[one] for one in found.event if one in times)
    censored = median(times[one] for one in found.censored if one in times)
    if censored < event / 4:
        said = f"{found.why}; but patients without an event were followed for much shorter"
        return found._replace(sure=min(found.sure, DOUBTFUL), why=said)
    return found


def median_times(event: Column, time: Column) -> dict[str, float]:
    """The median time of the patients with each cell of a flag."""
    found: dict[str, list[float]] = {}
    for flag, cell in zip(event.cells, time.cells, strict=True):
        value = time.number(cell)
        if flag in event.values and cell in time.values and value is not None:
            found.setdefault(flag, []).append(value)
    return {flag: median(values) for flag, values in found.items()}
