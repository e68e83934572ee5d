"""A figure as a native chart: its XML, and the workbook with its numbers.

The XML is that of DrawingML charts (ECMA-376, part 1, 21.2), which slides and documents share, so
that one writer serves both. Elements stand in the order of the schema: programs refuse any other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from layouts.office.axes import axis_pair, line_xml, text_xml
from layouts.office.words import FONT, rgb, written
from layouts.office.workbook import heading, reference, workbook
from layouts.shared.theme import LIGHT
from layouts.slides.figure import Bars, Chart, Series

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# An upright tick is no mark of all programs; a plus is.
_MARKS = {"tick": "plus"}
TEXT = 12


@dataclass(frozen=True)
class Native:
    """A chart as an office program keeps it.

    Attributes
    ----------
    xml : bytes
        The chart.
    workbook : bytes
    """

    xml: bytes
    workbook: bytes


def native(figure: Chart | Bars, width: float, height: float, relation: str = "") -> Native:
    """A figure as a chart of some points of width and height.

    Parameters
    ----------
    relation : str
        How the chart names its workbook; empty where that is added when it is put into a file.
    """
    if isinstance(figure, Bars):
        plot, legend, columns = _bars(figure)
        layout = ""
    else:
        plot, columns = _points(figure)
        legend = figure.legend
        layout = _inner(figure.room, width, height)
    key = (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{text_xml(TEXT)}</c:legend>'
        if legend
        else ""
    )
    numbers = f'<c:externalData r:id="{relation}"/>' if relation else ""
    xml = (
        f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<c:chartSpace {_SPACES}>"
        '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{layout}{plot}'
        f"<c:spPr><a:noFill/></c:spPr></c:plotArea>{key}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{text_xml(TEXT)}{numbers}</c:chartSpace>"
    )
    return Native(xml.encode("utf-8"), workbook(columns))


def _inner(room: tuple[float, float, float, float], width: float, height: float) -> str:
    """Where the plot stands without its labels, so that what is under a tick can stand there."""
    left, top, right, bottom = room
    places = {
        "x": left / width,
        "y": top / height,
        "w": (width - left - right) / width,
        "h": (height - top - bottom) / height,
    }
    said = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in places.items())
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{said}</c:manualLayout></c:layout>'
    )


def _points(chart: Chart) -> tuple[str, list]:
    columns, made = [], []
    # LibreOffice loses a series that stands before a longer one: all reach as far down.
    last = max((len(one.x) for one in chart.series), default=1)
    for number, one in enumerate(chart.series):
        place = len(columns)
        columns += [(f"{one.name}: {chart.x.title or 'x'}", one.x), (one.name, one.y)]
        made.append(_series(number, one, place, last))
    xml = (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f'{"".join(made)}<c:axId val="1"/><c:axId val="2"/></c:scatterChart>'
    )
    return xml + axis_pair(chart.x, chart.y), columns


def _series(number: int, one: Series, column: int, last: int) -> str:
    line = line_xml(one.colour, one.width, one.dash, one.opacity) if one.width else _NO_LINE
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(one.name, column + 1)}'
        f"<c:spPr>{line}</c:spPr>{_mark(one)}{_labels(one)}"
        f"<c:xVal>{_numbers(reference(column, 1, last), one.x, last)}</c:xVal>"
        f"<c:yVal>{_numbers(reference(column + 1, 1, last), one.y, last)}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


_NO_LINE = "<a:ln><a:noFill/></a:ln>"


def _name(name: str, column: int) -> str:
    return (
        f'<c:tx><c:strRef><c:f>{heading(column)}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{written(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _numbers(where: str, values: tuple, count: int) -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{float(value)!r}</c:v></c:pt>'
        for i, value in enumerate(values)
        if value is not None and math.isfinite(value)
    )
    return (
        f"<c:numRef><c:f>{where}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{count}"/>{points}</c:numCache></c:numRef>'
    )


def _texts(where: str, values: tuple) -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{written(value)}</c:v></c:pt>' for i, value in enumerate(values)
    )
    return (
        f"<c:strRef><c:f>{where}</c:f><c:strCache>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:strCache></c:strRef>'
    )


def _mark(one: Series) -> str:
    if not one.mark:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    edge = line_xml(one.colour, 1.25)
    fill = f'<a:solidFill><a:srgbClr val="{rgb(one.colour)}"/></a:solidFill>'
    if one.hollow:
        # White would not be seen where a program draws no edges of marks.
        fill = f'<a:solidFill><a:srgbClr val="{rgb(LIGHT.line)}"/></a:solidFill>'
    size = min(max(round(one.size), 2), 72)
    return (
        f'<c:marker><c:symbol val="{_MARKS.get(one.mark, one.mark)}"/><c:size val="{size}"/>'
        f"<c:spPr>{fill}{edge}</c:spPr></c:marker>"
    )


_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _labels(one: Series) -> str:
    """Words at points: at one of them, or at each that has some."""
    words = {one.at % len(one.x): one.label} if one.label else dict(enumerate(one.labels))
    ink = one.colour if one.label else ""
    return _written_labels(words, one.side, ink)


def _written_labels(words: dict[int, str], side: str, ink: str) -> str:
    made = "".join(
        f'<c:dLbl><c:idx val="{i}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:pPr>'
        f"<a:defRPr/></a:pPr><a:r>{_run(ink)}<a:t>{written(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        f'<c:dLblPos val="{side}"/>{_SHOWN.format(value=1)}</c:dLbl>'
        for i, text in words.items()
        if text
    )
    return f"<c:dLbls>{made}{_SHOWN.format(value=0)}</c:dLbls>" if made else ""


def _run(ink: str) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{rgb(ink)}"/></a:solidFill>' if ink else ""
    return f'<a:rPr lang="en-US" sz="{TEXT * 100}">{fill}<a:latin typeface="{FONT}"/></a:rPr>'


def _bars(figure: Bars) -> tuple[str, bool, list]:
    # What lies is counted from below.
    order = slice(None) if figure.upright else slice(None, None, -1)
    names = figure.categories[order]
    columns: list = [("", names)]
    made = []
    for number, one in enumerate(figure.series):
        values = one.values[order]
        columns.append((one.name, values))
        words = dict(enumerate(one.labels[order]))
        made.append(
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(one.name, number + 1)}'
            f'<c:spPr><a:solidFill><a:srgbClr val="{rgb(one.colour)}"/></a:solidFill>'
            f'{line_xml("#ffffff", 0.5)}</c:spPr><c:invertIfNegative val="0"/>'
            f"{_written_labels(words, 'ctr', one.ink)}"
            f"<c:cat>{_texts(reference(0, 1, len(names)), names)}</c:cat>"
            f"<c:val>{_numbers(reference(number + 1, 1, len(names)), values, len(names))}</c:val>"
            "</c:ser>"
        )
    direction = "col" if figure.upright else "bar"
    xml = (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="stacked"/>'
        f'<c:varyColors val="0"/>{"".join(made)}<c:gapWidth val="{figure.gap}"/>'
        '<c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    )
    xml += axis_pair(None, figure.axis, upright=figure.upright, named=figure.named)
    return xml, figure.legend, columns
