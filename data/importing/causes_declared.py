"""The causes that a status tells, as ``study.toml`` declares them, and the endpoint they need."""

from __future__ import annotations

from dataclasses import replace

from data.importing.causes import FIRST
from data.importing.guess import EndpointGuess
from data.importing.understanding import Understanding


def beside(one: EndpointGuess, understood: Understanding) -> EndpointGuess:
    """The endpoint that counts every cause, or that of interest alone: what ``one`` is not."""
    every = tuple(cell for cause in one.causes for cell in cause.values)
    column = next(guess.column for guess in understood.guesses if guess.name == one.event)
    identity, interest = beside_id(one, understood), one.causes[0]
    if one.alone:
        _, label, name, event, curve = FIRST
        rest = tuple(cell for cell in column.values if cell not in every)
        made = replace(one, event_values=every, censored_values=rest, alone=False)
        return replace(
            made, id=identity, label=label, name=name, event_name=event, curve=curve, causes=()
        )
    label = interest.label
    rest = tuple(cell for cell in column.values if cell not in interest.values)
    made = replace(one, event_values=interest.values, censored_values=rest, alone=True)
    name, curve = f"Time to the event “{label}”", f"Free of the event “{label}”"
    return replace(made, id=identity, label=label, name=name, event_name=label, curve=curve)


def beside_id(one: EndpointGuess, understood: Understanding) -> str:
    """The id of that endpoint, which is none of the others."""
    wanted = FIRST[0] if one.alone else one.causes[0].id
    before = [two for two in understood.endpoints if two.causes]
    before = before[: before.index(one)]
    taken = {two.id for two in understood.endpoints} | {
        beside_id(two, understood) for two in before
    }
    return next(name for i in range(1, 100) if (name := wanted + f"-{i}" * (i > 1)) not in taken)


def competing_words(one: EndpointGuess) -> str:
    """What can happen instead of the event that an endpoint counts."""
    others = [cause.label for cause in one.causes if not set(cause.values) <= set(one.event_values)]
    return " or ".join(others)


def causes_declared(understood: Understanding) -> list[dict]:
    """The tables of all causes."""
    made = []
    for one in understood.endpoints:
        if not one.causes:
            continue
        other = beside_id(one, understood)
        whole, alone = (other, one.id) if one.alone else (one.id, other)
        counted = one.event_values if one.alone else one.causes[0].values
        for place, cause in enumerate(one.causes):
            table = {"id": cause.id, "label": cause.label, "endpoint": whole}
            table["values"] = list(cause.values)
            if place == 0 and set(counted) == set(cause.values):
                table["alone"] = alone
            made.append(table | ({"interest": True} if place == 0 else {}))
    return made
