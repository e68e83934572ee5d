"""What is drawn in a table's cells: intervals, bars and small distributions, as SVG.

Places are per cent of the cell in the page's HTML and here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from layouts.shared.html import tag
from layouts.shared.theme import LIGHT
from layouts.tables.cells import ACCENT, BAR, CAUTION_LINE, Run, colour_of
from layouts.tables.svg import box, line, polygon, text_at
from layouts.tables.text_width import text_width
from layouts.tables.tree import Element

# Pixels kept free at both sides, for half a label of the axis.
INSET = 10
PLOT, HISTOGRAM, BARS, TICKS, CURVES = 15, 24, 8, 13, 88
SMALL = 10


@dataclass(frozen=True)
class Place:
    """Where something is drawn, in pixels."""

    x: float
    y: float
    width: float
    height: float

    def at(self, per_cent: float) -> float:
        """The place on its axis."""
        return self.x + self.width * per_cent / 100


def parts_of(drawing: Element) -> list[Element]:
    """What is drawn in a cell, from top to bottom."""
    wanted = set(_DRAWERS)
    return [one for one in drawing.all("span") if one.classes & wanted]


def height_of(drawing: Element) -> float:
    """Pixels that a drawing needs."""
    return sum(_height(one) for one in parts_of(drawing))


def _height(part: Element) -> float:
    (kind,) = sorted(part.classes & set(_DRAWERS))[:1]
    if kind == "share-bars":
        return BARS * max(len(part.elements), 1)
    if kind == "curves":
        return CURVES
    return {"plot": PLOT, "hist": HISTOGRAM + 3, "ends": TICKS, "axis": TICKS, "bar": BARS}[kind]


def draw(drawing: Element, place: Place, first: float) -> list[Markup]:
    """All that is drawn in a cell, in the middle of the first pixels of its height."""
    parts = parts_of(drawing)
    spare = max(min(first, place.height) - height_of(drawing), 0)
    y, made = place.y + spare / 2, []
    for part in parts:
        height = _height(part)
        (kind,) = sorted(part.classes & set(_DRAWERS))[:1]
        # What runs from row to row takes the height of the row.
        whole = Place(place.x + INSET, place.y, place.width - 2 * INSET, place.height)
        own = Place(whole.x, y, whole.width, height)
        made += _DRAWERS[kind](part, own, whole if len(parts) == 1 else own)
        y += height
    return made


def _plot(part: Element, own: Place, whole: Place) -> list[Markup]:
    few = "few" in part.classes
    colour = LIGHT.quiet if few else ACCENT
    # The first of two estimates in a row is an empty circle's partner; see the page's style.
    if any("second" in one.classes for one in part.elements):
        colour = CAUTION_LINE
    middle = own.y + own.height / 2
    made = []
    for one in part.elements:
        classes = one.classes
        if classes & {"all", "none", "middle"}:
            dashes = "1 3" if "all" in classes else None
            x = own.at(50 if "middle" in classes else one.per_cent("left") or 0)
            ink = LIGHT.quiet if dashes else LIGHT.line
            ends = (whole.y, whole.y + whole.height)
            made.append(line(x, ends[0], x, ends[1], ink, stroke_dasharray=dashes))
        elif "range" in classes:
            made += _range(one, own, middle, colour)
        elif "seg" in classes:
            made += _segment(one, own)
        elif "diamond" in classes:
            low, high = own.at(one.per_cent("left")), own.at(100 - one.per_cent("right"))
            high = max(high, low + 6)
            mean = (low + high) / 2
            made.append(
                polygon(
                    [(low, middle), (mean, middle - 6), (high, middle), (mean, middle + 6)], colour
                )
            )
        else:
            made.append(_mark(one, own.at(one.per_cent("left") or 0), middle, colour, few))
    return made


def _range(one: Element, own: Place, middle: float, colour: str) -> list[Markup]:
    low = own.at(one.per_cent("left") or 0)
    high = own.at(100 - (one.per_cent("right") or 0))
    is_open = "open" in one.classes
    made = [
        line(low, middle, high, middle, colour, 1.6, stroke_dasharray="4 3" if is_open else None)
    ]
    if "left" in one.classes:
        made.append(
            polygon([(low - 2, middle), (low + 5, middle - 4), (low + 5, middle + 4)], colour)
        )
    if is_open or "right" in one.classes:
        made.append(
            polygon([(high + 2, middle), (high - 5, middle - 4), (high - 5, middle + 4)], colour)
        )
    return made


def _mark(one: Element, x: float, middle: float, colour: str, few: bool) -> Markup:
    if "box" in one.classes:
        side = float(one.style.get("--side", "9").removesuffix("px"))
        return box(x - side / 2, middle - side / 2, side, side, colour)
    second = "second" in one.classes
    return tag(
        "circle",
        cx=f"{x:.1f}",
        cy=f"{middle:.1f}",
        r=3.4 if few or second else 4.2,
        fill=LIGHT.page if second else colour,
        stroke=CAUTION_LINE if second else None,
        stroke_width=2 if second else None,
    )


def _segment(one: Element, own: Place) -> list[Markup]:
    width = one.per_cent("width") or 0
    start = one.per_cent("left")
    if start is None:
        start = 100 - (one.per_cent("right") or 0) - width
    pixels = own.width * width / 100
    made = [box(own.at(start), own.y + 1, pixels, own.height - 2, colour_of(one))]
    if one.text and text_width(one.text, SMALL) + 2 <= pixels:
        ink = Run(one.text, colour=one.style.get("color", LIGHT.ink))
        middle = own.at(start + width / 2)
        made.append(text_at(middle, own.y + own.height / 2 + 3.5, [ink], SMALL, "centre"))
    return made


def _curves(part: Element, own: Place, whole: Place) -> list[Markup]:
    """Paths that are drawn for a square of 100 by 100."""
    fitted = f"translate({own.x:.1f} {own.y + 4:.1f}) scale({own.width / 100:.4f} "
    fitted += f"{(own.height - 6) / 100:.4f})"
    return [
        tag(
            "path",
            d=one.attributes["d"],
            fill="none",
            stroke=one.style["stroke"],
            stroke_width=one.style.get("stroke-width"),
            stroke_dasharray=one.style.get("stroke-dasharray"),
            vector_effect="non-scaling-stroke",
            transform=fitted,
        )
        for one in part.all("path")
    ]


def _bars(part: Element, own: Place, whole: Place) -> list[Markup]:
    made = []
    for i, one in enumerate(part.elements):
        y = own.y + BARS * i + 1
        made.append(box(own.x, y, own.width, BARS - 2, LIGHT.grid))
        width = own.width * (one.per_cent("width") or 0) / 100
        made.append(box(own.x, y, width, BARS - 2, colour_of(one)))
    return made


def _histogram(part: Element, own: Place, whole: Place) -> list[Markup]:
    bars = part.elements
    step = own.width / max(len(bars), 1)
    bottom = own.y + HISTOGRAM
    made = [line(own.x, bottom, own.x + own.width, bottom, LIGHT.line)]
    for i, one in enumerate(bars):
        height = HISTOGRAM * (one.per_cent("height") or 0) / 100
        made.append(box(own.x + step * i, bottom - height, step - 1, height, colour_of(one)))
    return made


def _share(part: Element, own: Place, whole: Place) -> list[Markup]:
    width = own.width * (part.per_cent("--share") or 0) / 100
    return [
        box(own.x, own.y + 1, own.width, own.height - 2, LIGHT.grid),
        box(own.x, own.y + 1, width, own.height - 2, BAR),
    ]


def _ends(part: Element, own: Place, whole: Place) -> list[Markup]:
    y = own.y + SMALL
    sides = zip((own.x, own.x + own.width), ("left", "right"), part.elements, strict=False)
    return [
        text_at(x, y, [Run(one.text, colour=LIGHT.quiet)], SMALL, side) for x, side, one in sides
    ]


def _axis(part: Element, own: Place, whole: Place) -> list[Markup]:
    """The labels of an axis, without those that would touch the one before."""
    made, free = [], float("-inf")
    for one in part.elements:
        x, half = own.at(one.per_cent("left") or 0), text_width(one.text, SMALL) / 2
        if x - half < free:
            continue
        made.append(text_at(x, own.y + SMALL, [Run(one.text, colour=LIGHT.quiet)], SMALL, "centre"))
        free = x + half + 3
    return made


_DRAWERS: dict[str, Callable] = {
    "plot": _plot,
    "curves": _curves,
    "share-bars": _bars,
    "hist": _histogram,
    "ends": _ends,
    "axis": _axis,
    "bar": _share,
}
