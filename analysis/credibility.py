"""How credible an effect modification is: the rules of ICEMAN for a randomised trial.

Instrument to assess the Credibility of Effect Modification Analyses (Schandelmaier S, Briel M,
Varadhan R, et al. CMAJ 2020;192:E901–E906, and its manual). Five questions, each answered on one
scale from "definitely reduced" to "definitely increased" credibility, bound the overall level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import IntEnum

SUGGESTED = 0.1
"""P-value of an interaction below which there is something to assess."""
# P-values above which chance is a very likely, a likely and a possible explanation.
_CHANCE = (0.05, 0.01, 0.005)
# Effect modifiers tested: more than the first definitely, more than the second probably too many.
_MANY, _SOME = 10, 3


class Answer(IntEnum):
    """What an answer does to credibility."""

    DEFINITELY_REDUCED = 0
    PROBABLY_REDUCED = 1
    PROBABLY_INCREASED = 2
    DEFINITELY_INCREASED = 3


class Level(IntEnum):
    """The overall credibility; of a maximum what it can be at most."""

    VERY_LOW = 0
    LOW = 1
    MODERATE = 2
    HIGH = 3


def by_chance(p: float) -> Answer:
    """Whether a test of interaction makes chance an unlikely explanation.

    Parameters
    ----------
    p : float
        Of the interaction; NaN, without a test, is unclear.
    """
    if math.isnan(p):
        return Answer.PROBABLY_REDUCED
    return Answer(sum(p <= bound for bound in _CHANCE))


def by_number(tested: int) -> Answer:
    """Whether few effect modifiers were tested, where their number was not considered otherwise.

    Three or fewer can at most "probably" have been all: a protocol that says so is a reader's to
    know.
    """
    if tested > _MANY:
        return Answer.DEFINITELY_REDUCED
    return Answer.PROBABLY_REDUCED if tested > _SOME else Answer.PROBABLY_INCREASED


def level(answers: Iterable[Answer | None]) -> Level:
    """The highest overall level that the answers allow.

    Very low where all of them reduce credibility; low where one definitely or two probably do;
    moderate where one probably does; high where none does.

    Parameters
    ----------
    answers : iterable of Answer or None
        None of a question that does not apply.
    """
    given = [one for one in answers if one is not None]
    probably = given.count(Answer.PROBABLY_REDUCED)
    definitely = given.count(Answer.DEFINITELY_REDUCED)
    if probably + definitely == len(given):
        return Level.VERY_LOW
    if definitely or probably > 1:
        return Level.LOW
    return Level.MODERATE if probably else Level.HIGH
