"""Stacked shares of the three states, a panel for each arm, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from layouts.charts.axis import time_ticks
from layouts.charts.frame import Frame
from layouts.charts.thin import drawn_places
from layouts.charts.time_panels import panel_note, panels_of
from layouts.shared.figure_text import coloured, hover, in_lines
from layouts.shared.graph import message_figure
from layouts.shared.theme import FONT, Theme, translucent
from layouts.shared.words import capitalised
from layouts.states.context import STATES, Arm, StatesContext
from layouts.states.numbers import MONTH


def colours(theme: Theme) -> tuple[str, str, str]:
    """Of the states; never those of the arms."""
    return theme.others[0], theme.others[1], theme.others[2]


def states_figure(context: StatesContext, theme: Theme, frame: Frame) -> dict:
    """One panel for each arm: below alive without progression, then after it, above dead."""
    if context.obstacle:
        return message_figure(context.obstacle, 220, theme.quiet)
    last = max(float(one.found.time[-1]) for one in context.arms) / MONTH or 1.0
    titles = tuple(f"{one.label}, n = {one.found.n}" for one in context.arms)
    panels = panels_of(
        titles, height=frame.height, text=frame.text, narrow=frame.narrow, room=frame.room
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
    ticks = time_ticks(0, last, "months", 5 if frame.narrow else 7)
    traces = []
    for place, (one, panel) in enumerate(zip(context.arms, panels.panels, strict=True)):
        number = str(place + 1) if place else ""
        traces += _areas(one, number, theme)
        axis = {"fixedrange": True, "linecolor": theme.line, "ticks": "outside", "zeroline": False}
        layout[f"xaxis{number}"] = axis | {
            "domain": panel.across,
            "anchor": f"y{number}",
            "range": [0, last],
            "tickvals": ticks,
            "showgrid": False,
            "title": {
                "text": f"Months since {context.origin}",
                "standoff": 6,
                "font": {"size": frame.text},
            },
        }
        layout[f"yaxis{number}"] = axis | {
            "domain": panel.down,
            "anchor": f"x{number}",
            "range": [0, 100],
            "dtick": 25,
            "gridcolor": theme.grid,
        }
        layout["annotations"].append(panel_note(in_lines(panel.title), panel, 0.4 * frame.text))
    first = panels.panels[0]
    names = zip(STATES, colours(theme), strict=True)
    key = " · ".join(coloured(capitalised(state), colour) for state, colour in names)
    above = (0.8 + 1.4 * panels.title_lines) * frame.text
    layout["annotations"].append(panel_note(type(coloured("", ""))(key), first, above))
    return {"data": traces, "layout": layout}


def _areas(one: Arm, number: str, theme: Theme) -> list[dict]:
    places = drawn_places(one.found.time)
    x = np.round(np.concatenate([[0.0], one.found.time[places] / MONTH]), 3).tolist()
    shares = 100 * np.vstack([np.eye(3)[0], one.found.value[places]])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "stackgroup": f"arm{number}",
            "x": x,
            "y": np.round(shares[:, state], 3).tolist(),
            "line": {"shape": "hv", "width": 1, "color": colour},
            "fillcolor": translucent(colour, 0.55 if state < 2 else 0.25),
            "hovertemplate": hover("{}: %{{y:.0f}} %", STATES[state]),
            "xaxis": f"x{number}",
            "yaxis": f"y{number}",
        }
        for state, colour in enumerate(colours(theme))
    ]
