"""Step curves in a small drawing of their own, as HTML: a square of 100 by 100 over its axis."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from markupsafe import Markup

from layouts.charts.thin import drawn_places
from layouts.shared.html import tag

# Of a drawing some hundred pixels wide.
SMALL_POINTS = 1_000


def step_path(begin: float, times, heights) -> str:
    """Moves along a right-continuous step function, drawn with as many points as can be seen.

    Parameters
    ----------
    begin : float
        Its height at the left edge; heights are from 0 at the top to 100.
    times, heights : (K,) array-likes
        Where it changes, from 0 to 100, and the height from there on.
    """
    times, heights = np.asarray(times, float), np.asarray(heights, float)
    drawn = drawn_places(times, SMALL_POINTS)
    points = zip(times[drawn].tolist(), heights[drawn].tolist(), strict=True)
    return f"M0 {begin:g}" + "".join([f"H{x:.2f}V{y:.2f}" for x, y in points])


def curve_path(path: str, stroke: str) -> Markup:
    """One curve.

    Parameters
    ----------
    path : str
        Moves of SVG, from 0 to 100 to the right and down.
    stroke : str
        Its colour, and what else the style says of the line.
    """
    return tag("path", d=path, style=f"stroke:{stroke}")


def small_curves(
    curves: Iterable[Markup], ticks: Markup, *, says: str, top: str, along: str
) -> Markup:
    """The drawing with what it ``says`` to who cannot see it, its ``top`` and what is ``along``."""
    square = tag(
        "svg",
        curves,
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
        role="img",
        aria_label=says,
    )
    return tag(
        "div",
        tag("span", top, class_="scale-top"),
        square,
        tag("span", ticks, class_="axis"),
        tag("span", along, class_="axis-title"),
        class_="incidence",
    )
