"""The lines of the figure of medians: headings and medians, one below the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from layouts.trials.context import MedianRow, TrialsContext


@dataclass(frozen=True)
class Line:
    """One line of the figure: its place from above, its label, and its row (None: a heading)."""

    place: int
    label: str
    row: MedianRow | None


def lines_of(context: TrialsContext) -> list[Line]:
    """Every median of a context with the heading of its block, from above."""
    blocks = [(head, rows) for head, rows in context.blocks() if rows]
    # Two groups of patients of one study are told apart by whom they were.
    alike = Counter((row.name, row.arm) for _, rows in blocks for row in rows)
    lines: list[Line] = []
    for head, rows in blocks:
        if head:
            lines.append(Line(len(lines), head, None))
        for row in rows:
            whom = f", {row.published.population}" if alike[row.name, row.arm] > 1 else ""
            lines.append(Line(len(lines), f"{row.name} · {row.arm}{whom}", row))
    return lines


def printed_median(row: MedianRow) -> str:
    """``10.7 (9.4–13.3)``; without an interval where the publication prints none."""
    return f"{row.words} ({row.interval})" if row.interval else row.words
