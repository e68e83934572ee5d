"""The difference of two arms beside a term: words and a dot plot, as HTML."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

import numpy as np

from layouts.safety.context import SafetyContext


@dataclass(frozen=True, eq=False)
class Scales:
    """The common axes of the drawings: shares of patients, and their differences.

    Attributes
    ----------
    share, difference : float
        Where the axis ends, as a share; the second also on the other side of zero.
    """

    share: float
    difference: float
    limits: tuple[np.ndarray, np.ndarray]
    differences: np.ndarray | None


def difference_axis(context: SafetyContext, scales: Scales) -> str:
    """The head of the dot plot: which side is whose, and its ends in points."""
    end = scales.difference
    marks = "".join(
        f'<span class="tick" style="left:{place}%">{words}</span>'
        for place, words in ((0, f"−{100 * end:.0f}"), (50, "0"), (100, f"+{100 * end:.0f}"))
    )
    return (
        '<th scope="col" class="drawing"><span class="axis-title">More with '
        f"{escape(context.arms[0][0])} →</span>"
        f'<span class="axis">{marks}</span></th>'
    )


def difference_cells(scales: Scales, position: int) -> list[str]:
    """The difference of one term in words and drawn with its interval."""
    value, low, high = (float(one) for one in scales.differences[position])
    if not math.isfinite(value):
        return ['<td class="ci">–</td>', '<td class="drawing"></td>']

    def place(share: float) -> float:
        return min(max(50 + 50 * share / scales.difference, 0), 100)

    words = f"{_signed(value)} ({_signed(low)} to {_signed(high)})"
    drawing = (
        '<span class="plot"><span class="middle"></span>'
        f'<span class="range" style="left:{place(low):.2f}%;right:{100 - place(high):.2f}%"></span>'
        f'<span class="dot" style="left:{place(value):.2f}%"></span></span>'
    )
    return [
        f'<td class="ci" data-statistic="difference">{words}</td>',
        f'<td class="drawing">{drawing}</td>',
    ]


def _signed(share: float) -> str:
    text = f"{100 * share:.0f}"
    if text in ("0", "-0"):
        return "0"
    return f"−{text[1:]}" if text.startswith("-") else f"+{text}"
