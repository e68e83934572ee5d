"""The course of each patient as a thin lane, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from analysis.swimmer import Lanes
from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.category_ramp import ramp
from layouts.charts.frame import Frame
from layouts.charts.key import key_height
from layouts.response.patient_axes import (
    axis_title,
    measured_axis,
    patient_axis,
    patient_layout,
)
from layouts.shared.figure_text import hover
from layouts.shared.theme import Theme
from layouts.shared.words import DAYS_PER

MONTH = DAYS_PER["months"]
# Share of a lane's room that its line takes, and its bounds in pixels.
FILLED, THINNEST, THICKEST = 0.62, 1.3, 9.0


def swimmer_figure(
    shown: Lanes,
    names: tuple[str, ...],
    steps: tuple[int, ...],
    origin: str,
    theme: Theme,
    frame: Frame,
) -> dict:
    """Draw a lane for each patient, the longest time on study on top.

    Parameters
    ----------
    names : tuple of str
        Of the categories of best response, the last one patients without a value.
    steps : tuple of int
        Place of each category on the ramp of colours.
    origin : str
        Where time starts, for instance "randomisation".
    """
    colours, _ = ramp(theme, thin=True)
    margin = {"l": 14, "r": 18, "b": 46}
    margin["t"] = key_height(_key(shown, names), frame.room - 32, frame.text)
    room = (frame.height - margin["t"] - margin["b"]) / max(shown.n, 1)
    line = round(min(max(FILLED * room, THINNEST), THICKEST), 2)
    mark = min(max(room * 1.15, 3.6), 9.0)
    place = np.arange(shown.n)[::-1]
    traces = []
    for category, name in enumerate(names):
        here = shown.category % len(names) == category
        if here.any():
            traces.append(
                _lanes(shown.end[here], place[here], name, colours[steps[category]], line)
            )
    traces += _events(shown, place, mark, theme)
    last = axis_end(1.02 * float(shown.end.max(initial=0)) / MONTH, "months")
    ticks = time_ticks(0, last, "months", frame.ticks_at_most)
    layout = patient_layout(theme, frame, margin)
    layout["xaxis"] = measured_axis(theme, ticks, [f"{tick:g}" for tick in ticks]) | {
        "range": [0, last],
        "title": axis_title(f"Months since {origin}", theme, frame),
    }
    layout["yaxis"] = patient_axis() | {"range": [-0.8, shown.n - 0.2]}
    return {"data": traces, "layout": layout}


def _key(shown: Lanes, names: tuple[str, ...]) -> list[str]:
    """Names of what may be drawn, with counts as long as they can be."""
    kinds = [name for i, name in enumerate(names) if (shown.category % len(names) == i).any()]
    marks = ["Response", "Progression", "Death", "Alive at last follow-up"]
    return [f"{name} ({shown.n})" for name in [*kinds, *marks]]


def _events(shown: Lanes, place, mark: float, theme: Theme) -> list[dict]:
    """What happened on the lanes: response, progression, and how each ends."""
    traces = []
    marks = (
        ("Response", shown.response, "diamond", theme.page, theme.ink),
        ("Progression", shown.progression, "line-ns-open", theme.caution, theme.caution),
        ("Death", np.where(shown.died, shown.end, np.nan), "circle", theme.ink, theme.ink),
        (
            "Alive at last follow-up",
            np.where(shown.died, np.nan, shown.end),
            "triangle-right",
            theme.groups[2],
            theme.groups[2],
        ),
    )
    for name, days, symbol, colour, edge in marks:
        if np.isfinite(days).any():
            # A tick is thinner than the other marks and needs more length to be seen.
            size = mark + 2 if symbol == "line-ns-open" else mark
            traces.append(_marks(name, days, place, symbol, colour, edge, size))
    return traces


def _lanes(end, place, name: str, colour: str, width: float) -> dict:
    """All lanes of one category as one broken line."""
    months = np.round(end / MONTH, 3).tolist()
    x = [value for month in months for value in (0, month, None)]
    y = [value for row in place.tolist() for value in (row, row, None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "connectgaps": False,
        "name": f"{name} ({len(months)})",
    }


def _marks(name: str, days, place, symbol: str, colour: str, edge: str, size: float) -> dict:
    known = np.isfinite(days)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(days[known] / MONTH, 3).tolist(),
        "y": place[known].tolist(),
        "marker": {
            "symbol": symbol,
            "size": round(size, 1),
            "color": colour,
            "line": {"color": edge, "width": 1.4},
        },
        "cliponaxis": False,
        "hovertemplate": hover("{}: %{{x:.1f}} months", name),
        "name": f"{name} ({int(known.sum())})",
    }
