"""Endpoints from pairs of a time and an event, matched by what their headings name."""

from __future__ import annotations

from dataclasses import replace

from data.importing.causes import told_by_cells, with_causes
from data.importing.direction import Direction, direction_of, median_times
from data.importing.guess import (
    ASKED,
    CERTAIN,
    DOUBTFUL,
    LIKELY,
    UNITS,
    EndpointGuess,
    Guess,
    Question,
)
from data.importing.headings import KnownEndpoint, endpoint_of, endpoints, known_endpoints, said_by
from data.importing.units import unit_by_size

# What a time without a name, whose event has none either, is called.
UNNAMED = KnownEndpoint(
    "time-to-event", "Event-free", "Time to the event", "Event", "Without event", ()
)


def paired(guesses: list[Guess]) -> list[EndpointGuess]:
    """Every endpoint that has a column of times and a column of events."""
    times = [one for one in guesses if one.role == "time"]
    events = [one for one in guesses if one.role == "event"]
    found, used = [], set()
    for known in endpoints():
        own_times = [one for one in times if _named(one) == known.id]
        own_events = [one for one in events if known.id in _all_named(one)]
        if own_times:
            found.append((known, _best_time(own_times), own_events))
            used.update(one.name for one in own_times)
    bare = [one for one in times if not _named(one) and one.name not in used]
    if bare:
        found += _of_bare_time(bare, events, {known.id for known, *_ in found})
    made = []
    for known, time, own_events in found:
        event = _event_for(known, own_events, events, alone=len(found) == 1)
        made.append(_endpoint(known, time, event, len(bare) if time in bare else 1))
    return made


def _named(guess: Guess) -> str:
    """The id of the endpoint that a heading names; empty where it names none."""
    found = known_endpoints(guess.column.name) or known_endpoints(guess.column.label)
    return found[0].id if found else ""


def _all_named(guess: Guess) -> set[str]:
    found = known_endpoints(guess.column.name) or known_endpoints(guess.column.label)
    return {found[0].id} if found else set()


def _best_time(times: list[Guess]) -> Guess:
    """Of several units the finest: days."""
    order = {unit: place for place, unit in enumerate(UNITS)}
    return min(times, key=lambda one: order.get(one.unit, len(order)))


def _of_bare_time(bare: list[Guess], events: list[Guess], have: set[str]) -> list[tuple]:
    """The endpoint of a time whose heading names none: overall survival if its event is death."""
    time = _best_time(bare)
    death_only, again_only = endpoint_of("death"), endpoint_of("progress")
    left = [one for one in events if not _named(one)]
    death = [one for one in left if said_by(one.column.heading, "death") or _vital(one)]
    either = [one for one in death if any(said_by(cell, "progress") for cell in one.column.values)]
    both = endpoint_of("progress", "death")
    if either and both.id not in have:
        # Its time ends with the progression, after which nobody is followed to death.
        return [(both, time, either)]
    if death and death_only.id not in have:
        return [(death_only, time, death)]
    again = [one for one in left if said_by(one.column.heading, "progress")]
    if again and again_only.id not in have:
        return [(again_only, time, again)]
    named = [one for one in events if _named(one) and _named(one) not in have]
    if len(named) == 1:
        return [(known_endpoints(named[0].column.heading)[0], time, named)]
    return [(UNNAMED, time, left)] if not have or left else []


def _vital(guess: Guess) -> bool:
    """Whether the cells of a flag are “alive” and “dead” or the like."""
    words = guess.column.event_words
    return bool(words) and any(said_by(cell, "death") for cell in guess.column.values)


def _event_for(
    known: KnownEndpoint, own: list[Guess], events: list[Guess], alone: bool
) -> Guess | None:
    """The flag of an endpoint: one of its name, else one of what happens."""
    if own:
        return min(own, key=lambda one: -len(one.column.values))
    left = [one for one in events if not _named(one)]
    if known.happens == ("death",):
        death = [one for one in left if said_by(one.column.heading, "death") or _vital(one)]
        if death:
            return death[0]
    if "progress" in known.happens:
        again = [one for one in left if said_by(one.column.heading, "progress")]
        if again:
            return again[0]
    return left[0] if alone and len(left) == 1 else None


def _endpoint(
    known: KnownEndpoint, time: Guess, event: Guess | None, candidates: int
) -> EndpointGuess:
    unit, unit_sure, unit_why = unit_by_size(time.column, time.unit)
    questions = []
    if not unit:
        text = f"In which unit is “{time.name}”? The heading does not say; {unit_why}."
        questions.append(Question(f"{known.id}.unit", text, UNITS))
    why = [unit_why]
    made = EndpointGuess(
        id=known.id,
        label=known.label,
        name=known.name,
        event_name=known.event,
        curve=known.curve,
        population=known.population,
        time=time.name,
        unit=unit,
    )
    sure = min(unit_sure, CERTAIN if _named(time) else LIKELY)
    if candidates > 1:
        sure = min(sure, DOUBTFUL)
        why.append(f"{candidates} columns may be its time")
    if event is None:
        text = f"Which column says who had the event of “{time.name}”?"
        questions.append(Question(f"{known.id}.event", text))
        sure = ASKED
    else:
        found = direction_of(event.column, median_times(event.column, time.column))
        made = _with_event(made, event, found)
        told = told_by_cells(event.column, known)
        if told:
            found = found._replace(sure=told.sure, why=told.why)
            made = with_causes(made, told.causes, told.none, known.happens)
        why.append(found.why)
        sure = min(sure, found.sure)
        if found.sure == ASKED:
            questions += _which_event(made, event)
        if not told and len(known.happens) > 1 and not known_endpoints(event.column.heading):
            why.append(f"“{event.name}” is taken to count death too")
            sure = min(sure, DOUBTFUL)
    if made.unit and questions:
        sure = ASKED
    return replace(made, sure=sure, why="; ".join(why), questions=tuple(questions))


def _with_event(made: EndpointGuess, event: Guess, found: Direction) -> EndpointGuess:
    return replace(made, event=event.name, event_values=found.event, censored_values=found.censored)


def _which_event(made: EndpointGuess, event: Guess) -> list[Question]:
    values = event.column.values
    shown = ", ".join(f"“{cell}” ({n})" for cell, n in values.most_common(6))
    text = f"Which values of “{event.name}” are the event of {made.label}? It holds {shown}."
    asked = [Question(f"{made.id}.event_values", text, tuple(values))]
    if len(values) > 2:
        text = (
            f"Which values of “{event.name}” are of patients to whom nothing happened (censored)? "
            "What is neither of the two competes with the event, as a transplant does with death."
        )
        asked.append(Question(f"{made.id}.none", text, tuple(values)))
    return asked
