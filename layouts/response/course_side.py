"""Time to response beside the figure of the Response page: quartiles, curve, shares by month."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from data.address import address
from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.small_curves import curve_path, small_curves, step_path
from layouts.response import numbers
from layouts.response.context import ResponseContext
from layouts.response.side import number, side_table, spread_row
from layouts.shared.html import BREAK, joined, link, tag
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import percent

READ_AT = (3, 6)


def course_side(context: ResponseContext, theme: Theme) -> str:
    """Time to response among responders: curve and quartiles."""
    if not context.declared.time:
        return tag(
            "p",
            "The study does not record when patients responded, so that there is no time to "
            "response.",
            class_="rail-note",
        )
    result = context.result
    if not result.spreads[context.whole].n:
        return tag("p", "No responder in view has a known time of response.", class_="rail-note")
    variable = context.study.variable(context.declared.time)
    rows = spread_row(
        context,
        numbers.time,
        f"{variable.label}, months",
        "median (quartiles), responders",
        result.spreads,
        variable.decimals,
    )
    rows += _extremes(result.spreads, variable.decimals)
    for month in READ_AT:
        cells = joined(_by_month(curve, month) for curve in result.curves)
        rows += tag(
            "tr",
            tag(
                "th",
                f"By {month} months",
                tag("span", "of responders", class_="detail"),
                scope="row",
                class_="name",
            ),
            cells,
            data_response=f"by-{month}",
        )
    title = tag("h2", "Time to response, responders only")
    table = side_table(context, theme, "Time to response", "Responders", rows, responders=True)
    target = address(replace(context.view, page="lasting", options=()), context.study)
    way = tag("p", link("How long responses last", href=target), class_="elsewhere")
    return joined(title, _curves(context, theme), table, way)


def _extremes(spreads, decimals: int) -> str:
    cells = joined(
        tag(
            "td",
            number(one.mean, decimals),
            BREAK,
            tag(
                "span",
                f"{number(one.smallest, decimals)} to {number(one.largest, decimals)}",
                class_="interval",
            )
            if math.isfinite(one.smallest)
            else "",
        )
        for one in spreads
    )
    return tag(
        "tr",
        tag(
            "th",
            "Mean",
            tag("span", "shortest to longest", class_="detail")
            if any(math.isfinite(one.smallest) for one in spreads)
            else "",
            scope="row",
            class_="name",
        ),
        cells,
        data_response="mean",
    )


def share_by(curve, month: float) -> float:
    """Share of responders who had responded by a month; NaN without responders."""
    time, share = curve
    if not len(time):
        return math.nan
    place = int(np.searchsorted(time, month, side="right"))
    return float(share[place - 1]) if place else 0.0


def _by_month(curve, month: float) -> str:
    return tag("td", percent(share_by(curve, month)), data_statistic="by")


def _curves(context: ResponseContext, theme: Theme) -> str:
    """Cumulative share of responders in a small drawing with its axis."""
    curves = context.result.curves
    shown = [i for i in range(len(curves)) if len(curves[i][0])]
    # With arms the whole cohort would lie between them and say nothing new.
    if len(shown) > 1:
        shown = [i for i in shown if i != context.whole]
    if not shown:
        return ""
    last = axis_end(max(float(curves[i][0][-1]) for i in shown) * 1.02, "months")
    lines = []
    for i in shown:
        style = group_style(context.groups[i].position, theme)
        dash = "" if style.dash == "solid" else ";stroke-dasharray:6 3"
        lines.append(curve_path(_steps(curves[i], last), f"{style.colour}{dash}"))
    ticks = joined(
        tag("span", f"{tick:g}", class_="tick", style=f"left:{100 * tick / last:.2f}%")
        for tick in time_ticks(0, last, "months", 7)
    )
    return small_curves(
        lines,
        ticks,
        says=_spoken(context, shown),
        top="100 % of responders",
        along="Months to response",
    )


def _spoken(context: ResponseContext, shown: list[int]) -> str:
    """The drawing in words: what share had responded by the first of the months of the table."""
    month = READ_AT[0]
    shares = [
        f"{context.groups[i].label} {percent(share_by(context.result.curves[i], month))}"
        for i in shown
    ]
    return f"Cumulative share of responders by time; by {month} months: {', '.join(shares)}"


def _steps(curve, last: float) -> str:
    times, shares = (np.asarray(one, float) for one in curve)
    return f"{step_path(100, 100 * times / last, 100 - 100 * shares)}H100"
