"""A table of a document as WordprocessingML (ECMA-376, part 1, 17.4)."""

from __future__ import annotations

from itertools import pairwise

from layouts.office.tables import Fitted, line_under, places_of
from layouts.office.words import FONT, rgb, written
from layouts.tables.cells import Line
from layouts.tables.grid import Placed

_TWIPS = 20
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EDGES = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
)
_ALIGN = {"left": "left", "right": "right", "center": "center"}


def word_table_xml(one: Fitted, alt: str) -> str:
    """The table with its heads repeated on every page."""
    left = one.grid.left
    widths = [round((b - a) * _TWIPS) for a, b in pairwise(left)]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    places, rows = places_of(one.grid), []
    for number, row in enumerate(one.grid.table.rows):
        under = line_under(one.grid.table.rows, number)
        head = row.kind == "head"
        cells = []
        for column in range(len(widths)):
            found = places.get((number, column))
            # A cell over several columns is written once in each row.
            if found is None or not found[1]:
                cells.append(_cell(found, widths, column, one.grid.size, under))
        kept = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
        rows.append(f"<w:tr>{kept}{''.join(cells)}</w:tr>")
    return (
        f'<w:tbl {_SPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_EDGES}<w:tblLook w:firstRow="1"/>'
        f'<w:tblDescription w:val="{written(alt)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(found, widths: list[int], column: int, size: float, under: str) -> str:
    placed: Placed | None = found[0] if found else None
    across = placed.cell.across if placed else 1
    width = sum(widths[column : column + across])
    parts = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if across > 1:
        parts.append(f'<w:gridSpan w:val="{across}"/>')
    if placed and placed.cell.down > 1:
        parts.append("<w:vMerge/>" if found[2] else '<w:vMerge w:val="restart"/>')
    if under:
        line = f'w:val="single" w:sz="4" w:space="0" w:color="{rgb(under)}"'
        parts.append(f"<w:tcBorders><w:bottom {line}/></w:tcBorders>")
    lines = placed.cell.lines if placed and not found[2] else ()
    align = placed.cell.align if placed else "left"
    indent = placed.cell.indent if placed else 0
    words = "".join(_paragraph(line, size, align, indent) for line in lines)
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{words or _paragraph(Line(()), size)}</w:tc>"


def _paragraph(line: Line, size: float, align: str = "left", indent: float = 0) -> str:
    runs = "".join(
        f'<w:r><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
        f'{"<w:b/>" if run.bold else ""}<w:color w:val="{rgb(run.colour)}"/>'
        f'<w:sz w:val="{round(2 * size)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{written(run.text)}</w:t></w:r>'
        for run in line.runs
    )
    return (
        '<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>'
        f'<w:ind w:left="{round(indent * _TWIPS)}"/>'
        f'<w:jc w:val="{_ALIGN[line.align or align]}"/></w:pPr>{runs}</w:p>'
    )
