"""Values of files that know kinds of values, as text cells."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta


def cell_text(value, digits: int = 17) -> str:
    """A value as text: dates as ISO 8601, whole numbers without a point, nothing as nothing.

    Parameters
    ----------
    digits : int
        Significant digits of a number. Excel shows and keeps 15; 17 stand for the shortest text
        that reads back as the same number.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value, digits)
    if isinstance(value, datetime):
        if value != value:
            # Not a time, as pandas calls it.
            return ""
        value = value.replace(tzinfo=None)
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _number(value.total_seconds() / 86400, 15)
    return str(value).strip()


def _number(value: float, digits: int) -> str:
    if math.isnan(value):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if digits >= 17 else repr(float(f"{value:.{digits}g}"))
