"""What somebody has said of the files, in the place of a guess.

Each answer has a key. Of a column: ``role:<heading>``, ``kind:<heading>``, ``label:<heading>``,
``missing:<heading>`` (codes, separated by ``|``). Of an endpoint: ``<id>.unit``, ``<id>.time``,
``<id>.event``, ``<id>.event_values`` (separated by ``|``), ``<id>.start``, ``<id>.end``,
``<id>.death``, ``<id>.last_contact``, ``<id>.progress``, ``<id>.order``, ``<id>.use`` (``no``
leaves it out). Of a status with several ways to leave: ``<id>.none`` (cells of those to whom
nothing happened, separated by ``|``; what is neither these nor ``event_values`` competes) and
``<id>.named <cell>`` (what a cell stands for). And ``id``, ``reference`` (the arm) and ``title``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.importing.causes import by_answer, with_causes
from data.importing.column import Column
from data.importing.direction import direction_of
from data.importing.guess import (
    ASKED,
    CERTAIN,
    KINDS,
    ROLES,
    UNITS,
    EndpointGuess,
    Guess,
)
from data.importing.headings import endpoints, unit_of
from data.importing.levels import kind_of

SAID = "as you say"
_FIELDS = ("time", "event", "start", "end", "death", "last_contact", "progress")


def parts(text: str) -> tuple[str, ...]:
    """The entries of an answer that holds several."""
    return tuple(one.strip() for one in text.split("|") if one.strip())


def answered_columns(columns: list[Column], answers: Mapping[str, str]) -> list[Column]:
    """The columns with the codes for missing that somebody named."""
    return [
        replace(one, codes=parts(answers[key]))
        if (key := f"missing:{one.name}") in answers
        else one
        for one in columns
    ]


def answered_roles(guesses: list[Guess], answers: Mapping[str, str]) -> list[Guess]:
    """The guesses with the roles and kinds that somebody named."""
    made = []
    for one in guesses:
        role = answers.get(f"role:{one.name}", "")
        if answers.get("id") == one.name:
            role = "id"
        elif one.role == "id" and (answers.get("id") or role):
            one = replace(one, role="left out", why="another column is the id")
        if role in ROLES and role != one.role:
            one = _with_role(one, role)
        kind = answers.get(f"kind:{one.name}", "")
        if one.role == "variable" and kind in KINDS and kind != one.kind:
            one = replace(one, kind=kind, why=SAID, sure=CERTAIN)
        made.append(one)
    return made


def _with_role(guess: Guess, role: str) -> Guess:
    kind, _ = kind_of(guess.column)
    kind = "categorical" if kind == "text" else kind
    kept = kind if role == "variable" else "categorical" if role == "arm" else ""
    unit = unit_of(guess.name) if role == "time" else guess.unit
    return replace(guess, role=role, kind=kept, unit=unit, why=SAID, sure=CERTAIN)


def answered_endpoints(
    found: list[EndpointGuess], guesses: list[Guess], answers: Mapping[str, str]
) -> list[EndpointGuess]:
    """The endpoints with what somebody said of them, and those that somebody added."""
    columns = {one.name: one.column for one in guesses}
    have = {one.id for one in found}
    added = [
        EndpointGuess(one.id, one.label, one.name, one.event, one.curve, one.population, sure=ASKED)
        for one in endpoints()
        if one.id not in have
        and all(answers.get(f"{one.id}.{part}") in columns for part in ("time", "event"))
    ]
    made = [_answered(one, columns, answers) for one in (*found, *added)]
    return [one for one in made if answers.get(f"{one.id}.use") != "no"]


def _answered(
    guess: EndpointGuess, columns: Mapping[str, Column], answers: Mapping[str, str]
) -> EndpointGuess:
    def said(part: str) -> str:
        return answers.get(f"{guess.id}.{part}", "")

    changed = {part: said(part) for part in _FIELDS if said(part) and said(part) in columns}
    if said("unit") in UNITS:
        changed["unit"] = said("unit")
    if said("order") in ("dmy", "mdy"):
        changed["order"] = said("order")
    event = columns.get(changed.get("event", guess.event))
    if "event" in changed and event is not None:
        found = direction_of(event)
        changed |= {"event_values": found.event, "censored_values": found.censored}
    if event is not None and said("event_values"):
        values = tuple(one for one in event.values if one in parts(said("event_values")))
        rest = tuple(one for one in event.values if one not in values)
        changed |= {"event_values": values, "censored_values": rest, "causes": (), "alone": False}
    names = {} if event is None else {one: said(f"named {one}") for one in event.values}
    if not changed and not said("none") and not any(names.values()):
        return guess
    made = replace(guess, **changed)
    if event is not None:
        made = _with_causes(made, event, parts(said("none")), names, bool(said("event_values")))
    open_ = tuple(one for one in made.questions if not _settled(made, one.key, answers))
    sure = ASKED if open_ else CERTAIN
    if not made.by_dates and not (made.time and made.unit and made.event_values):
        sure = ASKED
    return replace(made, questions=open_, sure=sure, why=f"{guess.why}; {SAID}".strip("; "))


def _with_causes(
    made: EndpointGuess, event: Column, none: tuple[str, ...], names: dict[str, str], said: bool
) -> EndpointGuess:
    """The endpoint with the causes that follow from which cells are the event, and which none."""
    if not none:
        return made if said else _named(made, names)
    first = made.causes[0].values if made.causes else made.event_values
    interest = tuple(cell for cell in first if cell not in none)
    causes = by_answer(event, interest, none, names)
    if causes:
        happens = next((one.happens for one in endpoints() if one.id == made.id), ())
        return with_causes(made, causes, none, happens)
    return replace(made, event_values=interest, censored_values=none, causes=(), alone=False)


def _named(made: EndpointGuess, names: Mapping[str, str]) -> EndpointGuess:
    """The endpoint whose causes bear the names that somebody gave."""
    causes = tuple(
        replace(one, label=next((names[cell] for cell in one.values if names[cell]), one.label))
        for one in made.causes
    )
    return replace(made, causes=causes)


def _settled(made: EndpointGuess, key: str, answers: Mapping[str, str]) -> bool:
    """Whether a question is answered, by its own answer or by that of a part that it is about."""
    part = key.partition(".")[2]
    if part == "none":
        # Of one value left over nobody asks whether it competes.
        told = f"{made.id}.event_values" in answers and len(made.censored_values) < 2
        return told or key in answers
    value = getattr(made, part, "")
    return bool(value) and (key in answers or part not in ("event_values", "event"))
