"""The curves of one endpoint in a small drawing, on the axis of time that all endpoints share."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from analysis.survival_groups import GroupSurvival
from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.small_curves import curve_path, step_path
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.shared.html import joined, tag
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import DAYS_PER

# Ticks that a small drawing has room for.
TICKS = 7
MONTH = DAYS_PER["months"]
# Pixels drawn and left out, as in the large figure.
_DASHES = {
    "dash": "7 4",
    "dot": "2 3",
    "dashdot": "7 3 2 3",
    "longdash": "11 4",
    "longdashdot": "11 3 2 3",
}


def end_of_axis(context: EndpointsContext) -> float:
    """Months up to the longest follow-up for any endpoint."""
    return axis_end(1.01 * context.last / MONTH, "months")


def small_curves(context: EndpointsContext, one: OneEndpoint, theme: Theme) -> Markup:
    """Curves over their axis; what they show stands in the table in numbers."""
    last = end_of_axis(context)
    ticks = time_ticks(0, last, "months", TICKS)
    lines = [f"M{100 * tick / last:.2f} 0V100" for tick in ticks[1:]]
    lines += [f"M0 {height}H100" for height in (0, 50, 100)]
    grid = [curve_path(path, theme.grid) for path in lines]
    curves = [
        curve_path(_path(group, last), _stroke(group, theme)) for group in one.survival.result.shown
    ]
    square = tag(
        "svg", grid, curves, viewBox="0 0 100 100", preserveAspectRatio="none", aria_hidden="true"
    )
    labels = joined(
        tag("span", f"{tick:g}", class_="tick", style=f"left:{100 * tick / last:.2f}%")
        for tick in ticks
    )
    return joined(tag("span", square, class_="curves"), tag("span", labels, class_="axis"))


def _path(group: GroupSurvival, last: float) -> str:
    """The steps of a group from 0 to 100 to the right and down."""
    curve = group.curve
    times = np.asarray(curve.time, float) / MONTH
    return step_path(0, 100 * times / last, 100 * (1 - curve.survival))


def _stroke(group: GroupSurvival, theme: Theme) -> str:
    style = group_style(group.position, theme)
    dashes = _DASHES.get(style.dash)
    width = ";stroke-width:2" + (f";stroke-dasharray:{dashes}" if dashes else "")
    return f"{style.colour}{width}"
