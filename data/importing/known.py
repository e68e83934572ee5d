"""How many patients have an endpoint, and what is said where some have not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.importing.column import Column
from data.importing.guess import ASKED, DOUBTFUL, EndpointGuess, Question

# Where fewer have it the endpoint is not taken without asking.
ENOUGH = 0.5


def with_known(guess: EndpointGuess, columns: Mapping[str, Column]) -> EndpointGuess:
    """The endpoint with a word about those who lack it, and a question where most do."""
    if guess.questions:
        return guess
    known, n = _known(guess, columns)
    if known == n:
        return guess
    said = f"{n - known} of {n} patients lack it"
    made = replace(
        guess,
        population=guess.population or f"patients whose {guess.label} is known",
        why="; ".join(filter(None, (guess.why, said))),
        sure=min(guess.sure, DOUBTFUL) if known < 0.9 * n else guess.sure,
    )
    if known >= ENOUGH * n:
        return made
    text = (
        f"Only {known} of {n} patients have a known {guess.label}"
        f"{_why(guess, columns)}. Is it to be shown of those few?"
    )
    question = Question(f"{guess.id}.use", text, ("yes", "no"))
    return replace(made, sure=ASKED, questions=(question,))


def _known(guess: EndpointGuess, columns: Mapping[str, Column]) -> tuple[int, int]:
    n = len(next(iter(columns.values())).cells)
    parts = {part: _filled(columns.get(getattr(guess, part)), n) for part in _PARTS}
    flags = columns.get(guess.event)
    values = {*guess.event_values, *guess.censored_values}
    flagged = [cell in values for cell in flags.cells] if flags else [True] * n
    if not guess.by_dates:
        rows = zip(parts["time"], flagged, strict=True)
        return sum(time and flag for time, flag in rows), n
    ends = zip(parts["death"], parts["end"], parts["last_contact"], parts["progress"], strict=True)
    rows = zip(parts["start"], ends, flagged, strict=True)
    return sum(start and any(end) and flag for start, end, flag in rows), n


_PARTS = ("time", "start", "death", "end", "last_contact", "progress")


def _filled(column: Column | None, n: int) -> list[bool]:
    if column is None:
        return [False] * n
    return [bool(cell) and cell not in column.missing for cell in column.cells]


def _why(guess: EndpointGuess, columns: Mapping[str, Column]) -> str:
    """Which cells are not known, most frequent first."""
    flags = columns.get(guess.event)
    if flags is None:
        return ""
    values = {*guess.event_values, *guess.censored_values}
    others = [(cell, count) for cell, count in flags.counts.most_common() if cell not in values]
    shown = ", ".join(f"“{cell}” in {count}" for cell, count in others[:3])
    return f" (“{guess.event}” is {shown})" if shown else ""
