"""What a made file says, read with the libraries of those who open it."""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass

from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Pt

OURS = {"X-Cohort-Explorer": "yes"}
# Points that a box may reach over another: a rounding.
TOUCH = 0.6


@dataclass(frozen=True)
class Box:
    """Where a shape stands, in points."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


def post(client, kind: str, views: list[str], **more):
    """Ask for the file of a board as its page does."""
    return client.post(f"/board/{kind}", json={"views": views} | more, headers=OURS)


def slides_of(raw: bytes) -> list[Slide]:
    """The slides of a PowerPoint file."""
    return list(Presentation(io.BytesIO(raw)).slides)


def named(slide: Slide, name: str):
    """The shape of this name; None where there is none."""
    return next((shape for shape in slide.shapes if shape.name == name), None)


def said(slide: Slide) -> str:
    """Everything that is written in the boxes of a slide."""
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts_of(slide: Slide) -> list:
    """The native charts of a slide."""
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def points_of(chart, name: str) -> list[tuple[float, float]]:
    """The points of a series of a chart of two axes, without its gaps."""
    (series,) = (one for one in chart.plots[0].series if one.name == name)
    x, y = (
        {int(pt.get("idx")): float(pt.v.text) for pt in part.iter() if pt.tag.endswith("}pt")}
        for part in (series._element.find(f".//{{*}}{axis}Val") for axis in "xy")
    )
    return [(x[i], y[i]) for i in sorted(x) if i in y]


def boxes_of(slide: Slide) -> list[Box]:
    """Where everything on a slide stands."""
    return [
        Box(
            shape.name,
            shape.left / Pt(1),
            shape.top / Pt(1),
            (shape.left + shape.width) / Pt(1),
            (shape.top + shape.height) / Pt(1),
        )
        for shape in slide.shapes
    ]


def faults(slide: Slide) -> list[str]:
    """What stands outside a slide, or on something else."""
    found = []
    boxes = boxes_of(slide)
    for number, one in enumerate(boxes):
        if min(one.left, one.top) < 0 or one.right > 960.5 or one.bottom > 540.5:
            found.append(f"{one.name} is outside: {one}")
        for other in boxes[number + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            if across > TOUCH and down > TOUCH:
                found.append(f"{one.name} and {other.name} overlap by {across:.0f} × {down:.0f}")
    return found


def sizes_of(raw: bytes, parts: str) -> set[float]:
    """Sizes of letters, in points, that parts of a file name."""
    return {int(size) / 100 for size in re.findall(r'\bsz="(\d+)"', texts_of(raw, parts))}


def texts_of(raw: bytes, parts: str) -> str:
    """The XML of the parts of a file whose names begin so."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        names = [one for one in packed.namelist() if re.match(parts, one) and one.endswith(".xml")]
        return "".join(packed.read(name).decode() for name in names)


def equal(one: float, other: float) -> bool:
    """Whether two numbers are one, to nine digits."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
