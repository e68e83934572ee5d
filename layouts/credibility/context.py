"""What the credibility of a subgroup is about: its interaction, and the five answers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.cox.interaction import Interaction
from analysis.credibility import SUGGESTED, Answer, Level, by_chance, level
from data.address import View
from data.study import Endpoint, Study, Variable
from layouts.along import numbers as along_numbers
from layouts.along.context import AlongContext
from layouts.credibility.options import CredibilityOptions
from layouts.credibility.questions import CHANCE, Question
from layouts.shared.numbers import Key, p_key
from layouts.shared.ranges import Across
from layouts.subgroups import numbers
from layouts.subgroups.context import SubgroupContext


@dataclass(frozen=True)
class Answered:
    """A question with its answer.

    Attributes
    ----------
    answer : Answer or None
        None where it does not apply.
    by_reader : bool
        Whether the reader gave it.
    reason : str
        What it rests on, as a sentence.
    """

    question: Question
    answer: Answer | None
    by_reader: bool
    reason: str


@dataclass(frozen=True, eq=False)
class CredibilityContext:
    """An effect modification and everything that must be said beside it.

    Attributes
    ----------
    subgroups : SubgroupContext
        The view of all subgroups that it is one of.
    position : int or None
        Place of the modifier in it; None where no interaction can be tested.
    along : AlongContext or None
        The same along a number without cut points, where that is what is assessed.
    answered : tuple of Answered
        In the order of the questions; empty where there is nothing to assess.
    tested : int
        Interactions that are tested on the Subgroups page.
    """

    study: Study
    view: View
    endpoint: Endpoint
    options: CredibilityOptions
    subgroups: SubgroupContext
    position: int | None
    along: AlongContext | None = None
    answered: tuple[Answered, ...] = ()
    tested: int = 0

    @property
    def variable(self) -> Variable:
        """The modifier."""
        return self.subgroups.variables[self.position]

    @property
    def interaction(self) -> Interaction:
        """Effect in each of its levels, and the test."""
        return self.subgroups.result.effects[self.position]

    @property
    def p(self) -> float:
        """Of the interaction that is assessed; NaN without a test."""
        if self.along is not None:
            return self.along.effect.test.p_value if self.along.effect else math.nan
        return self.interaction.p_value

    @property
    def across(self) -> Across:
        """The ranges in which that p-value stands."""
        return self.along.across if self.along is not None else self.subgroups.across

    @property
    def p_key(self) -> Key:
        """Key of that p-value."""
        if self.along is not None:
            return p_key(along_numbers.CHANGE)
        return p_key(numbers.interaction(self.position))

    @property
    def suggested(self) -> bool:
        """Whether the interaction suggests an effect modification at all."""
        return self.p < SUGGESTED

    @property
    def level(self) -> Level:
        """The highest level that the answers allow."""
        return level(one.answer for one in self.answered)

    @property
    def levels_across(self) -> tuple[Level, Level] | None:
        """The lowest and the highest level over the data sets; None where all have the same."""
        found = self.across.of(self.p_key)
        if found is None:
            return None
        ends = tuple(self._level_at(p) for p in (found.high, found.low))
        return ends if ends[0] != ends[1] else None

    def _level_at(self, p: float) -> Level:
        def answers() -> Iterable[Answer | None]:
            for one in self.answered:
                yield by_chance(p) if one.question is CHANCE else one.answer

        return level(answers())
