"""What a view found, in one clause: the title of its slide.

A finding is made of the same result as the page's sentence, claims no more than it, and carries the
interval, the range or the caution without which it would mislead.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from layouts.shared.claims import LEVEL
from layouts.shared.numbers import Key
from layouts.shared.ranges import Across
from layouts.shared.words import capitalised, listed

EXPLORATORY, ILLUSTRATIVE = "Exploratory", "Illustrative"


def finding(said: str, *, exploratory: bool = False, illustrative: bool = False) -> str:
    """A clause as a title, after the words that it must not be read without."""
    marks = [EXPLORATORY] * exploratory + [ILLUSTRATIVE] * illustrative
    if not marks:
        return capitalised(said)
    second = [one.lower() for one in marks[1:]]
    return f"{', '.join([*marks[:1], *second])}: {said}"


def of_two(
    what: str,
    first: tuple[str, float],
    second: tuple[str, float],
    medians: tuple[str, str],
    p: float,
    *,
    undecided: bool,
    tail: str = "",
) -> str:
    """Which of two groups did better, as far as a test says so.

    Parameters
    ----------
    what : str
        The endpoint within a sentence.
    first, second : (who, median)
        ``with sorafenib`` and days, NaN where the median is not reached.
    medians : tuple of str
        The same two medians as they are printed.
    p : float
        Of the test between the two.
    undecided : bool
        Whether data sets that fit the publication differ in whether p is below 0.05.
    tail : str
        What stands behind, as the hazard ratio.
    """
    (who, days), (other, others) = first, second
    behind = f"; {tail}" if tail else ""
    both = f"median {medians[0]} {who}, {medians[1]} {other}{behind}"
    if undecided:
        return f"the publication does not decide whether {what} differs: {both}"
    if not p < LEVEL:
        return f"no clear difference in {what}: {both}"
    # A median that is not reached is the longer one.
    ours, theirs = (math.inf if math.isnan(x) else x for x in (days, others))
    if ours == theirs:
        return f"{what} differed: {both}"
    longer = who if ours > theirs else other
    best, least = medians if ours > theirs else medians[::-1]
    # The unit is said once where both are plain numbers.
    number, _, unit = best.partition(" ")
    if best.count(" ") == 1 and least.endswith(f" {unit}"):
        best = number
    return f"{what} was longer {longer}: median {best} against {least}{behind}"


def count_beside(across: Across, shown: int, key: Key) -> str:
    """``2 [0–4]``: how many, and how many across the data sets that fit the publication."""
    return f"{shown}{across.bracket(key, f'{shown}', '{:.0f}'.format)}"


def shares(parts: Sequence[tuple[str, int, int]], decimals: int = 0) -> str:
    """``45 of 73 (62 %) with A, 39 of 104 (38 %) with B``: (who, some, n) of each group."""
    said = []
    for who, some, n in parts:
        share = f" ({100 * some / n:.{decimals}f} %)" if n and math.isfinite(some / n) else ""
        said.append(f"{some} of {n}{share} {who}".rstrip())
    return listed(said)
