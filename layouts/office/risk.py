"""The numbers at risk as a table whose columns stand under the ticks of the curves."""

from __future__ import annotations

from layouts.office.tables import Fitted
from layouts.shared.theme import LIGHT
from layouts.slides.figure import Curves
from layouts.tables.blocks import Cell, Row, Table
from layouts.tables.cells import Line, Run, wrapped_line
from layouts.tables.grid import Grid, Placed

HEADING = "Patients at risk"


def risk_table(
    curves: Curves, first: float, spacing: float, head: int, size: float, tall: float
) -> Fitted:
    """One row for each group.

    Parameters
    ----------
    first : float
        Points before the first column.
    spacing : float
        Points from tick to tick.
    head : int
        1 with a row that says what the numbers are.
    size, tall : float
        Points of the letters and of a row.
    """
    columns = len(curves.ticks)
    rows = []
    if head:
        rows.append(Row((_cell(HEADING, LIGHT.quiet, "left", columns + 1),), "group"))
    for name, colour, counts in curves.at_risk:
        short = wrapped_line(Line((Run(name),)), max(first - 2, 20), size)
        label = short[0].text + ("…" if len(short) > 1 else "")
        cells = [_cell(label, colour, "left"), *(_cell(one, LIGHT.ink, "center") for one in counts)]
        rows.append(Row(tuple(cells)))
    placed, left = [], [0.0, *(first + i * spacing for i in range(columns + 1))]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            placed.append(Placed(cell, number, column))
            column += cell.across
    grid = Grid(Table(tuple(rows)), tuple(placed), tuple(left), size)
    return Fitted(grid, tuple(tall for _ in rows), 0, len(rows))


def _cell(text: str, colour: str, align: str, across: int = 1) -> Cell:
    return Cell((Line((Run(text, colour=colour),)),), across, align=align)
