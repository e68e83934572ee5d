"""The arms, and which of them the others are compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.importing.guess import CERTAIN, DOUBTFUL, LIKELY, Guess
from data.importing.headings import cell_is, lists, says


@dataclass(frozen=True)
class ArmsGuess:
    """The arms of a study.

    Attributes
    ----------
    column : str
    levels : tuple of str
        Cells, the reference first.
    reference : str
    sure : int
        Of the reference.
    why : str
    """

    column: str
    levels: tuple[str, ...]
    reference: str
    sure: int
    why: str


def guess_arms(guesses: list[Guess], answers: Mapping[str, str]) -> ArmsGuess | None:
    """The arms of the first column that holds some; None where there is none."""
    found = next((one for one in guesses if one.role == "arm"), None)
    if found is None:
        return None
    levels = sorted(found.column.values)
    said = answers.get("reference", "")
    if said in levels:
        reference, sure, why = said, CERTAIN, "as you say"
    else:
        reference, sure, why = _reference(levels)
    ordered = (reference, *(one for one in levels if one != reference))
    return ArmsGuess(found.name, ordered, reference, sure, why)


def _reference(levels: list[str]) -> tuple[str, int, str]:
    words = tuple(lists()["cells"]["control"])
    control = [one for one in levels if cell_is(one, "control") or says(one, words)]
    if len(control) == 1:
        return control[0], LIKELY, f"“{control[0]}” is what others are compared with by its name"
    parts = {one: _parts(one) for one in levels}
    within = [
        one for one in levels if all(parts[one] < parts[other] for other in levels if other != one)
    ]
    if len(within) == 1:
        said = f"“{within[0]}” is part of every other arm"
        return within[0], LIKELY, said
    return (
        levels[0],
        DOUBTFUL,
        f"“{levels[0]}” is the first by the alphabet; nothing else says which",
    )


def _parts(level: str) -> frozenset[str]:
    """What an arm consists of: “RE + sorafenib” of two."""
    return frozenset(part.strip().lower() for part in re.split(r"[+&/]| plus | and | und ", level))
