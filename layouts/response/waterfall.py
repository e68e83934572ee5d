"""Depth of response, one bar for each patient, as a plain plotly dict."""

from __future__ import annotations

import numpy as np

from analysis.response_depth import PARTIAL_RESPONSE, PROGRESSION, Waterfall
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
from layouts.shared.words import patients

LOWEST = -100
STEP = 20


def waterfall_figure(
    shown: Waterfall,
    kinds: np.ndarray,
    names: tuple[str, ...],
    colours: tuple[str, ...],
    theme: Theme,
    frame: Frame,
) -> dict:
    """Draw the change of every patient with a measurement, growth on the left.

    Parameters
    ----------
    kinds : ndarray of int, shape (M,)
        Of each bar: its best response, or its arm.
    names, colours : tuple of str
        Of the kinds.
    """
    place = np.arange(1, shown.n + 1)
    traces = []
    for category, name in enumerate(names):
        here = kinds == category
        if not here.any():
            continue
        traces.append(
            {
                "type": "bar",
                "x": place[here].tolist(),
                "y": np.round(shown.change[here], 2).tolist(),
                "width": 0.86 if shown.n < 100 else 0.94,
                "marker": {"color": colours[category], "line": {"width": 0}},
                "name": f"{name} ({int(here.sum())})",
                "hovertemplate": hover("{}: %{{y:+.1f}} %", name),
            }
        )
    edges = {"l": round(4.4 * frame.text), "r": round(4 * frame.text), "b": 30}
    room = frame.room - edges["l"] - edges["r"]
    edges["t"] = key_height([trace["name"] for trace in traces], room, frame.text)
    layout = patient_layout(theme, frame, edges)
    top = max(30.0, STEP * np.ceil((float(shown.change[0]) + 4) / STEP))
    ticks = [float(tick) for tick in range(LOWEST, int(top) + 1, STEP)]
    layout["barmode"] = "overlay"
    layout["xaxis"] = patient_axis() | {
        "range": [0, shown.n + 1],
        "title": _title(shown, theme, frame),
    }
    layout["yaxis"] = measured_axis(theme, ticks, [_signed(tick) for tick in ticks]) | {
        "range": [LOWEST - 4, top],
    }
    marks = (PARTIAL_RESPONSE, PROGRESSION)
    layout["shapes"] = [_line(0, theme, "solid"), *(_line(m, theme, "dash") for m in marks)]
    layout["annotations"] = [_mark(m, theme, frame) for m in marks]
    return {"data": traces, "layout": layout}


def _title(shown: Waterfall, theme: Theme, frame: Frame) -> dict:
    of = shown.n + int(shown.unmeasured.sum())
    words = f"{shown.n} of {patients(of)}, one bar each"
    words += "" if frame.narrow else ": largest change of the target lesions"
    return axis_title(words, theme, frame)


def _signed(tick: float) -> str:
    """``−30 %``, ``0``, ``+20 %``."""
    return f"−{-tick:.0f} %" if tick < 0 else (f"+{tick:.0f} %" if tick else "0")


def _line(value: float, theme: Theme, dash: str) -> dict:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": value,
        "y1": value,
        "line": {"color": theme.quiet if dash == "dash" else theme.line, "width": 1, "dash": dash},
    }


def _mark(value: float, theme: Theme, frame: Frame) -> dict:
    """The value of a line, at its right end."""
    return {
        "text": _signed(value),
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6,
        "y": value,
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": frame.text, "color": theme.quiet},
    }
