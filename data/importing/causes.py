"""Several ways to leave in one column of a status: which cells are of which, by their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.checking.slug import slug
from data.importing.column import Column
from data.importing.direction import ALIVE
from data.importing.guess import DOUBTFUL, LIKELY, CauseGuess, EndpointGuess
from data.importing.headings import KnownEndpoint, cell_is, plain, said_by

FIRST = ("first-event", "First event", "Time to the first event", "Any event", "Without event")
# What is of interest where it can be: what competes with the others rather than they with it.
_FIRST_OF_INTEREST = ("progress", "death", "transplant", "")


@dataclass(frozen=True)
class Told:
    """What the cells of a status tell.

    Attributes
    ----------
    causes : tuple of CauseGuess
        Two at least, that of interest first.
    none : tuple of str
        Cells of those to whom nothing happened.
    sure : int
    why : str
    """

    causes: tuple[CauseGuess, ...]
    none: tuple[str, ...]
    sure: int
    why: str


def told_by_cells(column: Column, known: KnownEndpoint) -> Told | None:
    """The causes that the words of a status tell; None where they tell fewer than two.

    The words are those of the cells, behind a figure and a colon if one stands there, or those
    that the file itself has for its codes.
    """
    words = {cell: _words(cell, column) for cell in column.values}
    kinds = {cell: _kind(text) for cell, text in words.items()}
    none = tuple(cell for cell, kind in kinds.items() if kind == "none")
    happened = [cell for cell, kind in kinds.items() if kind not in ("none", "unclear")]
    unclear = [cell for cell, kind in kinds.items() if kind == "unclear"]
    # Among words that are known a further one is a further event; figures may be anything.
    readable = all(column.number(words[cell]) is None for cell in unclear)
    if not none or not happened or not readable:
        return None
    grouped: dict[str, list[str]] = {}
    for cell in (*happened, *unclear):
        text, kind = words[cell], kinds[cell]
        bare = kind != "unclear" and said_by(text, kind) == 3
        grouped.setdefault(kind if bare else plain(text), []).append(cell)
    if len(grouped) < 2:
        return None
    causes = [_cause(cells, words, kinds, column) for cells in grouped.values()]
    causes.sort(key=lambda one: _interest(one, known, column))
    shown = ", ".join(f"“{one.label}”" for one in causes[1:])
    why = f"“{causes[0].label}” is taken for the event of interest, with which {shown} compete"
    if len(causes) == 2:
        why += "s"
    if unclear:
        why += f"; that “{words[unclear[0]]}” is an event is a guess"
    return Told(_with_ids(causes), none, DOUBTFUL if unclear else LIKELY, why)


def _words(cell: str, column: Column) -> str:
    label = column.value_labels.get(cell, "")
    if label:
        return label
    figure, sign, text = cell.partition(":") if ":" in cell else cell.partition("=")
    return text.strip() if sign and figure.strip().isdigit() and text.strip() else cell


def _kind(text: str) -> str:
    """``none``, ``death``, ``progress``, ``transplant``; ``unclear`` for what no list knows."""
    given = plain(text).split()
    if cell_is(text, "censored") or ALIVE & set(given) or given[:1] in (["no"], ["kein"], ["sans"]):
        return "none"
    found = (kind for kind in ("transplant", "progress", "death") if said_by(text, kind))
    return next(found, "unclear")


def _cause(cells: list[str], words: dict, kinds: dict, column: Column) -> CauseGuess:
    often = max(cells, key=lambda cell: column.values[cell])
    label = words[often].strip()
    kind = kinds[often] if kinds[often] != "unclear" else ""
    return CauseGuess("", label[:1].upper() + label[1:], tuple(cells), kind)


def _interest(cause: CauseGuess, known: KnownEndpoint, column: Column) -> tuple:
    """What the endpoint is named after; else progression, then death, of the tumour before others;
    then what happened to most."""
    named = cause.kind not in known.happens
    own = not said_by(cause.label, "own_cause")
    n = sum(column.values[cell] for cell in cause.values)
    return named, _FIRST_OF_INTEREST.index(cause.kind), own, -n


def _with_ids(causes: list[CauseGuess]) -> tuple[CauseGuess, ...]:
    made, taken = [], set()
    for place, one in enumerate(causes, 1):
        base = slug(one.label) or f"cause-{place}"
        identity = base if base not in taken else f"{base}-{place}"
        taken.add(identity)
        made.append(replace(one, id=identity))
    return tuple(made)


def by_answer(
    column: Column,
    interest: tuple[str, ...],
    none: tuple[str, ...],
    names: Mapping[str, str],
) -> tuple[CauseGuess, ...]:
    """The causes where somebody said which cells are the event, and which are none.

    Parameters
    ----------
    names : mapping of cell to text
        What a cell stands for, where that was said.
    """
    others = [cell for cell in column.values if cell not in interest and cell not in none]
    if not interest or not others:
        return ()

    def made(cells: tuple[str, ...]) -> CauseGuess:
        said = next((names[cell] for cell in cells if names.get(cell)), "")
        words = [_words(cell, column) for cell in cells]
        figures = all(column.number(word) is not None for word in words)
        label = said or (f"{column.name} {cells[0]}" if figures else " / ".join(words))
        kind = _kind(label)
        return CauseGuess("", label[:1].upper() + label[1:], cells, kind if kind in _KINDS else "")

    return _with_ids([made(interest), *(made((cell,)) for cell in others)])


_KINDS = ("death", "progress", "transplant")


def with_causes(
    guess: EndpointGuess, causes: tuple[CauseGuess, ...], none: tuple[str, ...], happens
) -> EndpointGuess:
    """The endpoint with its causes.

    One whose event is all of them counts them all. One that is named after some of them, such as
    overall survival where some were transplanted, counts those that it is named after; a further
    endpoint then counts all (see `data.importing.declare`).
    """
    every = tuple(cell for one in causes for cell in one.values)
    if happens and any(one.kind not in happens for one in causes):
        own = tuple(c for one in causes if one.kind in happens for c in one.values)
        own = own or causes[0].values
        rest = tuple(cell for cell in every if cell not in own)
        return replace(
            guess, causes=causes, event_values=own, censored_values=(*none, *rest), alone=True
        )
    return replace(guess, causes=causes, event_values=every, censored_values=none, alone=False)
