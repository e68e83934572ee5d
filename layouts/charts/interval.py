"""Estimates with their intervals as spans of HTML, on an axis that every row of a table shares."""

from __future__ import annotations

import math
from dataclasses import dataclass

from layouts.shared.html import joined, tag
from layouts.shared.words import minus

_STEPS = (0.1, 0.2, 0.5, 1, 2, 3, 5, 6, 10, 12, 20, 30, 50, 100, 200, 500)


@dataclass(frozen=True)
class DifferenceAxis:
    """From -``high`` on the left to ``high`` on the right."""

    high: float

    @property
    def low(self) -> float:
        return -self.high

    @property
    def ticks(self) -> tuple[float, ...]:
        return self.low, 0, self.high

    def place(self, value: float) -> str:
        """Per cent of the width, kept within the axis."""
        share = (value - self.low) / (2 * self.high)
        return f"{100 * min(max(share, 0), 1):.2f}%"


def difference_axis(*estimates: tuple[float, float, float]) -> DifferenceAxis:
    """An axis with a round end that holds every estimate and interval."""
    known = [abs(x) for one in estimates for x in one if math.isfinite(x)]
    wanted = max(known, default=1.0)
    return DifferenceAxis(float(next((s for s in _STEPS if s >= wanted), _STEPS[-1])))


def axis_ticks(axis, text=lambda tick: f"{tick:.2g}", *, few: bool = False) -> str:
    """The labels of an axis; ``few`` only at its ends and in the middle, where there is no room."""
    ticks = axis.ticks
    if few:
        ticks = (ticks[0], ticks[len(ticks) // 2], ticks[-1])
    return joined(
        tag("span", text(tick), class_="tick", style=f"left:{axis.place(tick)}") for tick in ticks
    )


def favours(left: str, right: str) -> str:
    """Which side favours whom, said on both sides of the line of no difference."""
    return tag("span", tag("span", "← ", left), tag("span", right, " →"), class_="favours")


def favours_side(whom: str, side: str) -> str:
    """Whom one side of an axis favours, over that side: ``left`` or ``right``."""
    words = f"← favours {whom}" if side == "left" else f"favours {whom} →"
    return tag("span", words, class_=f"favours of-{side}")


def signed(text: str) -> str:
    """A number that says which way a difference goes: ``+3.1``, ``−0.4``."""
    if text.startswith("-"):
        return minus(text)
    return text if not any(c in "123456789" for c in text) else f"+{text}"


def interval(estimate, axis, *, null: float, kind: str = "box", side: float = 10) -> str:
    """Mark and interval; an arrow where the interval leaves the axis.

    Parameters
    ----------
    estimate : (value, lower, upper)
        NaN where not estimable: only the line of no difference is drawn.
    null : float
        Value of no difference.
    kind : str
        Class of the mark: ``box``, or ``dot`` for a second estimate in the same row.
    side : float
        Pixels.
    """
    value, lower, upper = estimate
    parts = [tag("span", class_="all", style=f"left:{axis.place(null)}")]
    if all(map(math.isfinite, (value, lower, upper))):
        places = sorted((axis.place(lower), axis.place(upper)), key=lambda p: float(p[:-1]))
        first, last = (lower, upper) if axis.place(lower) == places[0] else (upper, lower)
        ends = sorted((axis.low, axis.high))
        arrows = " left" * (not ends[0] <= first <= ends[1])
        arrows += " right" * (not ends[0] <= last <= ends[1])
        parts.append(
            tag(
                "span",
                class_=f"range{arrows}",
                style=f"left:{places[0]};right:calc(100% - {places[1]})",
            )
        )
        parts.append(
            tag("span", class_=kind, style=f"left:{axis.place(value)};--side:{side:.1f}px")
        )
    return tag("span", parts, class_="plot")
