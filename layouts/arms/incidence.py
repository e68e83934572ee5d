"""Cumulative incidence of every cause in a panel of its own, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from layouts.arms.context import CompetingResult
from layouts.charts.axis import time_ticks
from layouts.charts.thin import drawn_places
from layouts.charts.time_panels import Panels, panels_of
from layouts.shared.figure_text import bold, coloured, filled, hover, in_lines
from layouts.shared.theme import BAND_OPACITY, FONT, Theme, group_style, translucent
from layouts.shared.words import DAYS_PER

NAIVE = "dotted: 1 − Kaplan–Meier"
MONTH = DAYS_PER["months"]


def incidence_figure(
    result: CompetingResult,
    labels: tuple[str, ...],
    titles: tuple[str, ...],
    origin: str,
    theme: Theme,
    *,
    height: int,
    text: float,
    narrow: bool,
    room: float,
) -> dict:
    """A panel for each cause with one curve for each arm; dotted what 1 − Kaplan–Meier would say.

    Parameters
    ----------
    labels : tuple of str
        Of the arms in the study's order.
    titles : tuple of str
        Of the causes, the event of interest first.
    height : int
        Pixels of two panels: beside each other, or on a narrow screen below each other.
    room : float
        Pixels of width that the figure has at least.
    """
    shown = [(i, group) for i, group in enumerate(result.groups) if group is not None]
    last = max(float(group.event_incidence.time[-1]) for _, group in shown) / MONTH or 1.0
    traces = []
    for position, group in shown:
        style = group_style(position, theme)
        for place, one in enumerate(group.incidences):
            panel = str(place + 1) if place else ""
            traces += _curve(one, labels[position], style, panel, band=True)
        places = drawn_places(group.naive.time)
        naive = 1 - group.naive.survival[places]
        traces.append(_naive(group.naive.time[places], naive, labels[position], style))
    panels = panels_of(titles, height=height, text=text, narrow=narrow, room=room)
    layout = _layout(last, panels, origin, theme, text=text, narrow=narrow)
    lines = _named(shown, labels, theme, int(room / (0.56 * text)))
    more = round(1.4 * text * (len(lines) - 1))
    layout["margin"]["t"] += more
    layout["height"] += more
    layout["annotations"].append(_names(lines, text, panels.title_lines))
    return {"data": traces, "layout": layout}


def _steps(time, values) -> tuple[list, list]:
    x = np.concatenate([[0.0], np.asarray(time) / MONTH])
    y = np.concatenate([[0.0], 100 * np.asarray(values)])
    return np.round(x, 3).tolist(), np.round(y, 3).tolist()


def _curve(incidence, label: str, style, panel: str, *, band: bool) -> list[dict]:
    places = drawn_places(incidence.time)
    x, y = _steps(incidence.time[places], incidence.value[places])
    traces = []
    known = places[np.isfinite(incidence.lower[places]) & np.isfinite(incidence.upper[places])]
    if band and known.size > 1:
        time = np.repeat(incidence.time[known] / MONTH, 2)[1:]
        top = np.repeat(100 * incidence.upper[known], 2)[:-1]
        bottom = np.repeat(100 * incidence.lower[known], 2)[:-1]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": np.round(np.concatenate([time, time[::-1]]), 3).tolist(),
                "y": np.round(np.concatenate([top, bottom[::-1]]), 3).tolist(),
                "fill": "toself",
                "fillcolor": translucent(style.colour, BAND_OPACITY),
                "line": {"width": 0},
                "hoverinfo": "skip",
                "showlegend": False,
                "xaxis": f"x{panel}",
                "yaxis": f"y{panel}",
            }
        )
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"shape": "hv", "color": style.colour, "dash": style.dash, "width": 2.2},
            "hovertemplate": hover("{}: %{{y:.0f}} %", label),
            "showlegend": False,
            "name": label,
            "xaxis": f"x{panel}",
            "yaxis": f"y{panel}",
        }
    )
    return traces


def _naive(time, values, label: str, style) -> dict:
    x, y = _steps(time, values)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"shape": "hv", "color": style.colour, "dash": "dot", "width": 1.2},
        "hovertemplate": hover("{}, 1 − Kaplan–Meier: %{{y:.0f}} %", label),
        "showlegend": False,
        "name": f"{label}, 1 − Kaplan–Meier",
    }


def _named(shown, labels, theme: Theme, letters: int) -> list:
    """The arms' names in their colours, in lines of so many letters."""
    parts = [(labels[i], bold(labels[i]), group_style(i, theme).colour) for i, _ in shown]
    parts.append((NAIVE, NAIVE, theme.quiet))
    lines, taken = [""], 0
    for plain, words, colour in parts:
        if taken and taken + 3 + len(plain) > letters:
            lines.append("")
            taken = 0
        between = " · " if taken else ""
        lines[-1] += between + coloured(words, colour)
        taken += len(between) + len(plain)
    return lines


def _names(lines: list, text: float, title_lines: int) -> dict:
    """The arms' names above the first panel."""
    return {
        "text": in_lines(lines),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "align": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xshift": -34,
        "yshift": round((1 + 1.4 * title_lines) * text),
        "showarrow": False,
        "font": {"size": text},
    }


def _layout(last, panels: Panels, origin, theme: Theme, *, text, narrow) -> dict:
    font = {"family": FONT, "size": text, "color": theme.ink}
    quiet = font | {"color": theme.quiet}
    ticks = time_ticks(0, last, "months", 5 if panels.columns < 3 and not narrow else 6)
    axis = {
        "range": [0, 1.01 * last],
        "tickvals": ticks,
        "ticktext": [f"{tick:g}" for tick in ticks],
        "ticks": "outside",
        "tickcolor": theme.line,
        "linecolor": theme.line,
        "showline": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "hoverformat": ".1f",
        "unifiedhovertitle": {"text": filled("%{{x}} months")},
        "title": {"text": f"Months since {origin}", "font": quiet, "standoff": 4},
    }
    value = {
        "range": [0, 101],
        "tickvals": [0, 25, 50, 75, 100],
        "gridcolor": theme.grid,
        "zeroline": False,
        "fixedrange": True,
    }
    layout = {
        "height": panels.height,
        "margin": {"l": 40, "r": 14, "t": panels.top, "b": panels.bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hovermode": "x unified",
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": font},
        "dragmode": False,
        "annotations": [],
    }
    for place, one in enumerate(panels.panels):
        name = str(place + 1) if place else ""
        layout[f"xaxis{name}"] = axis | {"domain": one.across, "anchor": f"y{name}"}
        layout[f"yaxis{name}"] = value | {"domain": one.down, "anchor": f"x{name}"}
        layout["annotations"].append(
            {
                "text": in_lines(one.title),
                "x": one.across[0],
                "xref": "paper",
                "xanchor": "left",
                "align": "left",
                "xshift": -30 if one.across[0] == 0 else -20,
                "y": one.down[1],
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": 9,
                "showarrow": False,
                "font": quiet,
            }
        )
    return layout
