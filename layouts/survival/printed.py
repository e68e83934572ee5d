"""What the publication prints of a survival view, beside what is recomputed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from analysis.verdict import DIFFERS, EXACT, NOT_REACHED
from layouts.shared.numbers import Key
from layouts.shared.words import DAYS_PER


@dataclass(frozen=True)
class PrintedNumber:
    """A number as the publication prints it.

    Attributes
    ----------
    text : str
        As printed; ``NA`` for a quantile that was not reached.
    verdict : str
        Of the recomputed number against it (see `analysis.verdict`).
    lower, upper : str
        Its limits as printed; empty where there are none.
    """

    text: str
    verdict: str
    lower: str = ""
    upper: str = ""

    @property
    def days(self) -> float:
        """A printed time in days; NaN where it was not reached."""
        return _days(self.text)

    @property
    def limits(self) -> tuple[float, float]:
        """Printed limits of a time in days."""
        return _days(self.lower), _days(self.upper)


@dataclass(frozen=True, eq=False)
class PrintedView:
    """The printed numbers of a view.

    Attributes
    ----------
    numbers : mapping of key to PrintedNumber
        Keys are those of `layouts.survival.numbers`.
    cells, differing, near : int
        Printed cells of the view, limits among them; those that differ, and those within
        tolerance.
    """

    numbers: Mapping[Key, PrintedNumber] = field(default_factory=lambda: MappingProxyType({}))
    cells: int = 0
    differing: int = 0
    near: int = 0

    def other(self, key: Key) -> PrintedNumber | None:
        """The printed number where the recomputed one is not exactly that."""
        found = self.numbers.get(key)
        return found if found is not None and found.verdict != EXACT else None

    @property
    def different(self) -> tuple[Key, ...]:
        """Keys of the numbers that differ by more than a tolerance."""
        return tuple(key for key, one in self.numbers.items() if one.verdict == DIFFERS)


NOTHING_PRINTED = PrintedView()


def _days(text: str) -> float:
    if text in ("", NOT_REACHED):
        return math.nan
    return float(text.rstrip("*")) * DAYS_PER["months"]
