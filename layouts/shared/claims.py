"""What a headline may claim of tests: what holds in every data set that fits the publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layouts.shared.numbers import Key, p_key
from layouts.shared.ranges import Across
from layouts.shared.words import listed, p_number, p_value

LEVEL = 0.05


@dataclass(frozen=True)
class Test:
    """A test that a headline may name.

    Attributes
    ----------
    label : str
        What is tested.
    key : Key
        Of the number that has the p.
    p : float
        In the data set shown; NaN without a test.
    aside : str
        What is said behind the p.
    """

    label: str
    key: Key
    p: float
    aside: str = ""


def below(tests: Sequence[Test]) -> list[Test]:
    """Tests with a p below 0.05 in the data set shown, the smallest first."""
    return sorted((one for one in tests if one.p < LEVEL), key=lambda one: one.p)


def holds(across: Across, test: Test) -> bool:
    """Whether a p is below 0.05 whichever data set is the true one, or as it is printed."""
    found = across.ranges.get(p_key(test.key))
    return test.p < LEVEL and (found is None or (found.high < LEVEL and found.known == found.n))


def crosses(across: Across, test: Test) -> bool:
    """Whether a p is on one side of 0.05 in some data sets, and on the other in others."""
    return across.open_on(p_key(test.key), LEVEL)


def in_sets(across: Across, test: Test) -> str:
    """``in 12 of 20``, data sets: in how many a p is below 0.05 that is so in the one shown.

    Empty where it is so in all of them, or where the publication prints it.
    """
    if holds(across, test):
        return ""
    return f"in {across.below[p_key(test.key)]} of {across.n}"


def named(across: Across, test: Test) -> str:
    """``Child–Pugh (p = 0.014 [0.011–0.020])``."""
    beside = across.bracket(p_key(test.key), p_number(test.p), p_number, "no test")
    return f"{test.label} ({p_value(test.p)}{test.aside}{beside})"


def list_of(across: Across, tests: Sequence[Test], at_most: int) -> str:
    """The tests by name; those beyond a number of them are counted."""
    words = [named(across, one) for one in tests[:at_most]]
    more = len(tests) - len(words)
    return listed(words) + (f" and {more} more" if more > 0 else "")


def undecided(across: Across, tests: Sequence[Test], key: Key) -> bool:
    """Whether the data sets differ in which tests are below 0.05."""
    found = across.ranges.get(key)
    return found is not None or any(not holds(across, one) for one in below(tests))


def claim(across: Across, tests: Sequence[Test], key: Key, at_most: int = 5) -> str:
    """``below 0.05: Child–Pugh (p = 0.014)``, by name only what holds in every data set.

    Parameters
    ----------
    key : Key
        Of the number of tests below 0.05.
    at_most : int
        Names; the others are counted.
    """
    found = below(tests)
    if not undecided(across, tests, key):
        return f"below 0.05: {list_of(across, found, at_most) if found else 'none'}"
    sure = [one for one in found if holds(across, one)]
    span, shown = across.of(key), len(found)
    low, high = (shown, shown) if span is None else (int(span.low), int(span.high))
    words = f"{low}" if low == high else f"{low} to {high}"
    return (
        f"below 0.05 in all {across.n} data sets that fit the paper: "
        f"{list_of(across, sure, at_most) if sure else 'none'}; {shown} in the one shown, {words} "
        "across them, and the publication does not decide which"
    )


def is_largest(across: Across, key: Key, value: float, others: Mapping[Key, float]) -> bool:
    """Whether a number is the largest of some in whichever data set is the true one."""
    low, _ = _limits(across, key, value)
    return all(_limits(across, other, size)[1] <= low for other, size in others.items())


def _limits(across: Across, key: Key, value: float) -> tuple[float, float]:
    found = across.ranges.get(key)
    return (value, value) if found is None else (found.low, found.high)


def count_words(across: Across, shown: int, key: Key) -> str:
    """``1 [1–3 across 20 data sets]``."""
    beside = across.words(key, f"{shown}", "{:.0f}".format)
    return f"{shown} [{beside} across {across.n} data sets]" if beside else f"{shown}"
