"""Who is in response over time, and how long responses last, by arm, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from analysis.multistate import limits
from layouts.charts.axis import time_ticks
from layouts.charts.frame import Frame
from layouts.charts.thin import drawn_places
from layouts.charts.time_panels import panel_note, panels_of
from layouts.lasting.context import Arm, LastingContext
from layouts.lasting.numbers import IN_RESPONSE, MONTH
from layouts.shared.figure_text import coloured, hover, in_lines
from layouts.shared.graph import message_figure
from layouts.shared.theme import BAND_OPACITY, FONT, Theme, group_style, translucent

ALL = "In response, % of all patients"
RESPONDERS = "Response continues, % of responders"


def lasting_figure(context: LastingContext, theme: Theme, frame: Frame) -> dict:
    """Two panels: who of all patients is in response when, and how long responses last.

    The first counts from the origin of the study and of all patients, the second from the response
    and of responders alone, so that each has its own axis of time.
    """
    if context.obstacle:
        return message_figure(context.obstacle, 220, theme.quiet)
    lasting = [one for one in context.arms if one.duration is not None]
    titles = (ALL,) if not lasting else (ALL, RESPONDERS)
    panels = panels_of(
        titles, height=frame.height, text=frame.text, narrow=frame.narrow, room=frame.room, unit=""
    )
    text = {"family": FONT, "size": frame.text, "color": theme.ink}
    layout = {
        "height": panels.height,
        "margin": {"l": 46, "r": 14, "t": panels.top + round(1.6 * frame.text), "b": panels.bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": text,
        "hovermode": "x",
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": text},
        "dragmode": False,
        "showlegend": False,
        "annotations": [],
    }
    traces, top, names = [], 10.0, []
    for one in context.arms:
        colour = _colour(context, one, theme)
        made, high = _curve(one, colour, group_style(one.position, theme).dash)
        traces += made
        top = max(top, high)
        names.append(coloured(one.label, colour))
    last = max(float(one.states.time[-1]) for one in context.arms) / MONTH or 1.0
    ends = [(last, f"Months since {context.origin}", min(1.05 * top, 100))]
    for one in lasting:
        dash = group_style(one.position, theme).dash
        traces += _duration(one, _colour(context, one, theme), dash)
    if lasting:
        longest = max(float(one.duration.time[-1]) for one in lasting) / MONTH or 1.0
        ends.append((longest, "Months since response", 100))
    axis = {"fixedrange": True, "linecolor": theme.line, "ticks": "outside", "zeroline": False}
    most = 5 if frame.narrow or lasting else frame.ticks_at_most
    for place, (panel, (end, under, high)) in enumerate(zip(panels.panels, ends, strict=True)):
        number = str(place + 1) if place else ""
        layout[f"xaxis{number}"] = axis | {
            "domain": panel.across,
            "anchor": f"y{number}",
            "range": [0, end],
            "tickvals": time_ticks(0, end, "months", most),
            "showgrid": False,
            "title": {"text": under, "standoff": 6, "font": {"size": frame.text}},
        }
        layout[f"yaxis{number}"] = axis | {
            "domain": panel.down,
            "anchor": f"x{number}",
            "range": [0, high],
            "gridcolor": theme.grid,
        }
        layout["annotations"].append(panel_note(in_lines(panel.title), panel, 0.4 * frame.text))
    key = names[0].__class__(" · ").join(names)
    above = (0.8 + 1.4 * panels.title_lines) * frame.text
    layout["annotations"].append(panel_note(key, panels.panels[0], above))
    return {"data": traces, "layout": layout}


def _colour(context: LastingContext, one: Arm, theme: Theme) -> str:
    return group_style(one.position, theme).colour if len(context.arms) > 1 else theme.ink


def _duration(one: Arm, colour: str, dash: str) -> list[dict]:
    """Kaplan–Meier of the responders of an arm, without a band: those of few cover each other."""
    curve = one.duration
    places = drawn_places(curve.time)
    x = np.concatenate([[0.0], curve.time[places] / MONTH])
    y = 100 * np.concatenate([[1.0], curve.survival[places]])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": np.round(x, 3).tolist(),
            "y": np.round(y, 3).tolist(),
            "line": {"shape": "hv", "color": colour, "width": 2, "dash": dash},
            "hovertemplate": hover("{}: %{{y:.0f}} %", one.label),
            "xaxis": "x2",
            "yaxis": "y2",
        }
    ]


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
