"""Axes of panels over time, each with a value axis of its own, as a plain plotly dict."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.charts.axis import time_ticks
from layouts.charts.time_panels import panels_of
from layouts.shared.figure_text import filled, in_lines
from layouts.shared.theme import FONT, Theme


@dataclass(frozen=True)
class Scale:
    """The value axis of a panel.

    Attributes
    ----------
    title : str
    ticks, texts : tuple
        Where it has numbers, and these.
    low, high : float
        In the units of the ticks.
    null : float or None
        Where a line says that there is no difference.
    """

    title: str
    ticks: tuple[float, ...]
    texts: tuple[str, ...]
    low: float
    high: float
    null: float | None = None


PER_CENT = ((0, 25, 50, 75, 100), ("0", "25", "50", "75", "100"), 0, 101)


def panels_layout(
    scales: tuple[Scale, ...],
    last: float,
    origin: str,
    theme: Theme,
    *,
    height: int,
    text: float,
    narrow: bool,
    room: float,
) -> dict:
    """The layout of panels over months up to ``last``; a panel's axes are x2, y2 and so on."""
    titles = tuple(one.title for one in scales)
    panels = panels_of(titles, height=height, text=text, narrow=narrow, room=room, unit="")
    font = {"family": FONT, "size": text, "color": theme.ink}
    quiet = font | {"color": theme.quiet}
    few = narrow or panels.columns > 1
    ticks = time_ticks(0, last, "months", 6 if few else 11)
    # Of three panels beside each other the axes have no room for more.
    time = f"Months since {origin}" if panels.columns < 3 else "Months"
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
        "title": {"text": time, "font": quiet, "standoff": 4},
    }
    layout = {
        "height": panels.height,
        "margin": {"l": 46, "r": 14, "t": panels.top, "b": panels.bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hovermode": "x unified",
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": font},
        "dragmode": False,
        "annotations": [],
        "shapes": [],
    }
    for place, (scale, one) in enumerate(zip(scales, panels.panels, strict=True)):
        name = str(place + 1) if place else ""
        layout[f"xaxis{name}"] = axis | {"domain": one.across, "anchor": f"y{name}"}
        layout[f"yaxis{name}"] = {
            "range": [scale.low, scale.high],
            "tickvals": list(scale.ticks),
            "ticktext": list(scale.texts),
            "gridcolor": theme.grid,
            "zeroline": False,
            "fixedrange": True,
            "domain": one.down,
            "anchor": f"x{name}",
        }
        if scale.null is not None:
            layout["shapes"].append(
                {
                    "type": "line",
                    "xref": f"x{name} domain",
                    "yref": f"y{name}",
                    "x0": 0,
                    "x1": 1,
                    "y0": scale.null,
                    "y1": scale.null,
                    "line": {"color": theme.quiet, "width": 1},
                }
            )
        layout["annotations"].append(
            {
                "text": in_lines(one.title),
                "x": one.across[0],
                "xref": "paper",
                "xanchor": "left",
                "align": "left",
                "xshift": -36 if one.across[0] == 0 else -24,
                "y": one.down[1],
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": 9,
                "showarrow": False,
                "font": quiet,
            }
        )
    return layout


def band_trace(x, lower, upper, fill: str, panel: str) -> dict:
    """The area between two lines, without an edge."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*x, *reversed(x)],
        "y": [*upper, *reversed(lower)],
        "fill": "toself",
        "fillcolor": fill,
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
        "xaxis": f"x{panel}",
        "yaxis": f"y{panel}",
    }
