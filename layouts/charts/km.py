"""Kaplan–Meier figure with its risk table, as a plain plotly dict.

The risk table is drawn in the same figure on the same x axis as the curves, so that its columns
stand under their ticks to the pixel at every width, on the screen and in every export.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from analysis.survival_groups import GroupSurvival, SurvivalGroups
from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.risk_table import compact, left_margin, risk_rows, risk_table
from layouts.survival_options import SurvivalOptions
from layouts.theme import BAND_OPACITY, FONT, LineStyle, Theme, group_style, translucent
from layouts.words import DAYS_PER

FEW_AT_RISK = 5
LABEL_WIDTH = 22
# Room between the curves and the risk table, in lines of text: tick labels and their title.
AXIS_LINES = 3.4
# "31 (0·12)" needs more room than "31".
WIDE_CELLS = 0.65


@dataclass(frozen=True)
class Frame:
    """Room and type of a figure.

    Attributes
    ----------
    height : int
        Pixels of the whole figure, risk table included.
    text : float
        Size of the text in pixels.
    narrow : bool
        A telephone: no labels beside the curves, fewer ticks.
    """

    height: int = 560
    text: float = 13
    narrow: bool = False
    width: int | None = None
    margin: dict = field(default_factory=dict)

    @property
    def ticks_at_most(self) -> int:
        return 6 if self.narrow else 11


def km_figure(
    result: SurvivalGroups,
    *,
    names: tuple[str, ...],
    heading: str,
    curve_name: str,
    event_name: str,
    origin: str,
    options: SurvivalOptions,
    theme: Theme,
    frame: Frame,
    fitted: dict[int, tuple[np.ndarray, np.ndarray]] | None = None,
) -> dict:
    """Draw the curves of a result that has at least one patient.

    Parameters
    ----------
    names : tuple of str
        Of the groups, understood without a heading.
    heading : str
        The variable whose levels the groups are.
    curve_name : str
        What is on the y axis, for instance "Progression-free".
    event_name : str
        What the event is, for the axis of the cumulative incidence.
    origin : str
        Where time starts, for instance "randomisation".
    fitted : mapping of group position to (days, survival), optional
        Parametric curves drawn over the estimate.
    """
    unit = DAYS_PER[options.unit]
    # A little air, so that a curve that drops on the last day is seen to drop.
    last = axis_end(1.01 * result.largest_time / unit, options.unit)
    first, last = _axis_range(options, last)
    at_most = frame.ticks_at_most
    if compact(result) and options.shows("events"):
        at_most = round(at_most * WIDE_CELLS)
    ticks = time_ticks(first, last, options.unit, at_most)
    rows = risk_rows(result, with_events=options.shows("events"))
    traces = []
    for group in result.shown:
        traces += _group_traces(group, result, options, theme)
    for position, (days, survival) in (fitted or {}).items():
        traces.append(_fitted_trace(position, days, survival, options, theme))
    table_traces, table_labels = risk_table(result, ticks, names, heading, options, theme, frame)
    traces += table_traces
    labels = _end_labels(result, options, theme, frame, last)
    layout = _layout(options, theme, frame, rows, (first, last), ticks, result)
    layout["xaxis"]["title"]["text"] = f"{options.unit.capitalize()} since {origin}"
    name = _axis_name(_axis_title(curve_name, event_name, options), theme, frame)
    layout["annotations"] = [name, *labels, *table_labels]
    return {"data": traces, "layout": layout}


def _axis_title(curve_name: str, event_name: str, options: SurvivalOptions) -> str:
    if options.curve == "incidence":
        return f"{event_name}, cumulative %"
    return f"{curve_name}, %"


def _axis_name(text: str, theme: Theme, frame: Frame) -> dict:
    """The name of the y axis, upright above it: read without turning the head."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -round(2.4 * frame.text),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
        "font": {"size": frame.text, "color": theme.quiet},
    }


def _axis_range(options: SurvivalOptions, last: float) -> tuple[float, float]:
    if options.x is None:
        return 0.0, last
    scale = DAYS_PER["months"] / DAYS_PER[options.unit]
    return options.x[0] * scale, options.x[1] * scale


def height_on_curve(survival: np.ndarray, options: SurvivalOptions) -> np.ndarray:
    """Percent on the y axis for survival between 0 and 1."""
    share = 1 - survival if options.curve == "incidence" else survival
    return np.round(100 * np.asarray(share, float), 3)


def _steps(group: GroupSurvival, options: SurvivalOptions) -> tuple[np.ndarray, np.ndarray]:
    """Times in the reader's unit, starting at 0, and survival from 1."""
    curve = group.curve
    times = np.concatenate([[0.0], curve.time / DAYS_PER[options.unit]])
    return np.round(times, 4), np.concatenate([[1.0], curve.survival])


def _corners(times: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The corners of a right-continuous step function."""
    return np.repeat(times, 2)[1:], np.repeat(values, 2)[:-1]


def _group_traces(group: GroupSurvival, result, options: SurvivalOptions, theme: Theme) -> list:
    style = group_style(group.position, theme)
    times, survival = _steps(group, options)
    heights = height_on_curve(survival, options)
    traces = []
    if options.shows("band"):
        traces += _band(group, times, options, style)
    at_risk = np.concatenate([[group.n], group.curve.n_risk])
    few = at_risk < max(FEW_AT_RISK, group.n / 10)
    start = int(np.argmax(few)) if few.any() else len(times)
    for part, opacity in ((slice(0, start + 1), 1.0), (slice(max(start, 0), None), 0.45)):
        if len(times[part]) and (opacity == 1.0 or start < len(times)):
            traces.append(_line(times[part], heights[part], style, opacity, group.label))
    if options.shows("censored"):
        traces += _censor_ticks(group, options, style)
    if options.shows("median"):
        traces += _median_lines(group, options, style)
    traces.append(_hover(group, result, options, style))
    return traces


def _line(times, heights, style: LineStyle, opacity: float, label: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": times.tolist(),
        "y": heights.tolist(),
        "line": {"shape": "hv", "color": style.colour, "dash": style.dash, "width": 2},
        "opacity": opacity,
        "hoverinfo": "skip",
        "showlegend": False,
        "name": label,
    }


def _band(group: GroupSurvival, times, options: SurvivalOptions, style: LineStyle) -> list:
    lower = np.concatenate([[1.0], group.curve.lower])
    upper = np.concatenate([[1.0], group.curve.upper])
    # Where R gives no interval (survival 0) the band ends; a hole is never bridged.
    known = np.isfinite(lower) & np.isfinite(upper)
    end = len(known) if known.all() else int(np.argmin(known))
    if end < 2:
        return []
    limits = [height_on_curve(values[:end], options) for values in (upper, lower)]
    closing = times[end] if end < len(times) else times[end - 1]
    x, top = _corners(np.append(times[:end], closing), np.append(limits[0], limits[0][-1]))
    _, bottom = _corners(np.append(times[:end], closing), np.append(limits[1], limits[1][-1]))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": np.concatenate([x, x[::-1]]).tolist(),
            "y": np.concatenate([top, bottom[::-1]]).tolist(),
            "fill": "toself",
            "fillcolor": translucent(style.colour, BAND_OPACITY),
            "line": {"width": 0},
            "hoverinfo": "skip",
            "showlegend": False,
            "name": f"{group.label}, confidence band",
        }
    ]


def _censor_ticks(group: GroupSurvival, options: SurvivalOptions, style: LineStyle) -> list:
    curve = group.curve
    censored = curve.n_censor > 0
    if not censored.any():
        return []
    times = np.round(curve.time[censored] / DAYS_PER[options.unit], 4)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": times.tolist(),
            "y": height_on_curve(curve.survival[censored], options).tolist(),
            "marker": {
                "symbol": "line-ns-open",
                "size": 8,
                "color": style.colour,
                "line": {"width": 1.5, "color": style.colour},
            },
            "hoverinfo": "skip",
            "showlegend": False,
            "cliponaxis": False,
            "name": f"{group.label}, censored",
        }
    ]


def _median_lines(group: GroupSurvival, options: SurvivalOptions, style: LineStyle) -> list:
    median = group.median.value / DAYS_PER[options.unit]
    if not np.isfinite(median):
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [0, round(median, 4), round(median, 4)],
            "y": [50, 50, 0],
            "line": {"color": style.colour, "width": 1, "dash": "dot"},
            "hoverinfo": "skip",
            "showlegend": False,
            "name": f"{group.label}, median",
        }
    ]


def _hover(group: GroupSurvival, result, options: SurvivalOptions, style: LineStyle) -> dict:
    """An invisible curve on the times of all groups, so that one hover reads all of them."""
    days = np.concatenate([[0.0], result.table.time.astype(float)])
    days = days[days <= group.curve.time[-1]]
    read = group.curve.at(days)
    texts = [
        f"{height:.0f} % · {risk} at risk"
        for height, risk in zip(height_on_curve(read.survival, options), read.n_risk, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(days / DAYS_PER[options.unit], 4).tolist(),
        "y": height_on_curve(read.survival, options).tolist(),
        "text": texts,
        "line": {"shape": "hv", "color": style.colour, "width": 0},
        "hovertemplate": f"{group.label}: %{{text}}<extra></extra>",
        "showlegend": False,
        "name": group.label,
    }


def _fitted_trace(position: int, days, survival, options: SurvivalOptions, theme: Theme) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(days / DAYS_PER[options.unit], 4).tolist(),
        "y": height_on_curve(survival, options).tolist(),
        "line": {"color": group_style(position, theme).colour, "width": 1.2, "dash": "longdash"},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "Weibull fit",
    }


def _end_labels(result, options: SurvivalOptions, theme: Theme, frame: Frame, last: float) -> list:
    """Names at the ends of the curves, moved apart until they do not touch."""
    if frame.narrow or len(result.shown) < 2:
        return []
    ends = []
    for group in result.shown:
        times, survival = _steps(group, options)
        inside = times <= last
        ends.append([float(height_on_curve(survival[inside][-1:], options)[0]), group])
    edges = margins(result, frame) | frame.margin
    plot_height = _plot_height(frame, risk_rows(result, options.shows("events")), edges)
    gap = 100 * (frame.text + 4) / plot_height
    ends.sort(key=lambda end: end[0])
    lines = [len(wrapped_label(group.label).split("<br>")) for _, group in ends]
    places = _apart([end[0] for end in ends], [gap * n for n in lines])
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": round(place, 2),
            "yref": "y",
            "yanchor": "middle",
            "text": wrapped_label(group.label),
            "align": "left",
            "showarrow": False,
            "font": {"color": group_style(group.position, theme).colour, "size": frame.text,
                     "weight": 600},
        }
        for place, (_, group) in zip(places, ends, strict=True)
    ]  # fmt: skip


def _apart(places: list[float], gaps: list[float]) -> list[float]:
    """Rising places moved up, then down from the top, until neighbours keep their gap."""
    moved: list[float] = []
    for place, gap in zip(places, gaps, strict=True):
        lowest = moved[-1] + (gap + gaps[len(moved) - 1]) / 2 if moved else gap / 2
        moved.append(max(place, lowest))
    top = 102.0
    for i in range(len(moved) - 1, -1, -1):
        moved[i] = min(moved[i], top - gaps[i] / 2)
        top = moved[i] - gaps[i] / 2
    return moved


def wrapped_label(label: str) -> str:
    """A long name in lines; plotly does not wrap."""
    lines = [""]
    for word in label.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= LABEL_WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def margins(result: SurvivalGroups, frame: Frame) -> dict:
    """Left room for the row names of the risk table, right room for the names of the curves."""
    right = 14
    if not frame.narrow and len(result.shown) > 1:
        longest = max(
            len(line) for g in result.shown for line in wrapped_label(g.label).split("<br>")
        )
        right = round(max(24, 0.6 * frame.text * longest + 16))
    return {"l": left_margin(result, frame), "r": right, "t": round(frame.text * 2), "b": 6}


def _row_height(frame: Frame) -> float:
    return frame.text * 1.42


def _table_height(frame: Frame, rows: int) -> float:
    return rows * _row_height(frame) + frame.text


def _plot_height(frame: Frame, rows: int, edges: dict) -> float:
    inner = frame.height - edges["t"] - edges["b"]
    return max(inner - _table_height(frame, rows) - frame.text * AXIS_LINES, 120)


def _layout(options, theme, frame, rows, x_range, ticks, result) -> dict:
    edges = margins(result, frame) | frame.margin
    inner = frame.height - edges["t"] - edges["b"]
    table = _table_height(frame, rows) / inner
    axis_room = frame.text * AXIS_LINES / inner
    text = {"family": FONT, "size": frame.text, "color": theme.ink}
    quiet = {"size": frame.text, "color": theme.quiet}
    layout = {
        "height": frame.height,
        "margin": edges,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": text,
        "hovermode": "x unified",
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": text},
        "dragmode": False,
        "showlegend": False,
        "xaxis": {
            "anchor": "y",
            "range": [x_range[0], x_range[1]],
            "tickvals": ticks,
            "ticktext": [f"{tick:g}" for tick in ticks],
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": theme.line,
            "linecolor": theme.line,
            "showline": True,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "hoverformat": ".1f" if options.unit != "days" else ".0f",
            "title": {"text": "", "font": quiet, "standoff": 4},
            "unifiedhovertitle": {"text": f"%{{x}} {options.unit}"},
        },
        "yaxis": {
            "domain": [round(table + axis_room, 5), 1],
            "range": [0, 103],
            "tickvals": [0, 25, 50, 75, 100],
            "gridcolor": theme.grid,
            "ticklabelstandoff": 5,
            "zeroline": False,
            "showline": False,
            "fixedrange": True,
        },
        "yaxis2": {
            "domain": [0, round(table, 5)],
            "range": [-rows - 0.4, 0.4],
            "visible": False,
            "fixedrange": True,
        },
    }
    if frame.width:
        layout["width"] = frame.width
    return layout
