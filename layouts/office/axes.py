"""The axes of a native chart, its lines and its letters."""

from __future__ import annotations

from layouts.office.words import FONT, rgb, written
from layouts.shared.theme import LIGHT
from layouts.slides.figure import Axis

TEXT = 12
# How office programs call the dashes of the figures on the screen.
_DASHES = {
    "solid": "solid",
    "dash": "dash",
    "dot": "sysDot",
    "dashdot": "dashDot",
    "longdash": "lgDash",
    "longdashdot": "lgDashDot",
}


def line_xml(colour: str, width: float, dash: str = "solid", opacity: float = 1.0) -> str:
    """A line of some points of width."""
    alpha = f'<a:alpha val="{round(opacity * 100000)}"/>' if opacity < 1 else ""
    return (
        f'<a:ln w="{round(width * 12700)}" cap="flat"><a:solidFill>'
        f'<a:srgbClr val="{rgb(colour)}">{alpha}</a:srgbClr></a:solidFill>'
        f'<a:prstDash val="{_DASHES[dash]}"/><a:round/></a:ln>'
    )


def text_xml(size: float, colour: str = LIGHT.ink) -> str:
    """How the letters of a part of a chart look."""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="0">'
        f'<a:solidFill><a:srgbClr val="{rgb(colour)}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p>'
        "</c:txPr>"
    )


def axis_pair(across: Axis | None, up: Axis, *, upright: bool = True, named: bool = True) -> str:
    """Two axes that cross each other.

    Parameters
    ----------
    across : Axis or None
        None where categories stand there.
    upright : bool
        Whether the categories stand below, and not at the left.
    named : bool
        Whether the categories have their names.
    """
    if across is not None:
        return _values(across, 1, 2, "b", "midCat") + _values(up, 2, 1, "l", "midCat")
    place, other = ("b", "l") if upright else ("l", "b")
    return _categories(place, named) + _values(up, 2, 1, other, "between")


def _values(axis: Axis, identity: int, crosses: int, place: str, between: str) -> str:
    base = f'<c:logBase val="{axis.log:g}"/>' if axis.log else ""
    unit = f'<c:majorUnit val="{axis.log or axis.step!r}"/>'
    lines = f"<c:majorGridlines><c:spPr>{line_xml(LIGHT.grid, 0.75)}</c:spPr></c:majorGridlines>"
    # An axis on which nothing is told has no line of its own.
    own = line_xml(LIGHT.line, 1) if axis.shown and not axis.grid else "<a:ln><a:noFill/></a:ln>"
    label = "low" if axis.shown else "none"
    mark = "out" if axis.shown and not axis.grid else "none"
    return (
        f'<c:valAx><c:axId val="{identity}"/><c:scaling>{base}<c:orientation val="minMax"/>'
        f'<c:max val="{axis.high!r}"/><c:min val="{axis.low!r}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place}"/>{lines if axis.grid else ""}{_title(axis.title, place)}'
        f'<c:numFmt formatCode="{written(axis.form)}" sourceLinked="0"/>'
        f'<c:majorTickMark val="{mark}"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{label}"/><c:spPr>{own}</c:spPr>{text_xml(TEXT)}'
        f'<c:crossAx val="{crosses}"/><c:crosses val="min"/><c:crossBetween val="{between}"/>'
        f"{unit}</c:valAx>"
    )


def _categories(place: str, named: bool) -> str:
    label = "low" if named else "none"
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{place}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{label}"/>'
        f"<c:spPr>{line_xml(LIGHT.line, 1)}</c:spPr>{text_xml(TEXT)}"
        '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _title(text: str, place: str) -> str:
    if not text:
        return ""
    turned = ' rot="-5400000" vert="horz"' if place == "l" else ""
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turned}/><a:p><a:pPr><a:defRPr/></a:pPr>"
        f'<a:r><a:rPr lang="en-US" sz="{TEXT * 100}" b="0"><a:solidFill>'
        f'<a:srgbClr val="{rgb(LIGHT.quiet)}"/></a:solidFill><a:latin typeface="{FONT}"/></a:rPr>'
        f"<a:t>{written(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )
