"""What each column of the patients' table is taken for, by its heading and by what stands in it."""

from __future__ import annotations

from data.importing.column import Column
from data.importing.guess import CERTAIN, DOUBTFUL, LIKELY, Guess
from data.importing.headings import (
    known_endpoints,
    personal,
    plain,
    role_words,
    said_by,
    says,
    unit_of,
)
from data.importing.levels import kind_of

MOST_ARMS = 8


def guess_role(column: Column) -> Guess:
    """What a column is by itself; what it is among others is found afterwards."""
    heading = column.heading
    if not column.values:
        said = "nothing stands in it" if not column.missing else "all its values are missing"
        return Guess(column, "left out", said)
    told = personal(column.name)
    if told and not _is_measured(column):
        return Guess(column, "left out", f"it looks like a {told}", LIKELY, personal=told)
    for look in (_as_date, _as_time, _as_event, _as_arm):
        if found := look(column, heading):
            return found
    return _as_variable(column)


def _is_measured(column: Column) -> bool:
    """Whether a heading that sounds personal stands above few levels, as “city” above two."""
    return len(column.values) <= 2 and len(column.cells) > 4


def _as_date(column: Column, heading: str) -> Guess | None:
    if not column.dates:
        return None
    found = dates_of(heading)
    if not found:
        said = "a date, and the heading does not say of what"
        return Guess(column, "left out", said, LIKELY)
    sure = DOUBTFUL if " or " in column.dates else CERTAIN
    return Guess(column, "date", f"dates of {' or '.join(sorted(found))}", sure, dates=found)


def dates_of(heading: str) -> frozenset[str]:
    """What the dates under a heading are of; see `data.importing.guess.DATES`."""
    found = {
        kind for kind in ("death", "progress", "last contact", "end") if said_by(heading, kind)
    }
    if found & {"death", "progress", "last contact"}:
        found -= {"end"}
    if "last contact" in found and "death" not in found:
        found -= {"progress"}
    if not found and says(heading, role_words("start")):
        return frozenset({"start"})
    return frozenset(found)


def _as_time(column: Column, heading: str) -> Guess | None:
    """A length of time that may belong to an endpoint."""
    if column.numbers is None or min(column.numbers) < 0 or said_by(heading, "not_a_follow_up"):
        return None
    unit = unit_of(column.name) or unit_of(column.label)
    endpoints = known_endpoints(heading)
    turned = said_by(heading, "turned")
    flag = turned or said_by(heading, "event") or len(column.values) <= 2
    if flag and not unit:
        return None
    if endpoints:
        return Guess(column, "time", f"a time of {endpoints[0].name}", CERTAIN, unit=unit)
    if said_by(heading, "time") == 3 or (said_by(heading, "time") and unit):
        return Guess(column, "time", "a time by its heading", LIKELY, unit=unit)
    if unit and (said_by(heading, "death") or said_by(heading, "progress")):
        return Guess(column, "time", "a time by its heading", LIKELY, unit=unit)
    if unit and plain(column.name) in ("days", "months", "weeks", "years", "tage", "monate"):
        return Guess(column, "time", "a time by its heading", LIKELY, unit=unit)
    return None


def _as_event(column: Column, heading: str) -> Guess | None:
    """A flag of an event."""
    few = len(column.values) <= 4
    if not few or (column.numbers is not None and not column.whole):
        return None
    named = bool(known_endpoints(heading))
    happened = said_by(heading, "death") or said_by(heading, "progress")
    bare = 3 in (said_by(heading, "event"), said_by(heading, "turned"))
    bare |= 3 in (said_by(column.name, "event"), said_by(column.name, "turned"))
    if named or happened or bare:
        return Guess(column, "event", "a flag of an event", CERTAIN if named else LIKELY)
    if column.event_words and all(column.event_words):
        return Guess(column, "event", "its cells are words for an event and for none", LIKELY)
    return None


def _as_arm(column: Column, heading: str) -> Guess | None:
    named = says(heading, role_words("arm"))
    alone = says(column.name, role_words("arm alone"))
    if not (named or alone == 3) or not 2 <= len(column.values) <= MOST_ARMS:
        return None
    if column.yes_no or min(column.values.values()) < 2:
        return None
    return Guess(
        column, "arm", f"{len(column.values)} levels and its heading", LIKELY, "categorical"
    )


def _as_variable(column: Column) -> Guess:
    kind, why = kind_of(column)
    if kind == "text":
        if bad := column.no_numbers:
            shown = ", ".join(f"“{one}”" for one in bad[:3])
            said = f"numbers, and {len(bad)} that are none, such as {shown}"
            return Guess(column, "left out", said, DOUBTFUL)
        return Guess(column, "left out", f"{why}, as in notes", LIKELY)
    if len(column.values) == 1 and not column.unknown:
        return Guess(column, "left out", "the same in every row", LIKELY)
    unit = _unit(column) if kind == "number" else ""
    sure, codes = CERTAIN, [one for one in column.missing if column.number(one) is not None]
    if codes:
        shown = " and ".join(f"“{one}”" for one in codes)
        why = f"{why}; {shown} {'is' if len(codes) == 1 else 'are'} taken for not known"
        # Nothing that is measured is -9; 99 might be.
        sure = LIKELY if all(one.startswith("-") for one in codes) else DOUBTFUL
    return Guess(column, "variable", why, sure, kind, unit=unit)


def _unit(column: Column) -> str:
    """The unit of a number as it stands in its heading, in brackets or behind a comma."""
    return _unit_in(column.label) or _unit_in(column.name)


def _unit_in(text: str) -> str:
    text = text.strip()
    if text.endswith((")", "]")):
        opening = max(text.rfind("("), text.rfind("["))
        return text[opening + 1 : -1].strip() if opening > 0 else ""
    head, comma, tail = text.rpartition(", ")
    return tail.strip() if comma and head and len(tail) <= 12 else ""


def label_of(column: Column) -> str:
    """The words of a heading for the screen: without its unit, and not in capitals."""
    name = (column.label or column.name).strip()
    unit = _unit_in(name)
    if unit and column.numbers is not None:
        name = name.removesuffix(f", {unit}")
        if name.endswith((")", "]")):
            name = name[: max(name.rfind("("), name.rfind("["))]
    name = name.replace("_", " ").strip() or column.name
    shouted = name.isupper() and len(name) > 5
    name = name.lower() if shouted else name
    return name[:1].upper() + name[1:]


def guess_ids(guesses: list[Guess]) -> list[Guess]:
    """The guesses with one column as the patients' id."""
    best = max(guesses, key=_as_id, default=None)
    if best is None or _as_id(best) == 0:
        return guesses
    named = says(best.column.heading, role_words("id"))
    sure = CERTAIN if named and best.column.unlike else LIKELY if named else DOUBTFUL
    if best.personal:
        sure = DOUBTFUL
    why = "its heading, and no value stands twice" if named else "no value stands twice"
    chosen = Guess(best.column, "id", why, sure, personal=best.personal)
    others = [
        Guess(one.column, "left out", "a further id", LIKELY)
        if one is not best and one.role == "variable" and _as_id(one) >= 2
        else one
        for one in guesses
    ]
    return [chosen if one is best else one for one in others]


def _as_id(guess: Guess) -> int:
    """How well a column would do as the patients' id; 0 not at all."""
    column = guess.column
    if guess.role not in ("variable", "left out") or column.dates or not column.unlike:
        return 0
    if guess.personal and guess.personal != "record number":
        return 0
    if not (column.whole or column.numbers is None):
        return 0
    fit = says(column.name, role_words("id"))
    if guess.personal:
        return 2
    if fit:
        return 2 + fit
    # Texts of one shape, such as HD-001; or 1, 2, 3 …
    counted = column.whole and sorted(column.numbers) == list(range(1, len(column.cells) + 1))
    short = column.numbers is None and max(map(len, column.cells)) <= 20
    return 1 if counted or short else 0
