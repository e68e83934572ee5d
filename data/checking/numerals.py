"""Numbers as they are written in cells, links and labels."""

from __future__ import annotations

import math
import re

import numpy as np

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)", re.ASCII)


def read_number(text: str) -> float:
    """The number a cell holds; NaN for anything that is not a finite decimal number."""
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    return number if math.isfinite(number) else math.nan


def read_range(text: str) -> tuple[float, float] | None:
    """The bounds of ``<low>..<high>`` as they stand; None if the text is no range."""
    found = _RANGE.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else None


def spoken(number: float) -> str:
    """The same for a reader, with a minus sign that is one: ``−1.5``."""
    return plain(number).replace("-", "−")


def plain(number: float) -> str:
    """The shortest decimal that reads back as the same number, never with an exponent.

    Examples
    --------
    >>> plain(60.0), plain(66.5), plain(1234567.0)
    ('60', '66.5', '1234567')
    """
    # Adding zero turns -0.0 into 0.0.
    return np.format_float_positional(number + 0.0, trim="-")
