"""The section Power as it is put before a room."""

from __future__ import annotations

import numpy as np

from layouts.arms.context import ArmContext
from layouts.arms.power_figure import power_points
from layouts.arms.power_side import power_side
from layouts.shared.theme import LIGHT, group_style
from layouts.slides.curves import per_cent
from layouts.slides.figure import Axis, Chart, Series
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table


def power_drawn(context: ArmContext) -> Drawn:
    """Power against the true ratio, and the numbers of the comparison."""
    series = []
    for part in context.shown:
        if part.result is None or not part.result.information > 0:
            continue
        style = group_style(part.result.compared, LIGHT)
        ratios, power = power_points(part.result.information)
        x, y = tuple(np.round(ratios, 4).tolist()), tuple(np.round(100 * power, 2).tolist())
        series.append(Series(part.compared.label, x, y, style.colour, 2.25, style.dash))
    chart = None
    if series:
        axis = Axis("True hazard ratio", 0.2, 1.0, 0.2, form="0.0")
        chart = Chart(tuple(series), axis, per_cent("Power, %"), legend=len(series) > 1)
    return Drawn(
        chart,
        first_table(power_side(context, LIGHT)),
        "Schoenfeld's formula, two-sided test at 0.05, events in view",
        "Power for each hazard ratio with the events in view",
        "arm",
    )
