"""Medians of several trials with their intervals, one below the other, as a plain plotly dict."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from dataclasses import dataclass

from layouts.charts.axis import axis_end, time_ticks
from layouts.shared.figure_text import bold, coloured, hover, in_lines
from layouts.shared.graph import message_figure
from layouts.shared.theme import FONT, Theme, group_style, translucent
from layouts.shared.words import PROVENANCE
from layouts.trials.context import MedianRow, TrialsContext

LONGEST_LABEL = 64
LONGEST_ABOVE = 40
OWN_MARKS = ("diamond", "square", "triangle-up", "cross")


@dataclass(frozen=True)
class Line:
    """One line of the figure: its place from above, its label, and its row (None: a heading)."""

    place: int
    label: str
    row: MedianRow | None


def medians_figure(context: TrialsContext, theme: Theme, *, text: float, narrow: bool) -> dict:
    """Draw every median as a dot, its interval as a line, and the cohort on screen in colour.

    Parameters
    ----------
    text : float
        Size of the text in pixels.
    narrow : bool
        A telephone: the names stand above the lines, not beside them.
    """
    lines = _lines(context)
    if not lines:
        return message_figure("There is no median to show.", 260, theme.quiet)
    rows = [line.row for line in lines if line.row is not None]
    end = _end(rows)
    data = [
        *_published(lines, theme, end),
        *[trace for line in lines if line.row and line.row.own for trace in _own(line, theme, end)],
    ]
    return {"data": data, "layout": _layout(context, lines, end, theme, text, narrow)}


def _lines(context: TrialsContext) -> list[Line]:
    blocks = [(head, rows) for head, rows in context.blocks() if rows]
    # Two groups of patients of one study are told apart by whom they were.
    alike = Counter((row.name, row.arm) for _, rows in blocks for row in rows)
    lines: list[Line] = []
    for head, rows in blocks:
        if head:
            lines.append(Line(len(lines), head, None))
        for row in rows:
            whom = f", {row.published.population}" if alike[row.name, row.arm] > 1 else ""
            lines.append(Line(len(lines), f"{row.name} · {row.arm}{whom}", row))
    return lines


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


def _own(line: Line, theme: Theme, end: float) -> list[dict]:
    row = line.row
    colour = group_style(row.position, theme).colour
    span = _span(row, end)
    traces = [_interval_trace([(line.place, span)] if span else [], colour, 3)]
    symbol = OWN_MARKS[max(row.position, 0) % len(OWN_MARKS)]
    if math.isfinite(row.median[0]):
        name = "This cohort" + (f": {row.arm}" if row.position >= 0 else "")
        traces.append(_dots([line], name, {"size": 12, "symbol": symbol, "color": colour}))
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
        "customdata": [f"{line.label}: {_printed(line.row)} months" for line in lines],
        "hovertemplate": hover("%{customdata}"),
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


def _printed(row: MedianRow) -> str:
    return f"{row.words} ({row.interval})" if row.interval else row.words


def _layout(context, lines: list[Line], end: float, theme: Theme, text: float, narrow) -> dict:
    font = {"family": FONT, "size": text, "color": theme.ink}
    step = text * (4.3 if narrow else 1.85)
    foot = _foot(context, narrow)
    top = round(text * (3.4 if narrow else 2.6))
    bottom = round(text * (4.2 + 1.35 * len(foot)))
    labels = [_wrapped(line) if narrow else _shortened(line.label, LONGEST_LABEL) for line in lines]
    left = 8 if narrow else round(0.53 * text * max(map(len, labels)) + 14)
    right = 12 if narrow else round(0.56 * text * max(len(_value(line)) for line in lines) + 18)
    return {
        "height": round(top + bottom + step * len(lines)),
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": font},
        "dragmode": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": font,
        },
        "xaxis": _month_axis(context, end, theme, font, narrow),
        "yaxis": {
            "range": [-len(lines) + 0.5, 0.74 if narrow else 0.5],
            "tickvals": [] if narrow else [-line.place for line in lines],
            "ticktext": []
            if narrow
            else [_styled(line, label, theme) for line, label in zip(lines, labels, strict=True)],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
        },
        "shapes": _shapes(lines, theme, narrow),
        "annotations": [
            *(_above(lines, labels, theme, text) if narrow else []),
            *_beside(lines, theme, text, narrow),
            *_written(foot, theme, text, left),
        ],
    }


def _month_axis(context, end: float, theme: Theme, font: dict, narrow: bool) -> dict:
    ticks = time_ticks(0, end, "months", 6 if narrow else 11)
    return {
        "range": [0, end],
        "tickvals": ticks,
        "ticktext": [f"{tick:g}" for tick in ticks],
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": theme.grid,
        "showline": True,
        "linecolor": theme.line,
        "ticks": "outside",
        "tickcolor": theme.line,
        "title": {
            "text": f"Median {context.survival.endpoint_word}, months",
            "font": font | {"color": theme.quiet},
            "standoff": 6,
        },
    }


def _shapes(lines: list[Line], theme: Theme, narrow: bool) -> list[dict]:
    """A band behind each line of the cohort on screen, and its median down the figure."""
    shapes = []
    # Names stand above the lines on a telephone: more room above, and nothing drawn through them.
    above = 0.7 if narrow else 0.5
    for line in lines:
        if line.row is None or not line.row.own:
            continue
        colour = group_style(line.row.position, theme).colour
        shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": -line.place + above - 1,
                "y1": -line.place + above,
                "fillcolor": translucent(colour, 0.1),
                "line": {"width": 0},
            }
        )
        if math.isfinite(median := line.row.median[0]) and not narrow:
            shapes.append(
                {
                    "type": "line",
                    "layer": "between",
                    "x0": median,
                    "x1": median,
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "line": {"color": colour, "width": 1, "dash": "dot"},
                }
            )
    return shapes


def _styled(line: Line, label: str, theme: Theme) -> str:
    if line.row is None:
        return bold(label)
    if not line.row.own:
        return label
    return coloured(bold(label), group_style(line.row.position, theme).colour)


def _value(line: Line) -> str:
    return "" if line.row is None else _printed(line.row)


def _beside(lines: list[Line], theme: Theme, text: float, narrow: bool) -> list[dict]:
    """The numbers to the right of the lines; where there is no room, above them."""
    made = []
    for line in (line for line in lines if line.row is not None):
        value, colour = _value(line), theme.ink if line.row.drawn else theme.quiet
        place = {"xanchor": "left", "xshift": 10}
        if narrow:
            place = {"xanchor": "right", "yanchor": "bottom", "yshift": text * 0.35}
        made.append(
            {
                "text": bold(value) if line.row.own else value,
                "x": 1,
                "y": -line.place,
                "xref": "paper",
                "showarrow": False,
                "font": {"size": text, "color": colour},
                **place,
            }
        )
    return made


def _above(lines: list[Line], labels: list[str], theme: Theme, text: float) -> list[dict]:
    """Names above the lines, where there is no room beside them."""
    return [
        {
            "text": _styled(line, label, theme),
            "x": 0,
            "y": -line.place,
            "xref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": text * 0.35,
            "showarrow": False,
            "align": "left",
            "font": {"size": text, "color": theme.ink},
        }
        for line, label in zip(lines, labels, strict=True)
    ]


def _foot(context: TrialsContext, narrow: bool) -> list[str]:
    """What the figure says when it stands alone."""
    study = context.study
    words = f"Naive comparison. {study.title}: {PROVENANCE[study.provenance]}."
    return textwrap.wrap(words, 58 if narrow else 200)


def _written(foot: list[str], theme: Theme, text: float, left: int) -> list[dict]:
    return [
        {
            "text": line,
            "x": 0,
            "y": 0,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "xshift": -left + 4,
            "yshift": -text * (3.9 + 1.35 * i),
            "showarrow": False,
            "font": {"size": text - 1, "color": theme.caution},
        }
        for i, line in enumerate(foot)
    ]


def _wrapped(line: Line) -> str:
    """The name on at most two lines; its first leaves room for the numbers at the right."""
    room = LONGEST_ABOVE - len(_value(line))
    first, *rest = textwrap.wrap(line.label, max(room, 16)) or [""]
    if not rest:
        return first
    return in_lines((first, _shortened(" ".join(rest), LONGEST_ABOVE + 6)))


def _shortened(label: str, room: int) -> str:
    return label if len(label) <= room else f"{label[: room - 1]}…"
