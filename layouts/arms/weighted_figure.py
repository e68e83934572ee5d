"""Weighted curves of two arms over those without weights, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH
from layouts.arms.panel_layout import PER_CENT, Scale, band_trace, panels_layout
from layouts.charts.frame import Frame
from layouts.charts.thin import drawn_places
from layouts.shared.figure_text import bold, coloured, hover, in_lines
from layouts.shared.graph import message_figure
from layouts.shared.theme import BAND_OPACITY, Theme, group_style, translucent

CRUDE = "dotted: without weights"


def weighted_figure(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    """Both arms' weighted curves with their bands; of each arm against the reference a sentence."""
    if context.each:
        words = "Weights make two arms alike at a time: choose two under Compare for their curves."
        return message_figure(words, 220, theme.quiet)
    result = context.result
    found = result.found
    places = (result.compared, result.reference)
    both = list(zip(places, found.curves, found.crude_curves, strict=True))
    last = max(float(curve.time[-1]) for _, curve, _ in both) / MONTH or 1.0
    origin = context.endpoint.origin
    if context.landmark_days is not None:
        origin = f"day {context.landmark_days} after {origin}"
    layout = panels_layout(
        (Scale(f"{context.endpoint.curve}, %", *PER_CENT),),
        last,
        origin,
        theme,
        height=frame.height,
        text=frame.text,
        narrow=frame.narrow,
        room=frame.width or frame.room,
    )
    traces = []
    for place, curve, crude in both:
        label, style = context.study.arms[place].label, group_style(place, theme)
        traces += _weighted(curve, label, style)
        traces.append(_line(crude, f"{label}, without weights", style.colour, "dot", 1.2))
    _name(layout, context, places, theme, frame)
    return {"data": traces, "layout": layout}


def _weighted(curve, label: str, style) -> list[dict]:
    known = np.isfinite(curve.lower) & np.isfinite(curve.upper)
    places = drawn_places(curve.time[known])
    traces = []
    if places.size > 1:
        days = np.concatenate([[0.0], curve.time[known][places]])
        x = np.repeat(days / MONTH, 2)[1:].round(3).tolist()
        limits = (
            np.repeat(np.concatenate([[100.0], 100 * values[known][places]]), 2)[:-1]
            for values in (curve.lower, curve.upper)
        )
        lower, upper = (one.round(3).tolist() for one in limits)
        traces.append(band_trace(x, lower, upper, translucent(style.colour, BAND_OPACITY), ""))
    traces.append(_line(curve, f"{label}, weighted", style.colour, style.dash, 2.2))
    return traces


def _line(curve, name: str, colour: str, dash: str, width: float) -> dict:
    places = drawn_places(curve.time)
    x = np.concatenate([[0.0], curve.time[places] / MONTH])
    y = np.concatenate([[100.0], 100 * curve.survival[places]])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x.round(3).tolist(),
        "y": y.round(3).tolist(),
        "line": {"shape": "hv", "color": colour, "dash": dash, "width": width},
        "hovertemplate": hover("{}: %{{y:.0f}} %", name),
        "showlegend": False,
        "name": name,
    }


def _name(layout: dict, context: ArmContext, places, theme: Theme, frame: Frame) -> None:
    """The arms in their colours above the figure, each on a line of its own where that is long."""
    labels = [context.study.arms[place].label for place in places]
    parts = [
        coloured(bold(label), group_style(place, theme).colour)
        for label, place in zip(labels, places, strict=True)
    ]
    parts.append(coloured(CRUDE, theme.quiet))
    letters = sum(map(len, labels)) + len(CRUDE) + 6
    lines = parts
    if letters * 0.56 * frame.text < (frame.width or frame.room):
        lines = [parts[0] + " · " + parts[1] + " · " + parts[2]]
    more = round(1.4 * frame.text * len(lines))
    layout["margin"]["t"] += more
    layout["height"] += more
    layout["annotations"].append(
        {
            "text": in_lines(lines),
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "align": "left",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "xshift": -36,
            "yshift": round(2.4 * frame.text),
            "showarrow": False,
            "font": {"size": frame.text},
        }
    )
