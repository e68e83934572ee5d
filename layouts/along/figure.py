"""Effect along a number as a figure: the curve with its band, the windows, the line of none."""

from __future__ import annotations

import math
import textwrap

import numpy as np

from layouts.along.context import AlongContext
from layouts.along.words import obstacle
from layouts.charts.frame import LETTER, Frame
from layouts.charts.log_axis import LogAxis, log_axis
from layouts.charts.panels import line, panel_layout, title_x, title_y
from layouts.shared.figure_text import in_lines
from layouts.shared.graph import message_figure
from layouts.shared.theme import Theme, translucent
from layouts.shared.words import span, within

BAND = 0.14


def along_figure(context: AlongContext, theme: Theme, frame: Frame) -> dict:
    """The figure; a sentence in its place where there is none."""
    if blocked := obstacle(context):
        return message_figure(blocked, frame.height, theme.quiet)
    axis = ratio_axis_of(context)
    layout = panel_layout(theme, frame)
    layout["xaxis"] |= {"range": _range(context), "nticks": 8}
    if context.options.variable.log:
        layout["xaxis"] |= {"type": "log", "dtick": None, "tickformat": ",~r"}
    layout["yaxis"] |= {
        "type": "log",
        "range": [math.log10(axis.low), math.log10(axis.high)],
        "tickvals": list(axis.ticks),
        "ticktext": [f"{tick:.3g}" for tick in axis.ticks],
    }
    traces = [line(_ends(context), [1, 1], theme.quiet, 0, width=1)]
    if context.stepp is not None:
        traces += _windows(context, axis, theme)
    traces += _curve(context, axis, theme)
    _titles(layout, context, theme, frame)
    layout["annotations"] += _favours(context, theme, frame)
    return {"data": traces, "layout": layout}


def _titles(layout: dict, context: AlongContext, theme: Theme, frame: Frame) -> None:
    """Names of both axes, in as many lines as they need."""
    letters = round(frame.room / (LETTER * frame.text))
    below = textwrap.wrap(context.axis_words, letters)
    above = textwrap.wrap(y_words(context), letters)
    title_x(layout, 0, in_lines(below), theme, frame)
    title_y(layout, 0, in_lines(above), theme, frame)
    layout["annotations"][-1]["align"] = "left"
    layout["margin"]["b"] += round(frame.line * (len(below) - 1))
    layout["margin"]["t"] += round(frame.line * (len(above) - 1))


def y_words(context: AlongContext) -> str:
    """What stands on the axis of the ratios."""
    if context.arms is None:
        middle = context.number(context.effect.quartiles.at[1])
        return f"Hazard ratio against {middle}{context.unit}, the median"
    arm, reference = context.arms
    return f"Hazard ratio of {arm} against {within(reference, context.study)}"


def ratio_axis_of(context: AlongContext) -> LogAxis:
    """An axis that holds the curve, and most of the windows."""
    curve = context.effect.curve
    known = list(zip(curve.value, curve.lower, curve.upper, strict=True))
    if context.stepp is not None:
        known += [one.estimate for one in context.stepp.ratios]
    return log_axis(known)


def _ends(context: AlongContext) -> list[float]:
    curve = context.effect.curve.at
    low, high = curve[0], curve[-1]
    if context.stepp is not None and len(context.stepp.windows):
        middle = context.stepp.windows.middle
        low, high = min(low, middle[0]), max(high, middle[-1])
    return [float(low), float(high)]


def _range(context: AlongContext) -> list[float]:
    """A little wider than what is drawn, in powers of ten on a logarithmic axis."""
    low, high = _ends(context)
    if context.options.variable.log:
        low, high = math.log10(low), math.log10(high)
    air = 0.03 * (high - low) or 0.5
    return [low - air, high + air]


def _within(values, axis: LogAxis) -> list[float | None]:
    """Values of a figure, kept within its axis; NaN is a gap."""
    kept = np.clip(np.asarray(values, float), axis.low, axis.high).round(4)
    return [None if math.isnan(x) else x for x in kept.tolist()]


def _curve(context: AlongContext, axis: LogAxis, theme: Theme) -> list[dict]:
    curve = context.effect.curve
    colour = theme.groups[0] if context.arms else theme.ink
    x = curve.at.round(4).tolist()
    edge = {"width": 0, "color": colour}
    lower = line(x, _within(curve.lower, axis), colour, 0) | {"line": edge}
    upper = line(x, _within(curve.upper, axis), colour, 0) | {
        "line": edge,
        "fill": "tonexty",
        "fillcolor": translucent(colour, BAND),
    }
    said = [
        f"{context.number(at)}{context.unit}: {value:.2f} ({low:.2f}–{high:.2f})"
        for at, value, low, high in zip(
            curve.at, curve.value, curve.lower, curve.upper, strict=True
        )
    ]
    drawn = line(x, _within(curve.value, axis), colour, 0, width=2.5) | {
        "hovertext": said,
        "hoverinfo": "text",
    }
    return [lower, upper, drawn]


def _windows(context: AlongContext, axis: LogAxis, theme: Theme) -> list[dict]:
    found = context.stepp
    x, y = [], []
    for middle, one in zip(found.windows.middle, found.ratios, strict=True):
        if math.isfinite(one.value):
            x += [middle, middle, None]
            y += [*_within([one.lower, one.upper], axis), None]
    bars = line(x, y, theme.line, 0, width=1.5)
    values = np.array([one.value for one in found.ratios])
    shown = np.isfinite(values)
    said = [
        f"{span(context.number(low), context.number(high))}{context.unit}: {one.value:.2f} "
        f"({one.lower:.2f}–{one.upper:.2f}), {events.sum()} events"
        for low, high, one, events in zip(
            found.windows.low, found.windows.high, found.ratios, found.events, strict=True
        )
        if math.isfinite(one.value)
    ]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": found.windows.middle[shown].round(4).tolist(),
        "y": _within(values[shown], axis),
        "marker": {"size": 6, "color": theme.quiet},
        "hovertext": said,
        "hoverinfo": "text",
        "showlegend": False,
        "name": "",
        "xaxis": "x",
        "yaxis": "y",
    }
    return [bars, points]


def _favours(context: AlongContext, theme: Theme, frame: Frame) -> list[dict]:
    """Which side of 1 means what, within the plot."""
    if context.arms is None:
        sides = ("higher hazard", "lower hazard")
    else:
        sides = tuple(f"favours {name}" for name in reversed(context.arms))
    return [
        {
            "text": in_lines(textwrap.wrap(text, round(0.8 * frame.room / (LETTER * frame.text)))),
            "align": "right",
            "x": 1,
            "xref": "x domain",
            "xanchor": "right",
            "y": y,
            "yref": "y domain",
            "yanchor": anchor,
            "showarrow": False,
            "font": {"size": frame.text - 1, "color": theme.quiet},
        }
        for text, y, anchor in zip(sides, (0.99, 0.01), ("top", "bottom"), strict=True)
    ]
