"""Where the cells of a table stand: the widths of its columns and the heights of its rows."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.tables.blocks import Cell, Table
from layouts.tables.cells import Line, longest_word, wrapped_line
from layouts.tables.marks import height_of

# Letters of a table in pixels; whether its numbers stand whole at that size; and how many pixels
# what has words keeps. Rather than in letters that nobody reads, numbers wrap.
LEAST_READ = 96
_WISHES = (
    ((13, 12, 11), True, 220),
    ((11, 10, 9), False, LEAST_READ),
    ((11, 10, 9, 8), False, 0),
)
GAP = 14
_DRAWN, _DRAWN_LEAST, _DRAWN_MOST = 160, 120, 230
# What columns get of the room, in this order: how wide at most, and whether all get alike.
_SHARES = (
    ("words", LEAST_READ, True),
    ("numbers", None, True),
    ("drawn", None, True),
    ("words", 140, True),
    ("words", None, False),
)
# A word that is longer than this is cut.
_LONGEST = 230
PADDING = 5
LINE = 1.32


@dataclass(frozen=True)
class Placed:
    """A cell at the row and column of its upper left corner."""

    cell: Cell
    row: int
    column: int


@dataclass(frozen=True)
class Grid:
    """A table measured.

    Attributes
    ----------
    placed : tuple of Placed
    left : tuple of float
        Where each column begins; one more than there are columns, a gap behind the last.
    """

    table: Table
    placed: tuple[Placed, ...]
    left: tuple[float, ...]
    size: float

    def width(self, one: Placed) -> float:
        """Pixels of a cell, without the gap behind it."""
        last = min(one.column + one.cell.across, len(self.left) - 1)
        return self.left[last] - self.left[one.column] - GAP

    def lines(self, one: Placed) -> list[Line]:
        """The lines of a cell, wrapped in its width."""
        room = max(self.width(one) - one.cell.indent, 1)
        return [part for line in one.cell.lines for part in wrapped_line(line, room, self.size)]

    def height(self, one: Placed) -> float:
        """Pixels that a cell needs."""
        drawn = height_of(one.cell.drawing) if one.cell.drawing is not None else 0
        return len(self.lines(one)) * self.size * LINE + drawn + PADDING

    def heights(self) -> list[float]:
        """Pixels of each row; what covers several rows makes the last of them higher."""
        heights = [float(PADDING)] * len(self.table.rows)
        for one in sorted(self.placed, key=lambda one: one.cell.down):
            last = min(one.row + one.cell.down, len(heights))
            lacking = self.height(one) - sum(heights[one.row : last])
            if lacking > 0:
                heights[last - 1] += lacking
        return heights


def measured(table: Table, room: float, sizes: tuple[float, ...] = ()) -> Grid:
    """A table laid out in a width, with letters as large as it allows.

    Parameters
    ----------
    sizes : tuple of float
        Of letters, the largest first, where only some may be used: rather than in smaller ones its
        words wrap.
    """
    placed = _placed(table)
    columns = max(one.column + one.cell.across for one in placed)
    wishes = ((sizes, True, LEAST_READ), (sizes, False, 0)) if sizes else _WISHES
    widths, size = _columns(placed, columns, room - GAP * columns, wishes)
    left = [0.0]
    for width in widths:
        left.append(left[-1] + width + GAP)
    return Grid(table, placed, tuple(left), size)


def _columns(
    placed: tuple[Placed, ...], columns: int, room: float, wishes: tuple
) -> tuple[list[float], float]:
    """Widths of the columns, and the size of the letters that they are for."""
    for sizes, whole, readable in wishes:
        for size in sizes:
            kinds = [_Column() for _ in range(columns)]
            for one in placed:
                if one.cell.across == 1:
                    kinds[one.column].widen(one.cell, size)
            widths = _shared_out(kinds, room)
            if widths is not None and _suits(kinds, widths, whole, readable):
                return widths, size
    # Not even the longest words have room: they are cut.
    least = [one.least for one in kinds]
    return [width * room / sum(least) for width in least], size


def _placed(table: Table) -> tuple[Placed, ...]:
    taken: set[tuple[int, int]] = set()
    made = []
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            made.append(Placed(cell, number, column))
            taken |= {
                (number + down, column + across)
                for down in range(cell.down)
                for across in range(cell.across)
            }
            column += cell.across
    return tuple(made)


class _Column:
    """The widths that a column wants: at least, and with nothing wrapped."""

    def __init__(self):
        self.least = self.natural = 8.0
        self.drawn = False
        self.words = False

    def widen(self, cell: Cell, size: float) -> None:
        lines = [line.width(size) for line in cell.lines]
        widest = max(lines, default=0.0) + cell.indent
        word = max((longest_word(line, size) for line in cell.lines), default=0.0) + cell.indent
        if cell.drawing is not None:
            self.drawn = True
            widest = max(min(widest, _DRAWN), _DRAWN)
            word = max(word, _DRAWN_LEAST)
        elif cell.align == "left" and cell.lines:
            self.words = True
        self.natural = max(self.natural, widest)
        self.least = max(self.least, min(word, _LONGEST))

    @property
    def kind(self) -> str:
        """``drawn``, ``words`` (which may wrap) or ``numbers`` (which rather do not)."""
        return "drawn" if self.drawn else "words" if self.words else "numbers"


def _shared_out(columns: list[_Column], room: float) -> list[float] | None:
    """Widths of the columns in a room; None where not even the longest words have one."""
    widths = [min(one.least, one.natural) for one in columns]
    spare = room - sum(widths)
    if spare < 0:
        return None
    for kind, upto, alike in _SHARES:
        some = [i for i, one in enumerate(columns) if one.kind == kind]
        wanted = {i: min(columns[i].natural, upto or columns[i].natural) for i in some}
        given = _given([max(wanted[i] - widths[i], 0) for i in some], spare, alike=alike)
        for i, more in zip(some, given, strict=True):
            widths[i] += more
            spare -= more
    drawn = [i for i, one in enumerate(columns) if one.kind == "drawn"]
    for i in drawn:
        widths[i] += min(spare / len(drawn), max(_DRAWN_MOST - widths[i], 0))
    return widths


def _suits(columns: list[_Column], widths: list[float], whole: bool, readable: float) -> bool:
    """Whether words have the width that they are read at, and numbers stand whole if they must."""
    for one, width in zip(columns, widths, strict=True):
        wanted = min(one.natural, readable) if one.kind == "words" else one.natural * whole
        if width < wanted - 0.01:
            return False
    return True


def _given(lacking: list[float], spare: float, *, alike: bool) -> list[float]:
    """What each of some columns gets of a room.

    Parameters
    ----------
    alike : bool
        Who lacks little gets it all and the others share alike; otherwise each in proportion.
    """
    given = [0.0] * len(lacking)
    if not alike:
        share = min(1.0, spare / sum(lacking)) if sum(lacking) else 0.0
        return [share * one for one in lacking]
    order = sorted(range(len(lacking)), key=lambda i: lacking[i])
    for left, i in zip(range(len(order), 0, -1), order, strict=True):
        given[i] = min(lacking[i], spare / left)
        spare -= given[i]
    return given
