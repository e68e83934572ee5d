"""What charts with one mark for each patient share: type, key and axes as plotly dicts."""

from __future__ import annotations

from layouts.charts.frame import Frame
from layouts.shared.theme import FONT, Theme


def patient_layout(theme: Theme, frame: Frame, margin: dict) -> dict:
    """Type, background and key of a chart; its axes are to be added."""
    font = {"family": FONT, "size": frame.text, "color": theme.ink}
    return {
        "height": frame.height,
        "margin": margin,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": font},
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "entrywidth": 0,
            "itemclick": False,
            "itemdoubleclick": False,
            "font": font,
        },
    }


def axis_title(words: str, theme: Theme, frame: Frame) -> dict:
    """The name of an axis, as large as the other words."""
    return {"text": words, "font": {"color": theme.quiet, "size": frame.text}, "standoff": 4}


def measured_axis(theme: Theme, ticks: list[float], texts: list[str]) -> dict:
    """An axis with numbers."""
    return {
        "tickvals": ticks,
        "ticktext": texts,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.line,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.line,
    }


def patient_axis() -> dict:
    """An axis on which patients stand side by side, without names."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "ticks": "",
    }
