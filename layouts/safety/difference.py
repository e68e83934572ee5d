"""The difference of two arms beside a term: words and a dot plot, as HTML."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from layouts.safety.context import SafetyContext
from layouts.shared.html import joined, tag


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
    marks = joined(
        (
            tag("span", words, class_="tick", style=f"left:{place}%")
            for place, words in ((0, f"−{100 * end:.0f}"), (50, "0"), (100, f"+{100 * end:.0f}"))
        )
    )
    return tag(
        "th",
        tag("span", f"More with {context.arms[0][0]} →", class_="axis-title"),
        tag("span", marks, class_="axis"),
        scope="col",
        class_="drawing",
    )


def difference_cells(scales: Scales, position: int) -> list[str]:
    """The difference of one term in words and drawn with its interval."""
    value, low, high = (float(one) for one in scales.differences[position])
    if not math.isfinite(value):
        return [tag("td", "–", class_="ci"), tag("td", class_="drawing")]

    def place(share: float) -> float:
        return min(max(50 + 50 * share / scales.difference, 0), 100)

    words = f"{_signed(value)} ({_signed(low)} to {_signed(high)})"
    drawing = tag(
        "span",
        tag("span", class_="middle"),
        tag("span", class_="range", style=f"left:{place(low):.2f}%;right:{100 - place(high):.2f}%"),
        tag("span", class_="dot", style=f"left:{place(value):.2f}%"),
        class_="plot",
    )
    return [
        tag("td", words, class_="ci", data_statistic="difference"),
        tag("td", drawing, class_="drawing"),
    ]


def _signed(share: float) -> str:
    text = f"{100 * share:.0f}"
    if text in ("0", "-0"):
        return "0"
    return f"−{text[1:]}" if text.startswith("-") else f"+{text}"
