"""Whether the values of a column are numbers or levels, and whether the levels have an order."""

from __future__ import annotations

import re

from data.importing.column import MOST_LEVELS, Column
from data.importing.headings import lists, said_by

# Whole numbers with no more different values than this are levels: a score, a grade, a code.
FEW = 6
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


def kind_of(column: Column) -> tuple[str, str]:
    """``number``, ``ordinal`` or ``categorical``, and why; ``text`` for too many values."""
    distinct = len(column.values)
    if column.numbers is not None and not column.value_labels:
        if not column.whole or distinct > FEW or said_by(column.name, "measured"):
            return "number", f"{distinct} different numbers"
        return "ordinal" if distinct > 2 else "categorical", "few whole numbers"
    if distinct > MOST_LEVELS or (distinct > 8 and distinct * 2 > column.known):
        return "text", f"{distinct} different texts"
    words, order = in_order(list(column.values), bool(said_by(column.heading, "ordered")))
    if words and distinct > 2:
        return "ordinal", f"{distinct} levels {order}"
    return "categorical", f"{distinct} level{'s' if distinct > 1 else ''}"


def in_order(values: list[str], letters: bool = False) -> tuple[tuple[str, ...], str]:
    """Levels in their order, and how it was found; empty where none is known.

    Parameters
    ----------
    letters : bool
        Whether single letters have an order, as those of a stage.

    >>> in_order(["III", "IIb", "I"])
    (('I', 'IIb', 'III'), 'by Roman figures')
    >>> in_order(["high", "low"])
    (('low', 'high'), 'from low to high')
    """
    ranks = {one: _rank(one, letters) for one in values}
    if None in ranks.values() or len({rank[0] for rank in ranks.values()}) != 1:
        return (), ""
    how = next(iter(ranks.values()))[0]
    return tuple(sorted(values, key=lambda one: ranks[one][1])), how


def _rank(cell: str, letters: bool) -> tuple[str, tuple] | None:
    """How a level is ordered, and its place."""
    text = cell.strip().lower()
    scale = lists()["cells"]["low to high"]
    if text in scale:
        return "from low to high", (scale.index(text),)
    bare = re.sub(r"^(stage|stadium|grade|grad|class|stade|estadio|grado)\s+", "", text)
    if found := re.fullmatch(r"[<≤>≥]?=?\s*(\d+(?:\.\d+)?)(?:\s*[-–]\s*\d+)?([a-d]?)", bare):
        above = 1 if bare[0] in ">≥" else 0
        return "by number", (float(found[1]), above, found[2])
    if found := re.fullmatch(r"(vi|iv|iii|ii|i|v)([a-d]?\d?)", bare):
        return "by Roman figures", (_ROMAN[found[1]], found[2])
    if (letters or bare != text) and (found := re.fullmatch(r"([a-f])(\d?)", bare)):
        return "by letter", (found[1], found[2])
    return None
