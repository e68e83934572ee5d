"""Endpoints from dates: a start, and the first of progression and death, else the last contact."""

from __future__ import annotations

from data.importing.direction import direction_of
from data.importing.guess import (
    ASKED,
    CERTAIN,
    DOUBTFUL,
    LIKELY,
    EndpointGuess,
    Guess,
    Question,
)
from data.importing.headings import KnownEndpoint, endpoint_of, said_by

# What a start is called, the best first: chance assigned the arms on that day.
_STARTS = (
    ("random", "rand", "aleator", "随机"),
    ("inclu", "enrol", "einschl", "entry", "入组"),
    ("treat", "therap", "dose", "behandl", "trait", "tratam", "trt", "治疗"),
)


def dated(guesses: list[Guess], have: set[str]) -> list[EndpointGuess]:
    """Overall and progression-free survival from dates, where they are not there already.

    Parameters
    ----------
    have : set of str
        Ids of the endpoints that were found otherwise.
    """
    dates = [one for one in guesses if one.role == "date"]
    starts = sorted((one for one in dates if "start" in one.dates), key=_priority)
    flag = _death_flag(guesses)
    both = _first(one for one in dates if {"death", "last contact"} <= one.dates)
    death = _first(one for one in dates if one.dates == {"death"})
    last = _first(one for one in dates if one.dates == {"last contact"})
    end = both or _first(one for one in dates if "end" in one.dates)
    progression = _first(one for one in dates if one.dates == {"progress"})
    if not starts or not (death or last or end):
        return []
    parts = _Parts(starts, death, last, end, progression, flag)
    wanted = [endpoint_of("death")]
    if progression:
        wanted.append(endpoint_of("progress", "death"))
    return [parts.made(known) for known in wanted if known.id not in have]


def _first(found) -> Guess | None:
    return next(iter(found), None)


def _priority(guess: Guess) -> int:
    heading = guess.column.heading.lower()
    ranks = (i for i, words in enumerate(_STARTS) if any(word in heading for word in words))
    return next(ranks, len(_STARTS))


def _death_flag(guesses: list[Guess]) -> Guess | None:
    flags = [one for one in guesses if one.role == "event"]
    return _first(one for one in flags if said_by(one.column.heading, "death")) or _first(
        one for one in flags if one.column.event_words and all(one.column.event_words)
    )


class _Parts:
    """The dates that were found, and what endpoints are made of them."""

    def __init__(self, starts, death, last, end, progression, flag):
        self.start, self.starts = starts[0], starts
        self.death, self.last, self.end = death, last, end
        self.progression, self.flag = progression, flag

    def made(self, known: KnownEndpoint) -> EndpointGuess:
        """One endpoint with what speaks for it."""
        progression = self.progression.name if "progress" in known.happens else ""
        why, sure, questions = [f"days from “{self.start.name}”"], LIKELY, []
        if len(self.starts) > 1:
            others = ", ".join(f"“{one.name}”" for one in self.starts[1:])
            why.append(f"it could also start at {others}")
            sure = DOUBTFUL
        event, event_values, censored_values = "", (), ()
        death, end, last = self.death, self.end, self.last
        if end and not death:
            if self.flag:
                found = direction_of(self.flag.column)
                event, event_values, censored_values = self.flag.name, found.event, found.censored
                sure = min(sure, found.sure)
                why.append(f"“{end.name}” is of a death where “{event}” says so: {found.why}")
                if found.sure == ASKED:
                    text = f"Which values of “{event}” say that somebody died?"
                    values = tuple(self.flag.column.values)
                    questions.append(Question(f"{known.id}.event_values", text, values))
            else:
                text = f"Which column says whether “{end.name}” is of a death?"
                questions.append(Question(f"{known.id}.event", text))
        elif death:
            why.append(f"death on “{death.name}”")
            last = last or end
            if last is None:
                text = f"Until when was somebody followed who has no “{death.name}”?"
                questions.append(Question(f"{known.id}.last_contact", text))
        elif last:
            text = "Which column holds the dates of death?"
            questions.append(Question(f"{known.id}.death", text))
        if progression:
            why.append(f"the first of “{progression}” and death, else the last contact")
        orders = [one.column.dates for one in self._used(progression)]
        order = next((one for one in orders if one in ("dmy", "mdy")), "")
        if any(" or " in one for one in orders) and not order:
            text = "Does the day or the month stand first in the dates? Every one could be either."
            questions.append(Question(f"{known.id}.order", text, ("dmy", "mdy")))
        return EndpointGuess(
            id=known.id,
            label=known.label,
            name=known.name,
            event_name=known.event,
            curve=known.curve,
            event=event,
            event_values=event_values,
            censored_values=censored_values,
            start=self.start.name,
            progress=progression,
            death=death.name if death else "",
            end=end.name if end and not death else "",
            last_contact=last.name if last else "",
            order=order,
            sure=ASKED if questions else min(sure, CERTAIN),
            why="; ".join(why),
            questions=tuple(questions),
        )

    def _used(self, progression: str) -> list[Guess]:
        used = [self.start, self.death, self.end, self.last]
        return [one for one in (*used, self.progression if progression else None) if one]
