"""Axes with round ends for what is drawn on a slide."""

from __future__ import annotations

import math
from collections.abc import Iterable

from layouts.charts.log_axis import log_axis
from layouts.slides.figure import Axis

# 0.25, 0.5, 1, 2, without a point behind what is whole.
RATIO = "[<0.999]0.0##;0"
_STEPS = (1, 2, 2.5, 5, 10)


def ratio_axis(estimates: Iterable[tuple[float, float, float]], title: str) -> Axis:
    """A logarithmic axis around 1 whose ticks are powers of 2; longer intervals leave it."""
    high = 2.0 ** max(1, math.ceil(math.log2(log_axis(estimates).high)))
    return Axis(title, 1 / high, high, log=2, form=RATIO)


def even_axis(
    values: Iterable[float], title: str, *, grid: bool = False, zero: bool = True
) -> Axis:
    """An axis that holds some values, with about five ticks.

    Parameters
    ----------
    zero : bool
        Whether 0 is on it.
    """
    known = [float(x) for x in values if math.isfinite(x)] or [0.0, 1.0]
    low, high = min(known), max(known)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    span = high - low or abs(high)
    # What differs by less than a millionth is one value.
    span = span if span > 1e-6 else 1.0
    size = 10 ** math.floor(math.log10(span / 5))
    step = next(one * size for one in _STEPS if one * size >= span / 5 * 0.999)
    start = math.floor(low / step + 1e-9) * step
    end = math.ceil(high / step - 1e-9) * step
    if end == start:
        end = start + step
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    digits += not float(step * 10**digits).is_integer()
    form = "0" if digits == 0 else "0." + "0" * digits
    return Axis(title, round(start, 9), round(end, 9), round(step, 9), form=form, grid=grid)
