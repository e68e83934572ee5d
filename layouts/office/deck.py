"""Slides as a PowerPoint file: the only module that knows python-pptx.

Everything is measured in points on a page of 960 × 540 (16:9); what has no room is left out with a
sentence that says so, and title, caution and footnote are never cut.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pptx import Presentation
from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.util import Pt

from layouts.office.chart import native
from layouts.office.forest import AXIS, beside
from layouts.office.risk import risk_table
from layouts.office.tables import Fitted, fitted, table_xml, without_first
from layouts.office.words import FONT, SENTENCE, one_line, rgb, sound
from layouts.shared.theme import LIGHT
from layouts.slides.figure import Bars, Chart, Curves, Forest
from layouts.slides.slide import Drawn, Slide
from layouts.tables.blocks import Table
from layouts.tables.cells import Line, Run, wrapped_line

WIDTH, HEIGHT = 960, 540
EDGE, GUTTER = 36, 24
TITLE, SMALLER, TEXT, SMALL = 26, 24, 14, 12
LINE = 1.22
# Of the width that a figure has beside a table: the first at which the table has room.
SHARES = (0.6, 0.54, 0.48)
# Points of a table alone, which may go on beside itself.
HALVED = 700
_TITLE_ONLY = 5
_RISK_ROW = 20


@dataclass(frozen=True)
class Box:
    """A part of a slide in points."""

    x: float
    y: float
    width: float
    height: float


def deck(slides: Sequence[Slide], title: str) -> bytes:
    """A PowerPoint file of some slides."""
    presentation = _blank()
    for one in slides:
        _write(presentation, one)
    properties = presentation.core_properties
    properties.title, properties.author = one_line(title)[:250], ""
    properties.last_modified_by = ""
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _blank() -> Presentation:
    """A presentation without slides on a wide page; its layouts grow with the page."""
    made = Presentation()
    wider = Pt(WIDTH) / made.slide_width
    taller = Pt(HEIGHT) / made.slide_height
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for place in (made.slide_master, *made.slide_layouts):
        for shape in place.shapes:
            if shape._element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
                shape.top, shape.height = round(shape.top * taller), round(shape.height * taller)
    return made


class _Page:
    """A slide that is being written."""

    def __init__(self, presentation: Presentation):
        self.slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
        self.shapes = self.slide.shapes

    def title(self, text: str) -> float:
        """Write the title; where it ends."""
        size = TITLE if len(_lines(text, TITLE, True)) < 3 else SMALLER
        height = len(_lines(text, size, True)) * size * LINE + 4
        shape = self.shapes.title
        shape.left, shape.top, shape.width, shape.height = map(
            Pt, (EDGE, 20, WIDTH - 2 * EDGE, height)
        )
        _fill(shape.text_frame, [(text, size, LIGHT.ink, True)])
        # A measured line too many leaves its room above.
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        return 20 + height

    def say(self, name: str, box: Box, lines: list) -> None:
        """Write lines of (text, size, colour, bold) into a box."""
        shape = self.shapes.add_textbox(*map(Pt, (box.x, box.y, box.width, box.height)))
        shape.name = name
        _fill(shape.text_frame, lines)

    def chart(self, figure: Chart | Bars, box: Box, name: str, alt: str) -> None:
        """Draw a native chart."""
        data = _Written(native(figure, box.width, box.height))
        frame = self.shapes.add_chart(
            XL_CHART_TYPE.XY_SCATTER, *map(Pt, (box.x, box.y, box.width, box.height)), data
        )
        _describe(frame, name, alt)

    def table(self, one: Fitted, x: float, y: float, name: str, alt: str) -> None:
        """Write a native table."""
        frame = self.shapes.add_table(1, 1, *map(Pt, (x, y, one.width, one.height)))
        old = frame._element.graphic.graphicData.tbl
        old.getparent().replace(old, parse_xml(table_xml(one)))
        _describe(frame, name, alt)


class _Written(XyChartData):
    """A chart that is written already, as python-pptx takes one."""

    def __init__(self, made):
        super().__init__()
        self._made = made

    def xml_bytes(self, chart_type) -> bytes:
        """Its XML; the file of its numbers is the first that it is related to."""
        return self._made.xml

    @property
    def xlsx_blob(self) -> bytes:
        """Its numbers."""
        return self._made.workbook


def _describe(frame, name: str, alt: str) -> None:
    said = frame._element.nvGraphicFramePr.cNvPr
    said.set("name", one_line(name))
    said.set("descr", one_line(alt))


def _lines(text: str, size: float, bold: bool = False, width: float = WIDTH - 2 * EDGE) -> list:
    return wrapped_line(Line((Run(one_line(text), bold),)), width / SENTENCE, size)


def _fill(frame, lines: list) -> None:
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = one_line(text)
        font = run.font
        font.size, font.bold, font.name = Pt(size), bold, FONT
        font.color.rgb = RGBColor.from_string(rgb(colour))


def _tall(text: str, size: float) -> float:
    """Points that a text takes across the slide."""
    return len(_lines(text, size)) * size * LINE + 2 if text else 0.0


def _write(presentation: Presentation, one: Slide) -> None:
    page = _Page(presentation)
    y = page.title(one.finding) + 2
    across = WIDTH - 2 * EDGE
    if one.subtitle:
        tall = _tall(one.subtitle, TEXT)
        page.say("Subtitle", Box(EDGE, y, across, tall), [(one.subtitle, TEXT, LIGHT.quiet, False)])
        y += tall
    below = [
        ("Caution", one.caution, LIGHT.caution),
        ("Method and provenance", one.foot, LIGHT.quiet),
    ]
    below = [(name, text, colour) for name, text, colour in below if text]
    end = HEIGHT - 16 - sum(_tall(text, SMALL) for _, text, _ in below)
    _body(page, one, Box(EDGE, y + 8, across, end - y - 16))
    for name, text, colour in below:
        tall = _tall(text, SMALL)
        page.say(name, Box(EDGE, end, across, tall), [(text, SMALL, colour, False)])
        end += tall
    page.slide.notes_slide.notes_text_frame.text = "\n".join(map(sound, one.notes))


def _body(page: _Page, one: Slide, box: Box) -> None:
    drawn = one.drawn
    if drawn is None:
        words = [(one.said, 20, LIGHT.ink, False)]
        page.say("What is said", Box(box.x, box.y + 30, box.width, box.height - 30), words)
        return
    if isinstance(drawn.figure, Forest):
        _forest(page, one, drawn.figure, box)
        return
    figure, rest = box, None
    if drawn.figure is None:
        rest = box
    elif drawn.table is not None:
        wide = _share(drawn.table, box) * box.width
        figure = Box(box.x, box.y, wide, box.height)
        rest = Box(box.x + wide + GUTTER, box.y, box.width - wide - GUTTER, box.height)
    if isinstance(drawn.figure, Curves):
        _curves(page, drawn, figure)
    elif drawn.figure is not None:
        page.chart(drawn.figure, figure, "Figure", drawn.alt)
    if rest is not None and drawn.table is not None:
        _table(page, one, drawn.table, rest)


def _share(table, box: Box) -> float:
    """The share of a figure beside a table."""
    left_out = {}
    for share in SHARES:
        made = fitted(table, (1 - share) * box.width - GUTTER, box.height)
        if not made.left_out:
            return share
        left_out[share] = made.left_out
    return min(left_out, key=left_out.get)


def _table(page: _Page, one: Slide, table: Table, box: Box) -> None:
    """A table; one that is alone and has no room goes on beside itself."""
    made = fitted(table, box.width, box.height)
    half, halved = (box.width - GUTTER) / 2, False
    if made.left_out and box.width > HALVED:
        narrow = fitted(table, half, box.height)
        # In halves only where that holds more of it.
        halved = 2 * (narrow.rows - narrow.left_out) > 1.4 * (made.rows - made.left_out)
        made = narrow if halved else made
    page.table(made, box.x, box.y, "Table", f"Table. {one.said}")
    y, left_out = box.y + made.height, made.left_out
    if halved and left_out:
        rest = fitted(without_first(table, made.rows - left_out), half, box.height)
        said = f"Table, continued. {one.said}"
        page.table(rest, box.x + half + GUTTER, box.y, "Table, continued", said)
        y, left_out = max(y, box.y + rest.height), rest.left_out
    _cut(page, left_out, made.rows, Box(box.x, y + 2, box.width, 18))


def _cut(page: _Page, left_out: int, rows: int, box: Box) -> None:
    if left_out:
        words = f"{left_out} of {rows} rows are left out here; all are on the page."
        tall = len(_lines(words, SMALL, width=box.width)) * SMALL * LINE + 2
        place = Box(box.x, box.y, box.width, tall)
        page.say("What is left out", place, [(words, SMALL, LIGHT.quiet, False)])


def _curves(page: _Page, drawn: Drawn, box: Box) -> None:
    curves: Curves = drawn.figure
    rows = len(curves.at_risk)
    head = 1 if rows > 1 else 0
    tall = _RISK_ROW * (rows + head) + 4 if rows else 0
    first, spacing, figure = curves.columns(box.width)
    place = Box(box.x, box.y, box.width, box.height - tall)
    page.chart(figure, place, "Curves", drawn.alt)
    if not rows:
        return
    made = risk_table(curves, first, spacing, head, SMALL, _RISK_ROW)
    page.table(made, box.x, box.y + box.height - tall + 2, "Numbers at risk", "Numbers at risk")


def _forest(page: _Page, one: Slide, forest: Forest, box: Box) -> None:
    wide = 0.64 * box.width
    # What is left out is said beside the axis.
    made = fitted(forest.table, wide, box.height - AXIS, 0)
    page.table(made, box.x, box.y, "Table", f"Table. {one.said}")
    x = box.x + made.width + 4
    chart = beside(forest, made.heights, made.head)
    place = Box(x, box.y, box.x + box.width - x, made.height + AXIS)
    page.chart(chart, place, "Forest", one.drawn.alt)
    _cut(page, made.left_out, made.rows, Box(box.x, box.y + made.height + 4, made.width, 18))
