"""The key above a figure: how many rows it takes, so that none stands on the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable

from layouts.charts.frame import LETTER

# Pixels of an entry beside its words: the mark, and the air around it.
MARK = 48
AIR = 10


def key_rows(names: Iterable[str], width: float, text: float) -> int:
    """Rows of a key: one where it fits, else columns as wide as the longest entry, as plotly does.

    Parameters
    ----------
    width : float
        Pixels of the drawing.
    text : float
        Pixels of the letters.
    """
    wanted = [MARK + LETTER * text * len(name) for name in names]
    if sum(wanted) <= width:
        return 1
    return math.ceil(len(wanted) / max(1, int(width / max(wanted))))


def key_height(names: Iterable[str], width: float, text: float) -> int:
    """Pixels of the key, with the air under it."""
    return round(key_rows(names, width, text) * 1.6 * text + AIR)
