"""Ranges over data sets that fit the publication equally well, as the reader sees them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import Markup

from analysis.reconstruction_range import Range
from layouts.shared.html import tag
from layouts.shared.words import listed, span


@dataclass(frozen=True, eq=False)
class Across:
    """The ranges of the numbers of one view.

    Attributes
    ----------
    n : int
        Data sets; 0 where the study has one only, and nothing has a range.
    ranges : mapping of key to Range
        Those that are said beside their numbers. The keys are those of the view: a statistic with
        the places of group and variable.
    settled : mapping of key to Range
        Those that the screen leaves out: of numbers that are the same in every data set, or that
        the publication prints itself. A file holds them all.
    below : mapping of key to int
        Of every p, said or not, in how many data sets it is below 0.05.
    """

    n: int = 0
    ranges: Mapping[tuple, Range] = field(default_factory=lambda: MappingProxyType({}))
    settled: Mapping[tuple, Range] = field(default_factory=lambda: MappingProxyType({}))
    below: Mapping[tuple, int] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, key: tuple) -> Range | None:
        """The range of a number, said on the screen or not; None where no data set has it."""
        return self.ranges.get(key) or self.settled.get(key)

    @property
    def any(self) -> bool:
        """Whether any number of the view has a range."""
        return bool(self.ranges)

    def words(
        self, key: tuple, shown: str, words: Callable[[float], str], none: str = "not estimable"
    ) -> str:
        """``8.2–9.6``; empty where the publication fixes the number at the digits shown.

        Parameters
        ----------
        shown : str
            The number as it stands on the screen.
        words : function of float
            How such a number is written.
        none : str
            What a data set without the number says ("NR" for a median).
        """
        found = self.ranges.get(key)
        if found is None:
            return ""
        low, high = (_shown(end, words) for end in (found.low, found.high))
        if low == high:
            # Every data set shows the same; where some show none, both are said.
            both = "" if low == shown else low
            return both if found.known == found.n else f"{low} or {none}"
        # The per cent is said once: "51–63 %".
        text = span(low.removesuffix(" %"), high)
        return text if found.known == found.n else f"{text} or {none}"

    def html(
        self, key: tuple, shown: str, words: Callable[[float], str], none: str = "not estimable"
    ) -> str:
        """The range as a small line under its number; empty where there is none."""
        text = self.words(key, shown, words, none)
        return bracketed(text) if text else ""

    def bracket(
        self, key: tuple, shown: str, words: Callable[[float], str], none: str = "not estimable"
    ) -> str:
        """The range behind its number in a sentence, `` [8.2–9.6]``; empty where there is none."""
        text = self.words(key, shown, words, none)
        return f" [{text}]" if text else ""

    def open_on(self, key: tuple, null: float) -> bool:
        """Whether the data sets stand on either side of a value: 1 for a ratio, 0.05 for a p."""
        found = self.ranges.get(key)
        return found is not None and found.low < null <= found.high


def _shown(number: float, words: Callable[[float], str]) -> str:
    """A number as its page writes it; a range may go on without end."""
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    return words(number)


NOTHING = Across()


def bracketed(words: str) -> Markup:
    """A range in its brackets, ``[0.03–0.88 or no test]``: a line breaks between words only."""
    low_high, either, none = words.partition(" or ")
    whole = tag("span", f"[{low_high}{'' if either else ']'}", class_="whole")
    return tag("span", whole, f"{either}{none}]" if either else None, class_="across")


def explained(across: Across, sentence: str, *decided: tuple[str, tuple, float]) -> str:
    """A sentence with what its brackets are, and what the publication leaves open.

    Parameters
    ----------
    decided : (name, key, value) tuples
        Numbers of the sentence whose side of a value is what a reader takes from them.
    """
    if "[" not in sentence:
        return sentence
    said = f"{sentence} In brackets: range across {across.n} data sets that fit the paper as well."
    names = [name for name, key, null in decided if across.open_on(key, null)]
    # What is not known comes before what is.
    return f"The publication does not decide {listed(names, 'or')}. {said}" if names else said


def sets_words(n: int) -> str:
    """``20 data sets that fit the paper equally well``."""
    return f"{n} data sets that fit the paper equally well"


def across_note(across: Across) -> str:
    """What the brackets are, for a footnote; empty where none stand on the page."""
    if not across.any:
        return ""
    return (
        "In square brackets: the range of a number that the publication does not fix, across "
        f"{sets_words(across.n)}."
    )
