"""Room and type of a survival figure, and how the room is shared out."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.survival_groups import SurvivalGroups
from layouts.charts.curve_options import CurveOptions
from layouts.shared.theme import Theme

# Room between the curves and the risk table, in lines of text: tick labels and their title.
AXIS_LINES = 3.4
# Pixels of height in which curves are seen to differ.
CURVES_AT_LEAST = 260
# More groups would be a thicket of names and a table taller than the curves: those that the reader
# picks are named and counted, the others are grey.
MOST_GROUPS_NAMED = 8
# Width of a letter, in heights of the text.
LETTER = 0.6
LINE = 1.42


@dataclass(frozen=True)
class Frame:
    """Room and type of a figure.

    Attributes
    ----------
    height : int
        Pixels of the whole figure, risk table included; more where the table needs them.
    text : float
        Size of the text in pixels.
    narrow : bool
        A telephone: no labels beside the curves.
    room : int
        Pixels of width that the figure has at least.
    least : float
        Pixels of height that the curves have at least.
    """

    height: int = 560
    text: float = 13
    narrow: bool = False
    width: int | None = None
    room: int = 510
    margin: dict = field(default_factory=dict)
    least: float = CURVES_AT_LEAST

    @property
    def scrolls(self) -> bool:
        """Whether there is more room below: not on a slide, where curves may be lower."""
        return self.least >= CURVES_AT_LEAST

    @property
    def ticks_at_most(self) -> int:
        """Ticks of an axis of time under which nothing stands."""
        return 6 if self.narrow else 11

    @property
    def label_width(self) -> int:
        """Letters of a line of the names at the ends of the curves."""
        return 22 if self.text < 15 else 17

    @property
    def line(self) -> float:
        """Pixels from one line to the next."""
        return self.text * LINE


def label_lines(label: str, width: int = 22) -> list[str]:
    """A long name in lines; plotly does not wrap. A word longer than a line is broken."""
    lines = [""]
    words = label.split(" ")
    pieces = [one[i : i + width] for one in words for i in range(0, max(len(one), 1), width)]
    for word in pieces:
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def named_groups(result: SurvivalGroups, theme: Theme) -> list:
    """The groups that are named and counted: all, or of many those that the reader picked."""
    shown = list(result.shown)
    if len(shown) <= MOST_GROUPS_NAMED:
        return shown
    return [group for group in shown if group.position in (theme.only or ())]


def margins(result: SurvivalGroups, frame: Frame, options: CurveOptions, theme: Theme) -> dict:
    """Left room for the y axis, right room for the names of curves and rows."""
    right = 14
    left = round(2.9 * frame.text)
    named = named_groups(result, theme)
    if frame.narrow:
        # There is no room at the right: what a row counts stands before it.
        left = round(5.6 * frame.text) if options.shows("events") else left
    else:
        words = [line for g in named for line in label_lines(g.label, frame.label_width)]
        if len(result.shown) == 1:
            words = []
        if options.shows("events"):
            words.append("Censored")
        longest = max(map(len, words), default=0)
        right = round(max(24, LETTER * frame.text * longest + 26))
    return {"l": left, "r": right, "t": round(frame.text * 2), "b": 6} | frame.margin


def plot_width(edges: dict, frame: Frame) -> float:
    """Pixels of width that the curves have at least."""
    return (frame.width or frame.room) - edges["l"] - edges["r"]


def table_height(frame: Frame, rows: float) -> float:
    """Pixels of the risk table."""
    return rows * frame.line + (frame.text if rows else 0)


def curves_height(
    result: SurvivalGroups, frame: Frame, rows: float, theme: Theme, edges: dict
) -> float:
    """Pixels of the curves: what the frame leaves, but as many as curves and their names need."""
    taken = edges["t"] + edges["b"] + table_height(frame, rows) + frame.text * AXIS_LINES
    least = frame.least * (0.9 if frame.narrow else 1)
    names = 0.0
    if not frame.narrow and len(result.shown) > 1:
        lines = [label_lines(g.label, frame.label_width) for g in named_groups(result, theme)]
        names = sum(map(len, lines)) * (frame.text + 4) * 1.05
    return max(frame.height - taken, least, names)
