"""Tables for a slide: made of texts, or those of a page without what is drawn in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layouts.shared.theme import LIGHT
from layouts.tables.blocks import Cell, Row, Table, blocks_of
from layouts.tables.cells import Line, Run


def text_table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    left: int = 1,
    strong: Iterable[int] = (),
    groups: Iterable[int] = (),
) -> Table:
    """A table of texts; a line break in a text is one in its cell.

    Parameters
    ----------
    left : int
        How many columns begin on the left; the others are numbers.
    strong, groups : iterable of int
        Rows of everybody, and rows that name those below them.
    """
    strong, groups = set(strong), set(groups)
    made = [Row(tuple(_cell(text, i < left, LIGHT.quiet) for i, text in enumerate(head)), "head")]
    for number, row in enumerate(rows):
        bold = number in strong or number in groups
        cells = tuple(_cell(text, i < left, LIGHT.ink, bold) for i, text in enumerate(row))
        made.append(Row(cells, "group" if number in groups else "", bold))
    return Table(tuple(made))


def _cell(text: str, left: bool, colour: str, bold: bool = False) -> Cell:
    lines = tuple(Line((Run(part, bold, colour=colour),)) for part in text.split("\n") if part)
    return Cell(lines, align="left" if left else "right")


def tables_of(html: object) -> tuple[Table, ...]:
    """The tables that a piece of a page shows, without columns that hold drawings only."""
    found = [one for one in blocks_of(str(html)) if isinstance(one, Table)]
    return tuple(_undrawn(one) for one in found)


def first_table(html: object) -> Table | None:
    """The first of them."""
    return next(iter(tables_of(html)), None)


def _undrawn(table: Table) -> Table:
    """A table without its drawings, whose numbers stand beside them; names begin on the left.

    All letters have one size: the smaller ones of a screen are too small for a room.
    """
    drawn = _drawn_columns(table)
    rows = []
    for row in table.rows:
        cells, column = [], 0
        for cell in row.cells:
            covered = set(range(column, column + cell.across))
            column += cell.across
            lost = len(covered & drawn)
            if lost < cell.across:
                align = "left" if row.kind == "head" and 0 in covered else cell.align
                lines = tuple(
                    replace(line, runs=tuple(replace(run, small=False) for run in line.runs))
                    for line in cell.lines
                )
                across = cell.across - lost
                made = replace(cell, lines=lines, across=across, align=align, drawing=None)
                cells.append(made)
        if any(cell.lines for cell in cells):
            rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows))


def _drawn_columns(table: Table) -> set[int]:
    """Columns that only draw."""
    drawn = set()
    for row in table.rows:
        column = 0
        for cell in row.cells:
            if cell.drawing is not None and "drawing" in cell.drawing.classes:
                drawn |= set(range(column, column + cell.across))
            column += cell.across
    return drawn
