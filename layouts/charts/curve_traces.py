"""What is drawn of one group: band, curve, censored patients, median, and what a hover reads."""

from __future__ import annotations

import math

import numpy as np

from analysis.survival_groups import GroupSurvival
from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import named_groups
from layouts.charts.steps import corners, height_on_curve, steps
from layouts.charts.thin import drawn_places, thinned
from layouts.shared.figure_text import hover
from layouts.shared.theme import BAND_OPACITY, LineStyle, Theme, group_style, translucent
from layouts.shared.words import DAYS_PER

FEW_AT_RISK = 5
# Twenty lines on top of each other make a shade, not a thicket.
FAINT = 0.22


def group_traces(group: GroupSurvival, result, options: CurveOptions, theme: Theme) -> list:
    style = group_style(group.position, theme)
    whole, group = group, thinned(group)
    times, survival = steps(group, options)
    heights = height_on_curve(survival, options)
    traces = []
    if options.shows("band"):
        traces += _band(group, times, options, style)
    at_risk = np.concatenate([[group.n], group.curve.n_risk])
    few = at_risk < max(FEW_AT_RISK, group.n / 10)
    start = int(np.argmax(few)) if few.any() else len(times)
    for part, opacity in ((slice(0, start + 1), 1.0), (slice(max(start, 0), None), 0.45)):
        if len(times[part]) and (opacity == 1.0 or start < len(times)):
            traces.append(_line(times[part], heights[part], style, opacity, group.label))
    if options.shows("censored") and group.curve.marks_censoring:
        traces += _censor_ticks(group, options, style)
    if options.shows("median"):
        traces += _median_lines(group, options, style)
    # Of many groups those in colour answer to the pointer: forty lines would say nothing.
    if whole in named_groups(result, theme):
        traces.append(_hover(whole, result, options, style))
    return traces


def _line(times, heights, style: LineStyle, opacity: float, label: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": times.tolist(),
        "y": heights.tolist(),
        "line": {"shape": "hv", "color": style.colour, "dash": style.dash, "width": 2},
        "opacity": opacity,
        "hoverinfo": "skip",
        "showlegend": False,
        "name": label,
    }


def _band(group: GroupSurvival, times, options: CurveOptions, style: LineStyle) -> list:
    lower = np.concatenate([[1.0], group.curve.lower])
    upper = np.concatenate([[1.0], group.curve.upper])
    # Where R gives no interval (survival 0) the band ends; a hole is never bridged.
    known = np.isfinite(lower) & np.isfinite(upper)
    end = len(known) if known.all() else int(np.argmin(known))
    if end < 2:
        return []
    limits = [height_on_curve(values[:end], options) for values in (upper, lower)]
    closing = times[end] if end < len(times) else times[end - 1]
    x, top = corners(np.append(times[:end], closing), np.append(limits[0], limits[0][-1]))
    _, bottom = corners(np.append(times[:end], closing), np.append(limits[1], limits[1][-1]))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": np.concatenate([x, x[::-1]]).tolist(),
            "y": np.concatenate([top, bottom[::-1]]).tolist(),
            "fill": "toself",
            "fillcolor": translucent(style.colour, BAND_OPACITY),
            "line": {"width": 0},
            "hoverinfo": "skip",
            "showlegend": False,
            "name": f"{group.label}, confidence band",
        }
    ]


def _censor_ticks(group: GroupSurvival, options: CurveOptions, style: LineStyle) -> list:
    curve = group.curve
    censored = curve.n_censor > 0
    if not censored.any():
        return []
    times = np.round(curve.time[censored] / DAYS_PER[options.unit], 4)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": times.tolist(),
            "y": height_on_curve(curve.survival[censored], options).tolist(),
            "marker": {
                "symbol": "line-ns-open",
                "size": 8,
                "color": style.colour,
                "line": {"width": 1.5, "color": style.colour},
            },
            "hoverinfo": "skip",
            "showlegend": False,
            "cliponaxis": False,
            "name": f"{group.label}, censored",
        }
    ]


def _median_lines(group: GroupSurvival, options: CurveOptions, style: LineStyle) -> list:
    median = group.median.value / DAYS_PER[options.unit]
    if not np.isfinite(median):
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [0, round(median, 4), round(median, 4)],
            "y": [50, 50, 0],
            "line": {"color": style.colour, "width": 1, "dash": "dot"},
            "hoverinfo": "skip",
            "showlegend": False,
            "name": f"{group.label}, median",
        }
    ]


def _hover(group: GroupSurvival, result, options: CurveOptions, style: LineStyle) -> dict:
    """An invisible curve on the times of all groups, so that one hover reads all of them."""
    table = result.table
    # Days on which somebody in view leaves.
    held = (table.n_event + table.n_censor).any(axis=0)
    days = np.concatenate([[0.0], table.time[held].astype(float)])
    days = days[days <= group.curve.time[-1]]
    days = days[drawn_places(days)]
    read = group.curve.at(days)
    heights = height_on_curve(read.survival, options)
    ends = [height_on_curve(limit, options) for limit in (read.lower, read.upper)]
    texts = [
        f"{height:.0f} %{_limits(one, other)}, {risk} at risk"
        for height, one, other, risk in zip(
            *(values.tolist() for values in (heights, *ends, read.n_risk)), strict=True
        )
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(days / DAYS_PER[options.unit], 4).tolist(),
        "y": heights.tolist(),
        "text": texts,
        "line": {"shape": "hv", "color": style.colour, "width": 0},
        "hovertemplate": hover("{}: %{{text}}", group.label),
        "showlegend": False,
        "name": group.label,
    }


def _limits(one: float, other: float) -> str:
    """``(42–72)`` of two limits in per cent in either order; nothing where R has none."""
    if not (math.isfinite(one) and math.isfinite(other)):
        return ""
    return f" ({min(one, other):.0f}–{max(one, other):.0f})"


def faint_trace(group: GroupSurvival, sets, options: CurveOptions, theme: Theme) -> dict:
    """The curves of a group in other data sets, as one faint line each."""
    x, y = [], []
    for other in sets:
        times, survival = steps(thinned(other), options)
        across, down = corners(times, height_on_curve(survival, options))
        x += [*np.round(across, 4).tolist(), None]
        y += [*np.round(down, 4).tolist(), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": group_style(group.position, theme).colour, "width": 1},
        "opacity": FAINT,
        "hoverinfo": "skip",
        "showlegend": False,
        "name": f"{group.label}, other data sets",
    }


def fitted_trace(position: int, days, survival, options: CurveOptions, theme: Theme) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(days / DAYS_PER[options.unit], 4).tolist(),
        "y": height_on_curve(survival, options).tolist(),
        "line": {"color": group_style(position, theme).colour, "width": 1.2, "dash": "longdash"},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "Weibull fit",
    }
