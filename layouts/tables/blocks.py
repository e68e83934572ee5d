"""The rows and cells of a page's tables, and the words between them, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from layouts.shared.theme import LIGHT
from layouts.tables.cells import DRAWN, Line, Run, lines_of, restyled
from layouts.tables.tree import Element, read_html

_INDENT = 12
# A cell over all columns says that it is over more than there are.
_ALL = 99
# Tables of words: everything begins on the left but what says that it is a number.
_OF_WORDS = frozenset({"evidence-cells", "evidence-said", "credibility-table"})
_LEFT = frozenset({"name", "group", "group-name", "reason", "level-name"})
# What is folded away, or opens under a row for the reader who asked for it.
_LEFT_OUT_ROWS = frozenset({"term-detail"})


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    across, down : int
        Columns and rows that it covers.
    align : str
        ``left`` or ``right``.
    indent : float
        Pixels before its words.
    drawing : Element or None
        What is drawn in it.
    """

    lines: tuple[Line, ...]
    across: int = 1
    down: int = 1
    align: str = "right"
    indent: float = 0
    drawing: Element | None = None


@dataclass(frozen=True)
class Row:
    """Cells from left to right; ``kind`` is ``head``, ``group``, ``variable``, or empty."""

    cells: tuple[Cell, ...]
    kind: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """A table of rows that share their columns; ``caption`` is what it says it is."""

    rows: tuple[Row, ...]
    caption: str = ""

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max(sum(cell.across for cell in row.cells) for row in self.rows)


@dataclass(frozen=True)
class Paragraph:
    """Words across the whole width; ``heading`` in larger letters."""

    line: Line
    heading: bool = False


def blocks_of(html: str) -> list[Table | Paragraph]:
    """What a text of HTML shows, from top to bottom.

    Links that only change what is shown, and what is folded away, are left out.
    """
    return list(_merged(_blocks(read_html(html))))


def _blocks(element: Element) -> Iterator[Table | Paragraph]:
    for child in element.elements:
        if child.name == "table":
            table = _table(child)
            if table.rows:
                yield table
        elif child.name in ("p", "li", "h2", "h3"):
            lines = lines_of(_without_links(child), restyled(Run(""), child))
            if lines:
                # What has a line of its own within a cell goes on in the text here.
                runs = [run for line in lines for run in (Run(" "), *line.runs)]
                yield Paragraph(Line(tuple(runs[1:])), child.name in ("h2", "h3"))
        elif child.name == "dl":
            yield _list(child)
        elif child.name not in ("details", "nav", "button"):
            yield from _blocks(child)


def _merged(blocks: Iterator[Table | Paragraph]) -> Iterator[Table | Paragraph]:
    """Tables that only go on from the one before, with its columns, are one table."""
    kept: Table | Paragraph | None = None
    for block in blocks:
        if isinstance(kept, Table) and isinstance(block, Table) and _same_head(kept, block):
            rest = tuple(row for row in block.rows if row.kind != "head")
            kept = replace(kept, rows=(*kept.rows, *rest))
            continue
        if kept is not None:
            yield kept
        kept = block
    if kept is not None:
        yield kept


def _same_head(one: Table, other: Table) -> bool:
    heads = [[row for row in table.rows if row.kind == "head"] for table in (one, other)]
    return bool(heads[0]) and heads[0] == heads[1]


def _without_links(element: Element) -> Element:
    kept = [one for one in element.children if isinstance(one, str) or one.name != "a"]
    return replace(element, children=kept)


def _list(element: Element) -> Table:
    """Names and what is said of each, as a table of two columns."""
    rows, name = [], ()
    for one in element.all("dt", "dd"):
        lines = tuple(lines_of(one, restyled(Run(""), one)))
        if one.name == "dt":
            name = lines
        else:
            rows.append(Row((Cell(name, align="left"), Cell(lines, align="left"))))
    return Table(tuple(rows))


def _table(element: Element) -> Table:
    of_words = bool(element.classes & _OF_WORDS)
    # As on most screens: beside a forest there is no room for the rates.
    crowded = any("forest" in one.classes for one in element.all("th"))
    rows = []
    for part in element.elements:
        for row in part.elements if part.name in ("thead", "tbody") else ():
            if row.classes & _LEFT_OUT_ROWS:
                continue
            rows.append(_row(row, part, of_words, crowded))
    columns = max((sum(c.across for c in row.cells if c.across < _ALL) for row in rows), default=0)
    rows = [_within(row, max(columns, 1)) for row in rows if row.cells]
    caption = next((one.text for one in element.elements if one.name == "caption"), "")
    return Table(tuple(rows), caption)


def _within(row: Row, columns: int) -> Row:
    if all(cell.across < _ALL for cell in row.cells):
        return row
    others = sum(cell.across for cell in row.cells if cell.across < _ALL)
    room = max(columns - others, 1)
    cells = (replace(c, across=room) if c.across >= _ALL else c for c in row.cells)
    return replace(row, cells=tuple(cells))


def _row(element: Element, part: Element, of_words: bool, crowded: bool) -> Row:
    head = part.name == "thead"
    kind = "head" if head else ""
    for name in ("group", "variable"):
        kind = name if f"{name}-row" in element.classes else kind
    cells = [
        one
        for one in element.elements
        if one.name in ("td", "th") and not (crowded and "rate" in one.classes)
    ]
    if cells and "group" in cells[0].classes:
        kind = "group"
    look = Run("", colour=LIGHT.quiet if head else LIGHT.ink, small=head)
    look = restyled(restyled(look, part), element)
    if "overall" in part.classes:
        look = replace(look, bold=True)
    differs = "differs" in element.classes
    made = tuple(_cell(one, look, kind, of_words, differs) for one in cells)
    return Row(made, kind, "overall" in part.classes)


def _cell(element: Element, look: Run, kind: str, of_words: bool, differs: bool) -> Cell:
    classes = element.classes
    named = element.name == "th" and element.attributes.get("scope") in ("row", "rowgroup")
    if kind == "variable" and "name" in classes:
        look = replace(look, bold=True)
    if of_words and named and kind != "group":
        look = replace(look, bold=True)
    look = restyled(look, element)
    if differs and "said" in classes:
        look = replace(look, colour=LIGHT.caution, bold=True)
    left = bool(classes & _LEFT) or named or "drawing" in classes
    if of_words:
        left = "number" not in classes
    drawn = any(one.classes & DRAWN for one in element.all("span"))
    return Cell(
        tuple(lines_of(element, look)),
        element.number("colspan"),
        element.number("rowspan"),
        "left" if left else "right",
        _INDENT if "level-name" in classes else 0,
        element if drawn else None,
    )
