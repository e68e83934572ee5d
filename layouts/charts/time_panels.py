"""Where the panels of a figure stand that has one for each cause of an event."""

from __future__ import annotations

import math
from dataclasses import dataclass

from layouts.charts.frame import label_lines

BOTTOM = 46
"""Pixels of the axis of time under the last row, at least."""
BELOW = 3.4
"""Lines of text of that axis: its ticks and its title."""
GAP = 0.06
SIDES = 54
LETTER = 0.56


@dataclass(frozen=True)
class Panel:
    """One panel.

    Attributes
    ----------
    title : list of str
        Its lines.
    across, down : list of two floats
        Its place in the figure, from 0 to 1.
    """

    title: list[str]
    across: list[float]
    down: list[float]


@dataclass(frozen=True)
class Panels:
    """All panels of a figure.

    Attributes
    ----------
    panels : tuple of Panel
    columns : int
        Beside each other.
    height, top, bottom : int
        Pixels of the figure, above its first row and under its last.
    """

    panels: tuple[Panel, ...]
    columns: int
    height: int
    top: int
    bottom: int

    @property
    def title_lines(self) -> int:
        return max(len(one.title) for one in self.panels)


def panels_of(
    titles: tuple[str, ...],
    *,
    height: int,
    text: float,
    narrow: bool,
    room: float,
    unit: str = ", %",
) -> Panels:
    """Panels in rows of two or three, on a narrow screen below each other.

    Parameters
    ----------
    height : int
        Pixels of one row, or of two on a narrow screen; more rows make the figure taller.
    room : float
        Pixels of width that the figure has at least.
    """
    n = len(titles)
    columns = 1 if narrow else {1: 1, 2: 2, 4: 2}.get(n, 3)
    rows = math.ceil(n / columns)
    width = (1 - GAP * (columns - 1)) / columns
    letters = int(width * (room - SIDES) / (LETTER * text))
    lines = [label_lines(f"{title}{unit}", max(letters, 8)) for title in titles]
    most = max(map(len, lines))
    top, bottom = round((3.2 + 1.4 * most) * text), max(BOTTOM, round(BELOW * text))
    whole = round(height * (max(rows, 2) / 2 if narrow else (1 + 0.8 * (rows - 1))))
    whole += round(1.4 * text * (most - 1) * rows)
    # Between two rows stand the axis of the upper and the title of the lower one.
    gap = (bottom + (0.6 + 1.4 * most) * text) / (whole - top - bottom)
    tall = (1 - gap * (rows - 1)) / rows
    panels = []
    for place, title in enumerate(lines):
        row, column = divmod(place, columns)
        left, upper = column * (width + GAP), 1 - row * (tall + gap)
        across = [round(left, 4), round(min(left + width, 1), 4)]
        panels.append(Panel(title, across, [round(max(upper - tall, 0), 4), round(upper, 4)]))
    return Panels(tuple(panels), columns, whole, top, bottom)


def panel_note(text, panel: Panel, up: float) -> dict:
    """Words that begin with a panel, some pixels above it: its title, or a key over all."""
    return {
        "text": text,
        "x": panel.across[0],
        "xanchor": "left",
        "align": "left",
        "y": panel.down[1],
        "yanchor": "bottom",
        "yshift": round(up),
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
    }
