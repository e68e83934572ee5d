"""The share of all patients in response over time, by arm, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from analysis.multistate import limits
from layouts.charts.axis import time_ticks
from layouts.charts.frame import Frame
from layouts.charts.thin import drawn_places
from layouts.lasting.context import Arm, LastingContext
from layouts.lasting.numbers import IN_RESPONSE, MONTH
from layouts.shared.figure_text import coloured, hover
from layouts.shared.graph import message_figure
from layouts.shared.theme import BAND_OPACITY, FONT, Theme, group_style, translucent


def lasting_figure(context: LastingContext, theme: Theme, frame: Frame) -> dict:
    """One curve with its band for each arm: it rises with responses and falls as they are lost."""
    if context.obstacle:
        return message_figure(context.obstacle, 220, theme.quiet)
    last = max(float(one.states.time[-1]) for one in context.arms) / MONTH or 1.0
    traces, top, names = [], 10.0, []
    for one in context.arms:
        colour = group_style(one.position, theme).colour if len(context.arms) > 1 else theme.ink
        made, high = _curve(one, colour, group_style(one.position, theme).dash)
        traces += made
        top = max(top, high)
        names.append(coloured(one.label, colour))
    text = {"family": FONT, "size": frame.text, "color": theme.ink}
    axis = {"fixedrange": True, "linecolor": theme.line, "ticks": "outside", "zeroline": False}
    place = {"xref": "paper", "yref": "paper", "showarrow": False, "x": 0, "xanchor": "left"}
    place |= {"y": 1, "yanchor": "bottom"}
    key = names[0].__class__(" · ").join(names)
    size = {"size": frame.text}
    origin = {"text": f"Months since {context.origin}", "standoff": 6, "font": size}
    return {
        "data": traces,
        "layout": {
            "height": frame.height,
            "margin": {"l": 46, "r": 14, "t": round(4.4 * frame.text), "b": 50},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": text,
            "hovermode": "x",
            "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": text},
            "dragmode": False,
            "showlegend": False,
            "xaxis": axis
            | {
                "range": [0, last],
                "tickvals": time_ticks(0, last, "months", frame.ticks_at_most),
                "showgrid": False,
                "title": origin,
            },
            "yaxis": axis | {"range": [0, min(1.05 * top, 100)], "gridcolor": theme.grid},
            "annotations": [
                place | {"text": key, "yshift": round(2 * frame.text), "font": size},
                place | {"text": "In response, % of all patients", "yshift": 4, "font": size},
            ],
        },
    }


def _curve(one: Arm, colour: str, dash: str) -> tuple[list[dict], float]:
    places = drawn_places(one.states.time)
    x = np.concatenate([[0.0], one.states.time[places] / MONTH])
    share, se = one.states.value[places, IN_RESPONSE], one.states.se[places, IN_RESPONSE]
    low, high = limits(share, se)
    y, bottom, above = (100 * np.concatenate([[0.0], part]) for part in (share, low, high))
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(x, 3).tolist(),
        "y": np.round(y, 3).tolist(),
        "line": {"shape": "hv", "color": colour, "width": 2, "dash": dash},
        "hovertemplate": hover("{}: %{{y:.0f}} %", one.label),
    }
    if not np.isfinite(above).all():
        return [line], float(y.max())
    time = np.repeat(x, 2)[1:]
    up, down = np.repeat(above, 2)[:-1], np.repeat(bottom, 2)[:-1]
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(np.concatenate([time, time[::-1]]), 3).tolist(),
        "y": np.round(np.concatenate([up, down[::-1]]), 3).tolist(),
        "fill": "toself",
        "fillcolor": translucent(colour, BAND_OPACITY),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    return [band, line], float(above.max())
