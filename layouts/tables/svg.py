"""Elements of SVG: text in runs, lines, boxes; every word of a study is escaped by `tag`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from layouts.shared.html import joined, tag
from layouts.tables.cells import Run

# What XML has no way to write.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ANCHORS = {"left": "start", "right": "end", "centre": "middle"}
STRONG = 600


def text_at(x: float, y: float, runs: Iterable[Run], size: float, align: str = "left") -> Markup:
    """Runs of text one behind the other on the line at ``y``."""
    parts = joined(
        tag(
            "tspan",
            _NOT_IN_XML.sub("", run.text),
            fill=run.colour,
            font_size=f"{run.size(size):g}",
            font_weight=STRONG if run.bold else None,
        )
        for run in runs
    )
    return tag("text", parts, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=_ANCHORS[align])


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, **more):
    """A straight line."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    places = {name: f"{value:.1f}" for name, value in ends.items()}
    return tag("line", **places, stroke=colour, stroke_width=width, **more)


def box(x: float, y: float, width: float, height: float, colour: str) -> Markup:
    """A filled rectangle."""
    sides = {"x": x, "y": y, "width": max(width, 0), "height": max(height, 0)}
    return tag("rect", **{name: f"{value:.1f}" for name, value in sides.items()}, fill=colour)


def polygon(points: Iterable[tuple[float, float]], colour: str) -> Markup:
    """A filled shape."""
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), fill=colour)
