"""A number of a page: what it is called, what it is, and how sure it is.

A page that prints estimates says in its ``numbers.py`` what each of them is called and how it is
made. Its file, its ranges over data sets, its screen and its sentence find it by that key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NAN = float("nan")
DAYS, SHARE, COUNT = "days", "share", "count"
# A test's statistic has no unit, and no reader compares it between data sets.
STATISTIC = "statistic"
# Of what is not known under any key.
NO_KEY: tuple = ()

Key = tuple


@dataclass(frozen=True)
class Number:
    """One number of a view.

    Attributes
    ----------
    key : tuple
        The statistic, then its places: of the group, of the variable, of the level.
    value, lower, upper : float
        The estimate with its 95 % interval; NaN where there is none.
    p : float
        p-value of the test of the same hypothesis; NaN without a test.
    unit : str
        "days", "share" (0 to 1), "count" or "statistic"; empty for what has none, as a ratio.
    """

    key: Key
    value: float = NAN
    lower: float = NAN
    upper: float = NAN
    p: float = NAN
    unit: str = ""

    @property
    def estimate(self) -> tuple[float, float, float]:
        """Value, lower and upper limit."""
        return self.value, self.lower, self.upper


def p_key(key: Key) -> Key:
    """The key of the p-value of a number."""
    return ("p", *key)


def count_below(key: Key, p_values: Iterable[float], level: float = 0.05) -> Number:
    """How many of some tests have a p below a level."""
    return Number(key, sum(p < level for p in p_values), unit=COUNT)


def by_key(numbers: Iterable[Number]) -> dict[Key, Number]:
    """Numbers by their keys."""
    return {number.key: number for number in numbers}
