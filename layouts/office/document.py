"""Sections as a Word file: the only module that knows python-docx.

A figure is the native chart that a slide has, which Word opens and edits like its own; nothing is
drawn twice. Tables are all of the view's, and go on over as many pages as they need.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from layouts.office.chart import native
from layouts.office.forest import alone
from layouts.office.risk import risk_table
from layouts.office.tables import Fitted, whole
from layouts.office.word_table import word_table_xml
from layouts.office.words import FONT, one_line, rgb, written
from layouts.shared.theme import LIGHT
from layouts.slides.figure import Bars, Chart, Curves, Figure, Forest
from layouts.slides.slide import Slide

# A page of A4 without its edges, in points.
EDGE, ACROSS = 57, 481
# LibreOffice draws every chart of a document at 16 to 9 and stretches it into its frame.
TALL = ACROSS * 9 / 16
# Of a forest of that height.
MOST_ROWS = 13
TEXT, SMALL = 11, 9
_RISK = 16
_POINT = 12700
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def document(sections: Sequence[Slide], title: str) -> bytes:
    """A Word file with a section for each view."""
    page = _Page()
    for number, one in enumerate(sections):
        _write(page, one, number)
    properties = page.made.core_properties
    properties.title, properties.author, properties.comments = one_line(title)[:250], "", ""
    out = io.BytesIO()
    page.made.save(out)
    return out.getvalue()


class _Page:
    """A document that is being written."""

    def __init__(self):
        self.made = Document()
        self.charts = self.tables = 0
        section = self.made.sections[0]
        section.page_width, section.page_height = Pt(595), Pt(842)
        section.left_margin = section.right_margin = Pt(EDGE)
        section.top_margin = section.bottom_margin = Pt(EDGE)
        for name, size, colour in (
            ("Normal", TEXT, LIGHT.ink),
            ("Heading 1", 16, LIGHT.ink),
            ("Caption", SMALL, LIGHT.ink),
        ):
            font = self.made.styles[name].font
            font.name, font.size = FONT, Pt(size)
            font.color.rgb = RGBColor.from_string(rgb(colour))
        heading = self.made.styles["Heading 1"].element.rPr.rFonts
        for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            name = f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{which}"
            heading.attrib.pop(name, None)

    def say(self, text: str, size: float = TEXT, colour: str = LIGHT.ink, style: str = "") -> None:
        """Write a paragraph."""
        paragraph = self.made.add_paragraph(style=style or None)
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(one_line(text))
        run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(rgb(colour))

    def table(self, one: Fitted, alt: str) -> None:
        """Write a table, and a line after it: two tables in a row would become one."""
        body = self.made.element.body
        body.insert(len(body) - 1, parse_xml(word_table_xml(one, one_line(alt))))
        self.made.add_paragraph().paragraph_format.space_after = Pt(2)

    def chart(self, figure: Chart | Bars, height: float, alt: str) -> None:
        """Put a native chart into a paragraph of its own."""
        self.charts += 1
        package = self.made.part.package
        made = native(figure, ACROSS, height, relation="rId1")
        chart = Part(
            PackURI(f"/word/charts/chart{self.charts}.xml"),
            CONTENT_TYPE.DML_CHART,
            made.xml,
            package,
        )
        book = Part(
            PackURI(f"/word/embeddings/workbook{self.charts}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            made.workbook,
            package,
        )
        chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        relation = self.made.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
        paragraph = self.made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        drawing = _drawing(self.charts, relation, ACROSS, height, alt)
        paragraph.add_run()._r.append(parse_xml(drawing))


def _drawing(number: int, relation: str, width: float, height: float, alt: str) -> str:
    size = f'cx="{round(width * _POINT)}" cy="{round(height * _POINT)}"'
    uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return (
        f'<w:drawing {_SPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Figure {number}" '
        f'descr="{written(one_line(alt))}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{uri}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _write(page: _Page, one: Slide, number: int) -> None:
    heading = page.made.add_heading(one_line(one.finding), level=1)
    # Each view begins on a page of its own.
    heading.paragraph_format.page_break_before = number > 0
    if one.subtitle:
        page.say(one.subtitle, SMALL + 1, LIGHT.quiet)
    page.say(one.said)
    if one.note:
        page.say(one.note)
    if one.drawn is not None and one.drawn.figure is not None:
        _figure(page, one, one.drawn.figure)
    for caution in one.cautions:
        page.say(caution, colour=LIGHT.caution)
    for table in one.tables:
        page.tables += 1
        page.say(f"Table {page.tables}. {table.caption or one.finding}", SMALL, style="Caption")
        page.table(whole(table, ACROSS), table.caption or one.finding)
    for text in one.below:
        page.say(text, SMALL, LIGHT.quiet)


def _figure(page: _Page, one: Slide, figure: Figure) -> None:
    alt, cut = f"{one.drawn.alt}. {one.said}", ""
    if isinstance(figure, Curves):
        first, spacing, chart = figure.columns(ACROSS)
        page.chart(chart, TALL, alt)
        if figure.at_risk:
            head = int(len(figure.at_risk) > 1)
            page.table(risk_table(figure, first, spacing, head, SMALL, _RISK), "Numbers at risk")
    elif isinstance(figure, Forest):
        rows = list(dict.fromkeys(row.row for row in figure.estimates))
        shown = figure
        if len(rows) > MOST_ROWS:
            kept = tuple(row for row in figure.estimates if row.row in rows[:MOST_ROWS])
            shown = replace(figure, estimates=kept)
            cut = f" The first {MOST_ROWS} of {len(rows)} rows; all are in the table."
        page.chart(alone(shown), TALL, alt)
    else:
        page.chart(figure, TALL, alt)
    words = f"Figure {page.charts}. {one.drawn.alt}. {one.drawn.method}.{cut}"
    page.say(words, SMALL, style="Caption")
