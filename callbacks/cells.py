"""A value of a file as it is written in a cell, the same in every kind of file."""

from __future__ import annotations

import math
import numbers
import re

from layouts.shared.few import Few
from layouts.shared.html import without_controls

# A spreadsheet runs a cell that starts like this as a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\0")
# … but not one that is a number, such as a printed limit of -3.
_PLAIN_NUMBER = re.compile(r"[-+]\d+(\.\d+)?")


def cell(value: object) -> str | int | float:
    """A number as a number; anything else as text: NaN as R's NA, infinity as its Inf."""
    if isinstance(value, Few):
        return value.cell
    if isinstance(value, str):
        # A line break would begin a new row, and its rest could be a formula again.
        return without_controls(" ".join(value.splitlines()))
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return str(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    number = float(value)
    if math.isnan(number):
        return "NA"
    if math.isinf(number):
        return "Inf" if number > 0 else "-Inf"
    return number


def runs(text: str) -> bool:
    """Whether a spreadsheet would take text for a formula."""
    return text.lstrip().startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text)


def csv_cell(value: object) -> str:
    """A cell of a CSV file; text that would run has an apostrophe before it."""
    written = cell(value)
    if isinstance(value, str):
        return f"'{written}" if runs(written) else written
    return written if isinstance(written, str) else repr(written)
