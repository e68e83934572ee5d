"""Medians of several trials with their intervals, one below the other, as a plain plotly dict."""

from __future__ import annotations

import math

from layouts.charts.axis import axis_end
from layouts.charts.key import key_height
from layouts.shared.figure_text import hover
from layouts.shared.graph import message_figure
from layouts.shared.theme import Theme, group_style
from layouts.trials.context import MedianRow, TrialsContext
from layouts.trials.figure_layout import figure_layout
from layouts.trials.lines import Line, lines_of, printed_median

# Pixels of width that the figure has at least, on a telephone and elsewhere.
NARROW, NARROWEST = 340, 640
MOST_IN_KEY, LONGEST_IN_KEY = 3, 30
OWN_MARKS = ("diamond", "square", "triangle-up", "cross")


def medians_figure(context: TrialsContext, theme: Theme, *, text: float, narrow: bool) -> dict:
    """Draw every median as a dot, its interval as a line, and the cohort on screen in colour.

    Parameters
    ----------
    text : float
        Size of the text in pixels.
    narrow : bool
        A telephone: the names stand above the lines, not beside them.
    """
    lines = lines_of(context)
    if not lines:
        return message_figure("There is no median to show.", 260, theme.quiet)
    rows = [line.row for line in lines if line.row is not None]
    end = _end(rows)
    own = [line for line in lines if line.row and line.row.own]
    data = _published(lines, theme, end)
    few = len(own) <= MOST_IN_KEY and all(len(one.row.arm) <= LONGEST_IN_KEY for one in own)
    for line in own:
        # Every line has its name beside it: a key of many would say them all again.
        data += _own(line, theme, end, in_key=few)
    layout = figure_layout(context, lines, end, theme, text, narrow)
    edges = layout["margin"]
    names = [trace["name"] for trace in data if trace["showlegend"]]
    inner = (NARROW if narrow else NARROWEST) - edges["l"] - edges["r"]
    key = key_height(names, inner, text) - edges["t"]
    if key > 0:
        edges["t"] += key
        layout["height"] += key
    return {"data": data, "layout": layout}


def _end(rows: list[MedianRow]) -> float:
    known = [x for row in rows for x in row.median if math.isfinite(x)]
    return axis_end(1.04 * max(known, default=0.0), "months")


def _span(row: MedianRow, end: float) -> tuple[float, float] | None:
    """Ends of the interval; an upper limit that is not reached is the end of the axis."""
    _, lower, upper = row.median
    if not math.isfinite(lower):
        return None
    return round(lower, 4), round(upper, 4) if math.isfinite(upper) else end


def _published(lines: list[Line], theme: Theme, end: float) -> list[dict]:
    shown = [line for line in lines if line.row and not line.row.own and line.row.drawn]
    traces = []
    spans = [(line.place, _span(line.row, end)) for line in shown]
    traces.append(_interval_trace([one for one in spans if one[1]], theme.quiet, 1.6))
    for name, found, colour in (
        ("Published median with interval", True, theme.quiet),
        ("Published median, no interval", False, theme.page),
    ):
        some = [line for line in shown if bool(line.row.interval) is found]
        if some:
            mark = {
                "size": 9,
                "symbol": "circle",
                "color": colour,
                "line": {"width": 1.8, "color": theme.quiet},
            }
            traces.append(_dots(some, name, mark))
    return traces


def _own(line: Line, theme: Theme, end: float, *, in_key: bool) -> list[dict]:
    row = line.row
    colour = group_style(row.position, theme).colour
    span = _span(row, end)
    traces = [_interval_trace([(line.place, span)] if span else [], colour, 3)]
    symbol = OWN_MARKS[max(row.position, 0) % len(OWN_MARKS)]
    if math.isfinite(row.median[0]):
        mark = {"size": 12, "symbol": symbol, "color": colour}
        name = "This cohort" + (f": {row.arm}" if row.position >= 0 else "")
        traces.append(_dots([line], name, mark) | {"showlegend": in_key})
    if span and not math.isfinite(row.median[2]):
        arrow = {"size": 11, "symbol": "triangle-right", "color": colour}
        traces.append(_marks([end], [-line.place], arrow) | {"hoverinfo": "skip"})
    return traces


def _interval_trace(spans: list, colour: str, width: float) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, (low, high) in spans for x in (low, high, None)],
        "y": [y for place, _ in spans for y in (-place, -place, None)],
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _dots(lines: list[Line], name: str, marker: dict) -> dict:
    made = _marks(
        [round(line.row.median[0], 4) for line in lines], [-line.place for line in lines], marker
    )
    return made | {
        "name": name,
        "showlegend": True,
        "customdata": [f"{line.label}: {printed_median(line.row)} months" for line in lines],
        "hovertemplate": hover("%{{customdata}}"),
    }


def _marks(x: list, y: list, marker: dict) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": marker,
        "showlegend": False,
        "cliponaxis": False,
    }
