"""The stopping boundary over the patients, and where each arm ended, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from analysis.monitoring import ABOVE, possible_paths
from layouts.charts.frame import Frame
from layouts.monitoring.context import Monitored, MonitoringContext
from layouts.shared.figure_text import bold, coloured, hover
from layouts.shared.graph import message_figure
from layouts.shared.theme import FONT, Theme, group_style, translucent

STOPPED = 0.1
REACHED = 0.16


def monitoring_figure(context: MonitoringContext, theme: Theme, frame: Frame) -> dict:
    """Steps of the boundary with the side on which the trial stops, and every possible path."""
    if context.obstacle:
        return message_figure(context.obstacle, 220, theme.quiet)
    last = int(context.limits.n[-1])
    top = max([1, *(one.share.events for one in context.groups if one.told)])
    known = context.limits.events[context.limits.can_stop]
    top = 1.08 * max(top, known.max(initial=0)) + 1
    traces = [_stopped(context, theme, top), _line(context, theme)]
    notes = []
    for one in context.groups:
        if one.told:
            traces += _arm(one, colour_of(context, one, theme), theme)
            notes.append(_name(one, context, theme, frame))
    text = {"family": FONT, "size": frame.text, "color": theme.ink}
    axis = {
        "showline": True,
        "linecolor": theme.line,
        "ticks": "outside",
        "tickcolor": theme.line,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
    }
    return {
        "data": traces,
        "layout": {
            "height": frame.height,
            "margin": {
                "l": round(3.6 * frame.text),
                "r": round(1.6 * frame.text),
                "t": round(3.4 * frame.text),
                "b": round(3.6 * frame.text),
            },
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": text,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": text},
            "dragmode": False,
            "showlegend": False,
            "xaxis": axis | {"range": [0, 1.03 * last], "showgrid": False, "rangemode": "tozero"},
            "yaxis": axis | {"range": [0, top], "gridcolor": theme.grid, "tickformat": "d"},
            "annotations": [*_titles(context, theme, frame), *notes],
        },
    }


def colour_of(context: MonitoringContext, one: Monitored, theme: Theme) -> str:
    """An arm has its colour; patients who are not compared are drawn in ink."""
    return theme.ink if len(context.groups) == 1 else group_style(one.position, theme).colour


def edge(context: MonitoringContext) -> tuple[np.ndarray, np.ndarray]:
    """The corners of the boundary: between two looks that of the earlier one."""
    limits = context.limits
    some = limits.can_stop
    n, events = limits.n[some].astype(float), limits.events[some].astype(float)
    # A count lies on one side of the line: half a patient from the counts that stop.
    events += -0.5 if limits.stops == ABOVE else 0.5
    end = float(limits.n[-1])
    ends = np.append(n[1:], end) if n.size else n
    x = np.column_stack([n, ends]).ravel()
    return x, np.repeat(events, 2)


def _stopped(context: MonitoringContext, theme: Theme, top: float) -> dict:
    x, y = edge(context)
    beyond = top if context.limits.stops == ABOVE else 0.0
    end = np.full(x.size, beyond)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([x, x[::-1]]).tolist(),
        "y": np.concatenate([y, end]).tolist(),
        "fill": "toself",
        "fillcolor": translucent(theme.caution, STOPPED),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _line(context: MonitoringContext, theme: Theme) -> dict:
    x, y = edge(context)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x.tolist(),
        "y": y.tolist(),
        "line": {"color": theme.caution, "width": 2, "shape": "linear"},
        "hoverinfo": "skip",
    }


def _arm(one: Monitored, colour: str, theme: Theme) -> list[dict]:
    """Every possible path of an arm, and where all of them end."""
    lowest, highest = possible_paths(one.share.events, one.share.n)
    seen = np.arange(one.share.n + 1)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [*seen.tolist(), *seen[::-1].tolist()],
            "y": [*highest.tolist(), *lowest[::-1].tolist()],
            "fill": "toself",
            "fillcolor": translucent(colour, REACHED),
            "line": {"color": colour, "width": 1, "dash": "dot"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [one.share.n],
            "y": [one.share.events],
            "marker": {"color": colour, "size": 11, "line": {"color": theme.page, "width": 1.5}},
            "hovertemplate": hover("{}: %{{y}} of %{{x}} patients", one.label),
            "cliponaxis": False,
        },
    ]


def _name(one: Monitored, context: MonitoringContext, theme: Theme, frame: Frame) -> dict:
    """What an end says: who, and how many of how many."""
    label = f"{one.label}: " if len(context.groups) > 1 else ""
    colour = colour_of(context, one, theme)
    return {
        "text": coloured(f"{label}{one.share.events} of {one.share.n}", colour),
        "x": one.share.n,
        "y": one.share.events,
        "xanchor": "right",
        "yanchor": "top",
        "xshift": -8,
        "yshift": -6,
        "showarrow": False,
        "bgcolor": theme.page,
        "opacity": 0.9,
        "font": {"size": frame.text},
    }


def _titles(context: MonitoringContext, theme: Theme, frame: Frame) -> list[dict]:
    place = {"xref": "paper", "yref": "paper", "showarrow": False}
    size = {"size": frame.text, "color": theme.ink}
    side = "above the line" if context.limits.stops == ABOVE else "below the line"
    return [
        place
        | {
            "text": "Patients treated",
            "x": 0.5,
            "y": 0,
            "yanchor": "top",
            "yshift": -round(2 * frame.text),
            "font": size,
        },
        place
        | {
            "text": "Patients with the event",
            "x": 0,
            "xanchor": "left",
            "xshift": -round(3 * frame.text),
            "y": 1,
            "yanchor": "bottom",
            "yshift": round(0.5 * frame.text),
            "font": size,
        },
        place
        | {
            "text": bold(f"stop {side}"),
            "x": 1,
            "xanchor": "right",
            "y": 1,
            "yanchor": "bottom",
            "yshift": round(0.5 * frame.text),
            "font": {"size": frame.text, "color": theme.caution},
        },
    ]
