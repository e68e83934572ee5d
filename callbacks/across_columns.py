"""Columns of a file that hold the range of a number over equally fitting data sets."""

from __future__ import annotations

from layouts.shared.ranges import Across

NAN = float("nan")


def across_columns(across: Across, *columns: tuple[str, tuple], scale: float = 1.0) -> dict:
    """``<name>_across_low`` and ``<name>_across_high`` of some numbers.

    Parameters
    ----------
    columns : (name, key) pairs
    scale : float
        What the numbers are divided by (days in a month).

    Returns
    -------
    dict
        Empty for a view without such data sets; NaN where the publication fixes the number.
    """
    if not across.n:
        return {}
    found = ((name, across.ranges.get(key)) for name, key in columns)
    return {
        f"{name}_across_{end}": getattr(one, end) / scale if one else NAN
        for name, one in found
        for end in ("low", "high")
    }
