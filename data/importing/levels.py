"""Whether the values of a column are numbers or levels, and whether the levels have an order."""

from __future__ import annotations

import re

from data.found_levels import order_of
from data.importing.column import MOST_LEVELS, Column
from data.importing.headings import said_by

# Whole numbers with no more different values than this are levels: a score, a grade, a code.
FEW = 6


def kind_of(column: Column) -> tuple[str, str]:
    """``number``, ``ordinal`` or ``categorical``, and why; ``text`` for too many values."""
    distinct = len(column.values)
    if column.numbers is not None and not column.value_labels:
        if not column.whole or distinct > FEW or said_by(column.name, "measured"):
            return "number", f"{distinct} different numbers"
        return "ordinal" if distinct > 2 else "categorical", "few whole numbers"
    if distinct > MOST_LEVELS or (distinct > 8 and distinct * 2 > column.known):
        return "text", f"{distinct} different texts"
    order = _order(column)
    if order and distinct > 2:
        return "ordinal", f"{distinct} levels, {order}"
    return "categorical", f"{distinct} level{'s' if distinct > 1 else ''}"


def _order(column: Column) -> str:
    """By what the levels have an order; single letters have one under the right heading."""
    values = list(column.values)
    letters = all(re.fullmatch(r"(\w+ )?[A-Fa-f]\d?", value) for value in values)
    if letters and said_by(column.heading, "ordered"):
        return "by letter"
    return order_of(values)
