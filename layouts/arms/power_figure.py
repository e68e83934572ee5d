"""Power against the true hazard ratio, for the events in view, as a plain plotly dict."""

from __future__ import annotations

import math

import numpy as np

from analysis.power import POWER, detectable_ratio, power_of_ratio
from layouts.arms.context import ArmContext
from layouts.charts.frame import Frame
from layouts.shared.figure_text import hover
from layouts.shared.graph import message_figure
from layouts.shared.theme import FONT, Theme, group_style

TICKS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0)


def power_points(information: float) -> tuple[np.ndarray, np.ndarray]:
    """Ratios from 0.25 to 1, and the power for each; at 1 it is the chance of either error."""
    ratios = np.exp(np.linspace(math.log(TICKS[0]), 0, 61))
    return ratios, np.array([power_of_ratio(information, float(one)) for one in ratios])


def power_figure(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    """One curve for each comparison that is shown."""
    shown = [one for one in context.shown if one.result is not None and one.result.information > 0]
    if not shown:
        return message_figure("Without events nothing can be found.", 220, theme.quiet)
    traces = [_curve(one, theme) for one in shown]
    font = {"family": FONT, "size": frame.text, "color": theme.ink}
    quiet = font | {"color": theme.quiet}
    layout = {
        "height": round(0.85 * frame.height),
        "margin": {"l": 46, "r": 16, "t": round(3 * frame.text), "b": round(4 * frame.text)},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": font},
        "dragmode": False,
        "xaxis": {
            "range": [math.log(TICKS[0]), 0.02],
            "tickvals": [math.log(one) for one in TICKS],
            "ticktext": [f"{one:g}" for one in TICKS],
            "ticks": "outside",
            "tickcolor": theme.line,
            "linecolor": theme.line,
            "showline": True,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "title": {"text": "True hazard ratio", "font": quiet, "standoff": 6},
        },
        "yaxis": {
            "range": [0, 103],
            "tickvals": [0, 20, 40, 60, 80, 100],
            "gridcolor": theme.grid,
            "zeroline": False,
            "fixedrange": True,
        },
        "shapes": [_line(0, 1, 100 * POWER, 100 * POWER, "paper", theme.caution)],
        "annotations": [
            _words("Power, %", 0, "paper", 1, "paper", quiet, "left", -36),
            _words("80 %", 1, "paper", 100 * POWER, "y", quiet | {"color": theme.caution}, "right"),
        ],
    }
    for one in shown[:1] if context.each else shown:
        ratio = detectable_ratio(one.result.information)
        marks = [(ratio, f"{ratio:.2f}")]
        if math.isfinite(one.result.planned):
            planned = min(one.result.planned, 1 / one.result.planned)
            marks.append((planned, f"planned {one.result.planned:g}"))
        for place, words in marks:
            x = math.log(place)
            if x >= math.log(TICKS[0]) and not context.each:
                layout["shapes"].append(_line(x, x, 0, 100, "x", theme.quiet))
                layout["annotations"].append(_words(words, x, "x", 101, "y", font, "center"))
    return {"data": traces, "layout": layout}


def _curve(part: ArmContext, theme: Theme) -> dict:
    style = group_style(part.result.compared, theme)
    ratios, power = power_points(part.result.information)
    label = part.compared.label
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.log(ratios).round(4).tolist(),
        "y": (100 * power).round(2).tolist(),
        "text": [
            f"{ratio:.2f}: {100 * one:.0f} %" for ratio, one in zip(ratios, power, strict=True)
        ],
        "line": {"color": style.colour, "dash": style.dash, "width": 2.2},
        "hovertemplate": hover("{}, hazard ratio %{{text}}", label),
        "showlegend": False,
        "name": label,
    }


def _line(x0, x1, y0, y1, across: str, colour: str) -> dict:
    line = {"color": colour, "width": 1, "dash": "dot"}
    place = {"x0": x0, "x1": x1, "y0": y0, "y1": y1, "xref": across, "yref": "y"}
    return {"type": "line", "line": line} | place


def _words(text: str, x, across: str, y, down: str, font: dict, anchor: str, shift=0) -> dict:
    return {
        "text": text,
        "x": x,
        "xref": across,
        "y": y,
        "yref": down,
        "xanchor": anchor,
        "yanchor": "bottom",
        "xshift": shift,
        "yshift": 4 if down == "paper" else 0,
        "showarrow": False,
        "font": font,
    }
