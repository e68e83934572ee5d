"""A table of a slide: how much of it has room, and its XML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from layouts.office.words import FONT, WORD, rgb, written
from layouts.shared.theme import LIGHT
from layouts.tables.blocks import Cell, Row, Table
from layouts.tables.cells import Line
from layouts.tables.grid import GAP, Grid, Placed, measured

SIZES = (14.0, 13.0, 12.0)
PRINTED = (10.0, 9.0, 8.0)
# Points of the two lines that say how many rows are left out.
CUT = 34
POINT = 12700
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_AROUND = 2
_ALIGN = {"left": "l", "right": "r", "center": "ctr"}


@dataclass(frozen=True)
class Fitted:
    """A table that has room.

    Attributes
    ----------
    grid : Grid
        Of the rows that are left.
    heights : tuple of float
        Points of each row.
    left_out, rows : int
        Rows that had no room, and all rows; heads are none.
    """

    grid: Grid
    heights: tuple[float, ...]
    left_out: int
    rows: int

    @property
    def width(self) -> float:
        """Points."""
        return self.grid.left[-1]

    @property
    def height(self) -> float:
        """Points."""
        return sum(self.heights)

    @property
    def head(self) -> float:
        """Points of the heads above the rows."""
        rows = self.grid.table.rows
        return sum(h for h, row in zip(self.heights, rows, strict=True) if row.kind == "head")


def fitted(table: Table, width: float, height: float, cut: float = CUT) -> Fitted:
    """As many rows of a table as have room, in letters that a room can read.

    Parameters
    ----------
    cut : float
        Points that are kept free below a table of which rows are left out.
    """
    rows = table.rows
    heads = next((i for i, row in enumerate(rows) if row.kind != "head"), len(rows))
    total = sum(row.kind != "head" for row in rows)
    for sizes in (SIZES, SIZES[-1:]):
        grid = measured(table, (width + GAP) / WORD, sizes)
        if sum(grid.heights()) <= height:
            return _fitted(grid, 0, total)
    # Widths follow from the rows that are left, so that each number of rows is measured anew.
    kept = min(heads + 1, len(rows))
    grid = _first(table, kept, width)
    while kept < len(rows):
        more = _first(table, kept + 1, width)
        if sum(more.heights()) > height - cut:
            break
        kept, grid = kept + 1, more
    # A name of those below stands not alone at the end.
    while kept > heads + 1 and rows[kept - 1].kind in ("group", "variable"):
        kept -= 1
        grid = _first(table, kept, width)
    return _fitted(grid, total - (kept - heads), total)


def whole(table: Table, width: float) -> Fitted:
    """All of a table in the letters of a document."""
    grid = measured(Table(_closed(table.rows)), (width + GAP) / WORD, PRINTED)
    return _fitted(grid, 0, sum(row.kind != "head" for row in table.rows))


def without_first(table: Table, rows: int) -> Table:
    """A table without some of its first rows, under its heads."""
    heads = [row for row in table.rows if row.kind == "head"]
    others = [row for row in table.rows if row.kind != "head"]
    return Table((*heads, *others[rows:]))


def _first(table: Table, kept: int, width: float) -> Grid:
    """The first rows of a table, measured in the smallest letters."""
    return measured(Table(_closed(table.rows[:kept])), (width + GAP) / WORD, SIZES[-1:])


def _fitted(grid: Grid, left_out: int, rows: int) -> Fitted:
    left = tuple(WORD * x for x in grid.left)
    return Fitted(replace(grid, left=left), tuple(grid.heights()), left_out, rows)


def _closed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows of which no cell reaches beyond the last."""
    made = []
    for number, row in enumerate(rows):
        room = len(rows) - number
        cells = tuple(
            Cell(c.lines, c.across, min(c.down, room), c.align, c.indent, c.drawing)
            for c in row.cells
        )
        made.append(Row(cells, row.kind, row.strong))
    return tuple(made)


def table_xml(one: Fitted) -> str:
    """The table as DrawingML (ECMA-376, part 1, 21.1.3)."""
    grid = one.grid
    left = grid.left
    widths = [b - a for a, b in pairwise(left)]
    columns = "".join(f'<a:gridCol w="{round(width * POINT)}"/>' for width in widths)
    places = places_of(grid)
    rows = []
    for number, height in enumerate(one.heights):
        row = grid.table.rows[number]
        under = line_under(grid.table.rows, number)
        cells = "".join(
            _cell(places.get((number, column)), grid.size, under, row.kind == "head")
            for column in range(len(widths))
        )
        rows.append(f'<a:tr h="{round(height * POINT)}">{cells}</a:tr>')
    return (
        '<a:tbl xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<a:tblPr firstRow="1"><a:tableStyleId>{_PLAIN}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl>"
    )


def places_of(grid: Grid) -> dict[tuple[int, int], tuple[Placed, bool, bool]]:
    """What stands at each row and column, and whether it goes on there from the left, or above."""
    places = {}
    for one in grid.placed:
        for down in range(one.cell.down):
            for across in range(one.cell.across):
                places[one.row + down, one.column + across] = (one, across > 0, down > 0)
    return places


def line_under(rows: tuple[Row, ...], number: int) -> str:
    """The colour of the line under a row; empty where there is none."""
    last = number + 1 == len(rows)
    if rows[number].kind == "head" and (last or rows[number + 1].kind != "head"):
        return LIGHT.line
    return LIGHT.grid if not last and rows[number].kind != "head" else ""


def _cell(found, size: float, under: str, head: bool) -> str:
    if found is None:
        return f"<a:tc>{_body((), size, 'left')}{_edges(None, under, head)}</a:tc>"
    placed, beside, below = found
    cell = placed.cell
    spans = ""
    if not beside and not below:
        spans += f' gridSpan="{cell.across}"' if cell.across > 1 else ""
        spans += f' rowSpan="{cell.down}"' if cell.down > 1 else ""
    else:
        spans += ' hMerge="1"' if beside else ""
        spans += ' vMerge="1"' if below else ""
    lines = () if beside or below else cell.lines
    return f"<a:tc{spans}>{_body(lines, size, cell.align)}{_edges(cell, under, head)}</a:tc>"


def _edges(cell: Cell | None, under: str, head: bool) -> str:
    indent = cell.indent if cell else 0
    right = 0 if cell and cell.align == "center" else WORD * GAP
    line = (
        f'<a:lnB w="9525"><a:solidFill><a:srgbClr val="{rgb(under)}"/></a:solidFill></a:lnB>'
        if under
        else ""
    )
    return (
        f'<a:tcPr marL="{round(indent * POINT)}" marR="{right * POINT}" marT="{_AROUND * POINT}" '
        f'marB="{_AROUND * POINT}" anchor="{"b" if head else "ctr"}">{line}<a:noFill/></a:tcPr>'
    )


def _body(lines: tuple[Line, ...], size: float, align: str) -> str:
    made = "".join(
        f'<a:p><a:pPr algn="{_ALIGN[line.align or align]}"/>{_runs(line, size)}</a:p>'
        for line in lines
    )
    empty = f'<a:p><a:endParaRPr lang="en-US" sz="{round(size * 100)}"/></a:p>'
    return f"<a:txBody><a:bodyPr/><a:lstStyle/>{made or empty}</a:txBody>"


def _runs(line: Line, size: float) -> str:
    return "".join(
        f'<a:r><a:rPr lang="en-US" sz="{round(size * 100)}" b="{int(run.bold)}">'
        f'<a:solidFill><a:srgbClr val="{rgb(run.colour)}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/></a:rPr><a:t>{written(run.text)}</a:t></a:r>'
        for run in line.runs
    )
