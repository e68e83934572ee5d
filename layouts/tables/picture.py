"""A page's table as it leaves the product: an SVG with its cohort, its words and its provenance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from data.address import View
from data.study import Study
from layouts.charts.picture import FONT, PADDING, TEXT, WIDTH, file_name, head_words
from layouts.shared.html import tag
from layouts.shared.theme import LIGHT
from layouts.shared.words import exported_provenance, of_study
from layouts.tables.blocks import Paragraph, Table, blocks_of
from layouts.tables.cells import Line, Run, wrapped_line
from layouts.tables.grid import GAP, LINE, Grid, Placed, measured
from layouts.tables.grid import PADDING as AROUND
from layouts.tables.marks import Place, draw, height_of
from layouts.tables.svg import box, line, text_at

ROOM = WIDTH - 2 * PADDING
# Pixels of a table; a longer one is cut, and says so. Browsers draw pictures of some 16,000.
TALLEST = 6000
_HAIRLINE = "#e6eaee"


@dataclass(frozen=True)
class Heading:
    """What stands above a table where page and filters do not say it: what, and of whom."""

    title: str = ""
    cohort: str = ""


class Sheet:
    """A page that grows downwards."""

    def __init__(self):
        self.y = float(PADDING)
        self.parts: list[Markup] = []

    def say(self, text: str, size: float, *, colour: str, bold: bool = False) -> None:
        """Words across the whole width."""
        self.write(Line((Run(text, bold, colour=colour),)), size)

    def write(self, words: Line, size: float) -> None:
        """Words of several looks, wrapped."""
        for one in wrapped_line(words, ROOM, size):
            self.y += size * LINE
            self.parts.append(text_at(PADDING, self.y - 0.3 * size, one.runs, size))

    def leave(self, pixels: float) -> None:
        """Room between parts."""
        self.y += pixels

    def draw_table(self, grid: Grid, most: float) -> int:
        """Draw the rows of a table as long as there is room; how many were drawn.

        Parameters
        ----------
        most : float
            Pixels.
        """
        heights = grid.heights()
        tops = [self.y]
        for height in heights:
            tops.append(tops[-1] + height)
        drawn = sum(top - self.y <= most for top in tops[1:])
        for one in grid.placed:
            if one.row < drawn:
                last = min(one.row + one.cell.down, drawn)
                self._cell(grid, one, tops[one.row], tops[last])
        right = PADDING + grid.left[-1] - GAP
        for number, row in enumerate(grid.table.rows[:drawn]):
            last_of_head = row.kind == "head" and (
                number + 1 == len(grid.table.rows) or grid.table.rows[number + 1].kind != "head"
            )
            if last_of_head or row.kind == "group" or row.strong:
                y, colour = tops[number + 1] - 1, LIGHT.line if last_of_head else _HAIRLINE
                self.parts.append(line(PADDING, y, right, y, colour))
        self.y = tops[drawn]
        return drawn

    def _cell(self, grid: Grid, one: Placed, top: float, bottom: float) -> None:
        cell, size = one.cell, grid.size
        x, width = PADDING + grid.left[one.column], grid.width(one)
        lines = grid.lines(one)
        height = len(lines) * size * LINE
        head = grid.table.rows[one.row].kind == "head"
        drawn = height_of(cell.drawing) if cell.drawing is not None else 0
        # Heads stand upon the line under them.
        y = bottom - AROUND - height - drawn if head else top + AROUND / 2
        for i, part in enumerate(lines):
            align = part.align or cell.align
            place = x + width if align == "right" else x + cell.indent
            baseline = y + (i + 1) * size * LINE - 0.32 * size
            self.parts.append(text_at(place, baseline, part.runs, size, align))
        if cell.drawing is not None:
            start = y + height if head or lines else top
            place = Place(x, start, width, max(bottom - start, drawn))
            # What is drawn of one row stands beside the first line of its numbers.
            first = size * LINE + AROUND if cell.down == 1 and not head else place.height
            self.parts += draw(cell.drawing, place, first)


def table_picture(
    html: str,
    study: Study,
    view: View,
    page,
    words: Sequence[str],
    kind: str,
    heading: Heading = Heading(),
) -> dict:
    """The picture of a page's table.

    Parameters
    ----------
    html : str
        The table as the page shows it.
    page : Page
    words : sequence of str
        Sentence, cautions and method, as on the screen.
    kind : str
        ``svg`` or ``png``.

    Returns
    -------
    dict
        ``svg``, ``kind``, ``width``, ``height`` and ``name`` of the file.
    """
    sheet = Sheet()
    title, of_view = head_words(study, view, page)
    title = " · ".join(filter(None, (title, heading.title)))
    sheet.say(title, TEXT + 4, colour=LIGHT.ink, bold=True)
    sheet.say(heading.cohort or of_view, TEXT, colour=LIGHT.quiet)
    sheet.leave(6)
    for sentence in words[:1]:
        sheet.say(sentence, TEXT + 1, colour=LIGHT.ink)
    sheet.leave(8)
    cut = _draw(sheet, blocks_of(html))
    sheet.leave(8)
    for text in [*cut, *words[1:]]:
        sheet.say(text, TEXT - 1, colour=LIGHT.ink)
    sheet.leave(4)
    provenance = " ".join(filter(None, (exported_provenance(study.provenance), of_study(study))))
    sheet.say(provenance, TEXT - 1, colour=LIGHT.caution, bold=True)
    height = round(sheet.y + PADDING)
    svg = tag(
        "svg",
        box(0, 0, WIDTH, height, LIGHT.page),
        sheet.parts,
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=height,
        viewBox=f"0 0 {WIDTH} {height}",
        font_family=FONT,
        font_variant_numeric="tabular-nums",
    )
    name = file_name(study, view, page.shows_endpoint(study, view))
    return {"svg": svg, "kind": kind, "width": WIDTH, "height": height, "name": name}


def _draw(sheet: Sheet, blocks: Sequence[Table | Paragraph]) -> list[str]:
    """Draw tables and words; what to say where there was no room for all rows."""
    end, cut = sheet.y + TALLEST, []
    for block in blocks:
        if isinstance(block, Paragraph):
            if sheet.y < end:
                sheet.write(block.line, TEXT if block.heading else TEXT - 1)
                sheet.leave(4)
            continue
        head = [row for row in block.rows if row.kind == "head"]
        total = len(block.rows) - len(head)
        drawn = sheet.draw_table(measured(block, ROOM + GAP), max(end - sheet.y, 0)) - len(head)
        sheet.leave(10)
        if drawn < total:
            cut.append(
                f"The first {max(drawn, 0):,} of {total:,} rows: a picture is at most {TALLEST:,} "
                "pixels of table. The CSV file has them all."
            )
    return cut
