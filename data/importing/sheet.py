"""What was understood, in words: one sheet for the command line and for the page."""

from __future__ import annotations

from collections.abc import Iterable

from data.checking.problems import printable, short
from data.importing.guess import ROLES, SURENESS, EndpointGuess, Guess
from data.importing.understanding import Given, Understanding, doubtful

_WIDEST = 34


def of_file(given: Given) -> str:
    """What a file is and what was found in it, in a sentence or two."""
    rows, columns = given.table.cells.shape
    said = f"{printable(given.name)} is {given.table.what}: {rows} rows, {columns} columns."
    found = [f"{one[:1].upper()}{one[1:]}." for one in given.table.found]
    return " ".join([said, *found])


def of_ids(understood: Understanding) -> str:
    """That no column holds ids; empty where one does."""
    if understood.id_column:
        return ""
    return "No column holds the patients’ ids: each row is taken for a patient of its own."


def of_endpoint(one: EndpointGuess) -> str:
    """What an endpoint is made from."""
    event = _cells(one.event_values)
    if not one.by_dates:
        unit = f" ({one.unit})" if one.unit else ", unit not known"
        flag = f"“{one.event}” is {event}" if one.event else "not known"
        return f"time “{one.time}”{unit}, event where {flag}{_of_causes(one)}"
    if one.end:
        until = f"“{one.end}”"
        died = f"death where “{one.event}” is {event}" if one.event else "death where is not known"
    else:
        until = f"“{one.last_contact}”" if one.last_contact else "a date that is not known"
        died = f"death on “{one.death}”" if one.death else "death where is not known"
    first = f"the first of “{one.progress}” and death" if one.progress else "death"
    return f"days from “{one.start}” to {first}, else to {until}; {died}"


def _of_causes(one: EndpointGuess) -> str:
    """The ways to leave that its status tells."""
    if not one.causes:
        return ""
    each = [f"{printable(short(cause.label))} ({_cells(cause.values)})" for cause in one.causes]
    return f"; of {len(each)} causes, {'; '.join(each)}"


def of_column(one: Guess) -> str:
    """The role of a column with what belongs to it."""
    if one.role == "variable":
        unit = f", {one.unit}" if one.unit else ""
        return f"{one.kind}{unit}"
    return f"{ROLES[one.role]}{f', {one.unit}' if one.role == 'time' and one.unit else ''}"


def values_of(one: Guess) -> str:
    """Examples of a column: its levels, the range of a number, the span of dates; no single cell.

    Of a column that tells of single people, and of ids, nothing is repeated.
    """
    column = one.column
    if one.personal or one.role == "id" or not column.values:
        return ""
    if one.role == "date" or column.dates:
        return "dates"
    if column.numbers and one.kind in ("number", "") and len(column.values) > 6:
        return f"{min(column.numbers):g} to {max(column.numbers):g}"
    common = [cell for cell, n in column.values.most_common(6) if n > 1]
    rest = len(column.values) - len(common)
    more = f", {rest} more" if rest and common else f"{rest} different" if rest else ""
    return ", ".join(short(cell) for cell in common) + more


def missing_of(one: Guess) -> str:
    """How many cells hold nothing, and the codes that stand for it."""
    if not one.column.unknown:
        return ""
    codes = _cells(one.column.missing)
    return f"{one.column.unknown} missing{f' ({codes})' if codes else ''}"


def said_of_personal(understood: Understanding) -> str:
    """A sentence about columns that tell who somebody is; empty where there is none."""
    found = [one for one in understood.guesses if one.personal and one.role == "left out"]
    if not found:
        return ""
    names = ", ".join(f"“{one.name}”" for one in found)
    if len(found) == 1:
        return (
            f"Left out because it seems to tell who somebody is: {names}. No number is made from "
            "it, but it stays in the file: take the column out before the file goes further."
        )
    return (
        f"Left out because they seem to tell who somebody is: {names}. No number is made from "
        "them, but they stay in the file: take the columns out before the file goes further."
    )


def sheet(understood: Understanding) -> str:
    """The whole sheet as text, most doubtful first."""
    lines = [of_file(one) for one in understood.given]
    lines += [f"{printable(file)} is not used: {why}." for file, why in understood.passed_over]
    if said := of_ids(understood):
        lines.append(said)
    lines += ["", "Endpoints"]
    for one in sorted(understood.endpoints, key=lambda one: one.sure):
        lines.append(f"  {one.label}, {one.name}: {of_endpoint(one)}")
        lines.append(f"      {SURENESS[one.sure]}: {one.why}")
    if not understood.endpoints:
        lines.append("  none")
    if understood.arms:
        arms = understood.arms
        lines += ["", f"Arms in “{arms.column}”", f"  {_cells(arms.levels)}"]
        lines.append(f"      reference, {SURENESS[arms.sure]}: {arms.why}")
    if understood.events:
        lines += ["", f"Adverse events in {understood.events.file}", f"  {understood.events.why}"]
    lines += ["", f"Columns of {printable(understood.patients.name)}, the most doubtful first"]
    lines += _columns(doubtful(understood))
    if said := said_of_personal(understood):
        lines += ["", said]
    if understood.questions:
        lines += ["", "To be answered"]
        lines += [f"  {one.key}: {one.text}" for one in understood.questions]
    return "\n".join(lines) + "\n"


def _columns(guesses: Iterable[Guess]) -> list[str]:
    rows = [
        (SURENESS[one.sure], one.name or "(no name)", of_column(one), _of_cells(one), one.why)
        for one in guesses
    ]
    widths = [min(_WIDEST, max(len(row[i]) for row in rows)) for i in range(4)]
    return [
        "  " + "  ".join([*(_fit(row[i], widths[i]) for i in range(4)), row[4]]) for row in rows
    ]


def _of_cells(one: Guess) -> str:
    return "; ".join(filter(None, (values_of(one), missing_of(one))))


def _fit(text: str, width: int) -> str:
    text = printable(text)
    return (text if len(text) <= width else f"{text[: width - 1]}…").ljust(width)


def _cells(cells: Iterable[str]) -> str:
    return ", ".join(f"“{printable(short(one))}”" for one in cells)
