"""An effect along a number as it is put before a room."""

from __future__ import annotations

import math

from layouts.along.context import AlongContext
from layouts.along.figure import y_words
from layouts.along.side import along_side
from layouts.along.words import obstacle
from layouts.shared.theme import LIGHT
from layouts.slides.axes import even_axis, ratio_axis
from layouts.slides.figure import GAP, Chart, Series
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table


def along_drawn(context: AlongContext) -> Drawn | None:
    """The curve with its limits and the windows; None where nothing can be drawn."""
    if obstacle(context):
        return None
    curve, found = context.effect.curve, context.stepp
    colour = LIGHT.groups[0] if context.arms else LIGHT.ink
    estimates = list(zip(curve.value, curve.lower, curve.upper, strict=True))
    known = [float(x) for x in curve.at]
    if found is not None:
        estimates += [one.estimate for one in found.ratios]
        known += [float(x) for x in found.windows.middle]
    y = ratio_axis(estimates, y_words(context))
    x = even_axis(known, context.axis_words, zero=False)

    def inside(values) -> tuple:
        return tuple(min(max(float(v), y.low), y.high) if math.isfinite(v) else GAP for v in values)

    at = tuple(float(v) for v in curve.at)
    series = [Series("No difference", (x.low, x.high), (1.0, 1.0), LIGHT.quiet, 0.75)]
    if found is not None:
        middle = tuple(float(v) for v in found.windows.middle)
        values = inside(one.value for one in found.ratios)
        series.append(Series("Windows", middle, values, LIGHT.quiet, mark="circle", size=5))
    for name, limit in (("lower", curve.lower), ("upper", curve.upper)):
        series.append(Series(f"95 % CI {name}", at, inside(limit), colour, 0.75, "dot"))
    series.append(Series("Hazard ratio", at, inside(curve.value), colour, 2.25))
    what = "interaction by likelihood ratio" if context.arms else "effect by likelihood ratio"
    return Drawn(
        Chart(tuple(series), x, y, room=(64, 14, 20, 46)),
        first_table(along_side(context)),
        f"Cox regression with a natural spline; {what}; points are sliding windows",
        f"{y_words(context)} along {context.axis_words}",
        "",
        context.n,
    )
