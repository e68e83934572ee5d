"""Room and type of a survival figure, and how the room is shared out."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.survival_groups import SurvivalGroups
from layouts.charts.risk_table import left_margin

LABEL_WIDTH = 22
# Room between the curves and the risk table, in lines of text: tick labels and their title.
AXIS_LINES = 3.4


@dataclass(frozen=True)
class Frame:
    """Room and type of a figure.

    Attributes
    ----------
    height : int
        Pixels of the whole figure, risk table included.
    text : float
        Size of the text in pixels.
    narrow : bool
        A telephone: no labels beside the curves, fewer ticks.
    low : bool
        Little height: one row of the risk table for each group.
    """

    height: int = 560
    text: float = 13
    narrow: bool = False
    low: bool = False
    width: int | None = None
    margin: dict = field(default_factory=dict)

    @property
    def ticks_at_most(self) -> int:
        return 6 if self.narrow else 11


def label_lines(label: str) -> list[str]:
    """A long name in lines; plotly does not wrap."""
    lines = [""]
    for word in label.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= LABEL_WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def margins(result: SurvivalGroups, frame: Frame) -> dict:
    """Left room for the row names of the risk table, right room for the names of the curves."""
    right = 14
    if not frame.narrow and len(result.shown) > 1:
        longest = max(len(line) for g in result.shown for line in label_lines(g.label))
        right = round(max(24, 0.6 * frame.text * longest + 16))
    return {"l": left_margin(result, frame), "r": right, "t": round(frame.text * 2), "b": 6}


def _row_height(frame: Frame) -> float:
    return frame.text * 1.42


def table_height(frame: Frame, rows: int) -> float:
    return rows * _row_height(frame) + frame.text


def plot_height(frame: Frame, rows: int, edges: dict) -> float:
    inner = frame.height - edges["t"] - edges["b"]
    return max(inner - table_height(frame, rows) - frame.text * AXIS_LINES, 120)
