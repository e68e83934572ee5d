"""A logarithmic axis for ratios, symmetric around 1."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_TICKS = (1, 1.5, 2, 4, 8, 16)


@dataclass(frozen=True)
class LogAxis:
    """From ``low`` to ``high`` = 1 / ``low``; ``ticks`` come in pairs x and 1/x around 1."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, ratio: float) -> str:
        """Per cent of the width at which a ratio stands, kept within the axis."""
        share = (math.log(ratio) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return f"{100 * min(max(share, 0), 1):.2f}%"


def log_axis(estimates: Iterable[tuple[float, float, float]]) -> LogAxis:
    """An axis that holds every estimate and most intervals.

    Parameters
    ----------
    estimates : iterable of (ratio, lower, upper)
        NaN where not estimable. Intervals beyond the axis are meant to be drawn with an arrow.
    """
    known = [one for one in estimates if all(math.isfinite(x) and x > 0 for x in one)]
    reach = sorted(max(abs(math.log(x)) for x in one[1:]) for one in known)
    # Nine tenths of the intervals fit; one very wide one must not flatten the others.
    wanted = reach[int(0.9 * (len(reach) - 1))] if reach else math.log(2)
    wanted = max([wanted, *(abs(math.log(one[0])) for one in known)])
    high = next((tick for tick in _TICKS[1:] if math.log(tick) >= wanted), _TICKS[-1])
    upper = [tick for tick in _TICKS if 1 < tick <= high]
    if len(upper) > 2:
        # Two labels on each side have room: the end, and one half way to it.
        upper = [min(upper, key=lambda tick: abs(math.log(tick) - math.log(high) / 2)), high]
    ticks = (*(round(1 / tick, 4) for tick in reversed(upper)), 1, *upper)
    return LogAxis(1 / high, high, ticks)
