"""One or two panels side by side with plain axes: what figures of measurements share."""

from __future__ import annotations

import math

import numpy as np

from layouts.charts.frame import Frame
from layouts.shared.theme import FONT, Theme, translucent

GAP = 0.13
# A fixed pattern, so that the same view is always the same drawing.
_SPREAD = 0.6180339887498949


def panel_layout(theme: Theme, frame: Frame, shares: tuple[float, ...] = (1.0,)) -> dict:
    """Layout with one x and one y axis for each panel; under each other on a telephone.

    Parameters
    ----------
    shares : tuple of float
        Width of each panel as a share of what both have.
    """
    text = {"family": FONT, "size": frame.text, "color": theme.ink}
    layout = {
        "height": frame.height,
        "margin": {
            "l": round(4 * frame.text),
            "r": 14,
            "t": round(2.6 * frame.text),
            "b": round(3.8 * frame.text),
        },
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": text,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": text},
        "dragmode": False,
        "showlegend": False,
        "annotations": [],
        "shapes": [],
    }
    start = 0.0
    for place, share in enumerate(shares):
        number = str(place + 1) if place else ""
        across, down = [0.0, 1.0], [0.0, 1.0]
        if len(shares) > 1 and frame.narrow:
            down = [[0.6, 1.0], [0.0, 0.4]][place]
        elif len(shares) > 1:
            width = share * (1 - GAP * (len(shares) - 1))
            across = [round(start, 5), round(min(start + width, 1.0), 5)]
            start += width + GAP
        layout[f"xaxis{number}"] = _axis(theme) | {
            "domain": across,
            "anchor": f"y{number}",
            "showline": True,
            "showgrid": False,
            "ticks": "outside",
            "linecolor": theme.line,
            "tickcolor": theme.line,
        }
        layout[f"yaxis{number}"] = _axis(theme) | {
            "domain": down,
            "anchor": f"x{number}",
            "gridcolor": theme.grid,
            "ticklabelstandoff": 5,
            "nticks": 6,
        }
    return layout


def _axis(theme: Theme) -> dict:
    return {"zeroline": False, "fixedrange": True, "automargin": False}


def title_x(layout: dict, panel: int, words: str, theme: Theme, frame: Frame) -> None:
    """Name the x axis of a panel, below it."""
    number = str(panel + 1) if panel else ""
    font = {"size": frame.text, "color": theme.quiet}
    layout[f"xaxis{number}"]["title"] = {"text": words, "font": font, "standoff": 6}


def title_y(layout: dict, panel: int, words: str, theme: Theme, frame: Frame) -> None:
    """Name the y axis of a panel upright above it: read without turning the head."""
    number = str(panel + 1) if panel else ""
    layout["annotations"].append(
        {
            "text": words,
            "x": layout[f"xaxis{number}"]["domain"][0],
            "xref": "paper",
            "xanchor": "left",
            "xshift": -round(2.6 * frame.text),
            "y": layout[f"yaxis{number}"]["domain"][1],
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": round(0.6 * frame.text),
            "showarrow": False,
            "font": {"size": frame.text, "color": theme.quiet},
        }
    )


def dots(x, y, colour: str, panel: int, hover: str = "", *, size: float = 7) -> dict:
    """Single measurements; nothing but their position is told."""
    number = str(panel + 1) if panel else ""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(np.asarray(x, float), 4).tolist(),
        "y": np.round(np.asarray(y, float), 4).tolist(),
        "marker": {
            "size": size,
            "color": translucent(colour, 0.55),
            "line": {"width": 1, "color": colour},
        },
        "hovertemplate": hover or None,
        "hoverinfo": "all" if hover else "skip",
        "cliponaxis": False,
        "showlegend": False,
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
    }


def line(x, y, colour: str, panel: int, *, width: float = 2, dash: str = "solid"):
    """A line through some points; None breaks it."""
    number = str(panel + 1) if panel else ""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "line": {"color": colour, "width": width, "dash": dash},
        "hoverinfo": "skip",
        "showlegend": False,
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
    }


def summary_box(place: float, values: np.ndarray, colour: str, panel: int) -> list[dict]:
    """Range, quartiles and median of some values, without any single one in between."""
    if not values.size:
        return []
    return five_number_box(place, np.percentile(values, [0, 25, 50, 75, 100]), colour, panel)


def five_number_box(place: float, numbers: np.ndarray, colour: str, panel: int) -> list[dict]:
    """A box from smallest, first quartile, median, third quartile and largest value.

    What is NaN is left out: the whiskers to the extremes, the box, or all of it.
    """
    low, lower, median, upper, high = np.round(numbers, 4).tolist()
    wide = 0.16
    traces = []
    if math.isfinite(low):
        traces.append(
            line(
                [place, place, None, place, place],
                [low, lower, None, upper, high],
                colour,
                panel,
                width=1.4,
            )
        )
    if math.isfinite(lower):
        across = [place - wide, place + wide, place + wide, place - wide, place - wide]
        traces.append(line(across, [lower, lower, upper, upper, lower], colour, panel, width=1.4))
    if math.isfinite(median):
        traces.append(line([place - wide, place + wide], [median] * 2, colour, panel, width=3))
    return traces


def median_bar(place: float, values: np.ndarray, colour: str, panel: int) -> list[dict]:
    """A bar at the median of some values."""
    if not values.size:
        return []
    median = round(float(np.median(values)), 4)
    return [line([place - 0.28, place + 0.28], [median, median], colour, panel, width=3)]


def spread_out(place: float, n: int, width: float = 0.22) -> np.ndarray:
    """Places beside each other around one, in a fixed pattern that looks like none."""
    return place + width * (2 * ((np.arange(1, n + 1) * _SPREAD) % 1) - 1)


def dose_range(values: np.ndarray) -> list[float]:
    """The range of an axis of doses: from 0, unless all of them lie far above it."""
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=0.0))
    if not math.isfinite(low):
        return [0.0, 1.0]
    return [0.0, padded(0, high)[1]] if low < 0.35 * high else padded(low, high)


def padded(low: float, high: float, share: float = 0.06) -> list[float]:
    """A range with air at both ends; of a single value an arbitrary one around it."""
    air = share * (high - low) or max(abs(high), 1.0) * share
    if not math.isfinite(air):
        return [0.0, 1.0]
    return [round(low - air, 5), round(high + air, 5)]
