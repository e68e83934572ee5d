"""Kaplan–Meier figure with its risk table, as a plain plotly dict.

The risk table is drawn in the same figure on the same x axis as the curves, so that its columns
stand under their ticks to the pixel at every width, on the screen and in every export.
"""

from __future__ import annotations

import numpy as np

from analysis.survival_groups import SurvivalGroups
from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.censored import with_marks_that_are_seen
from layouts.charts.curve_options import CurveOptions
from layouts.charts.curve_traces import faint_trace, fitted_trace, group_traces
from layouts.charts.end_labels import end_labels
from layouts.charts.frame import AXIS_LINES, Frame, curves_height, margins, table_height
from layouts.charts.risk_table import height_in_rows, risk_lines, risk_table, ticks_at_most
from layouts.shared.figure_text import filled
from layouts.shared.theme import FONT, Theme
from layouts.shared.words import DAYS_PER


def km_figure(
    result: SurvivalGroups,
    *,
    names: tuple[str, ...],
    curve_name: str,
    event_name: str,
    origin: str,
    options: CurveOptions,
    theme: Theme,
    frame: Frame,
    fitted: dict[int, tuple[np.ndarray, np.ndarray]] | None = None,
    others: tuple[SurvivalGroups, ...] = (),
) -> dict:
    """Draw the curves of a result that has at least one patient.

    Parameters
    ----------
    names : tuple of str
        Of the groups, understood without a heading.
    curve_name : str
        What is on the y axis, for instance "Progression-free".
    event_name : str
        What the event is, for the axis of the cumulative incidence.
    origin : str
        Where time starts, for instance "randomisation".
    fitted : mapping of group position to (days, survival), optional
        Parametric curves drawn over the estimate.
    others : tuple of SurvivalGroups, optional
        The same groups in other data sets, drawn as faint lines.
    """
    unit = DAYS_PER[options.unit]
    options, unmarked = with_marks_that_are_seen(result, options)
    # A little air, so that a curve that drops on the last day is seen to drop.
    last = axis_end(1.01 * result.largest_time / unit, options.unit)
    first, last = _axis_range(options, last)
    at_most = ticks_at_most(result, options, theme, frame)
    ticks = time_ticks(first, last, options.unit, at_most)
    rows = risk_lines(result, names, options, theme, frame)
    edges = margins(result, frame, options, theme)
    height = curves_height(result, frame, height_in_rows(rows), theme, edges)
    traces = []
    for place, group in enumerate(result.groups):
        same = [other.groups[place] for other in others if other.groups[place].n]
        if group.n and same:
            traces.append(faint_trace(group, same, options, theme))
    # What the reader picked is not drawn over.
    for group in sorted(result.shown, key=lambda group: group.position in (theme.only or ())):
        traces += group_traces(group, result, options, theme)
    for position, (days, survival) in (fitted or {}).items():
        traces.append(fitted_trace(position, days, survival, options, theme))
    table_traces, table_labels = risk_table(result, rows, ticks, options, theme, frame)
    traces += table_traces
    labels = end_labels(result, options, theme, frame, last, height)
    layout = _layout(options, theme, frame, (first, last), ticks)
    layout |= _room(height, height_in_rows(rows), edges, frame, theme)
    layout["xaxis"]["title"]["text"] = f"{options.unit.capitalize()} since {origin}"
    title = _axis_title(curve_name, event_name, options)
    name = _axis_name(f"{title}{unmarked}", theme, frame)
    layout["annotations"] = [name, *labels, *table_labels]
    return {"data": traces, "layout": layout}


def _axis_title(curve_name: str, event_name: str, options: CurveOptions) -> str:
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


def _axis_range(options: CurveOptions, last: float) -> tuple[float, float]:
    if options.x is None:
        return 0.0, last
    scale = DAYS_PER["months"] / DAYS_PER[options.unit]
    return options.x[0] * scale, options.x[1] * scale


def _room(height: float, rows: float, edges: dict, frame: Frame, theme: Theme) -> dict:
    """Height and margins of the figure, and what of its height curves and table have."""
    table, axis = table_height(frame, rows), frame.text * AXIS_LINES
    inner = height + axis + table
    room = {
        "height": round(inner + edges["t"] + edges["b"]),
        "margin": edges,
        "yaxis": {
            "domain": [round((table + axis) / inner, 5), 1],
            "range": [0, 103],
            "tickvals": [0, 25, 50, 75, 100],
            "gridcolor": theme.grid,
            "ticklabelstandoff": 5,
            "zeroline": False,
            "showline": False,
            "fixedrange": True,
        },
    }
    if rows:
        room["yaxis2"] = {
            "domain": [0, round(table / inner, 5)],
            "range": [-rows - 0.4, 0.4],
            "visible": False,
            "fixedrange": True,
        }
    return room


def _layout(options, theme, frame, x_range, ticks) -> dict:
    text = {"family": FONT, "size": frame.text, "color": theme.ink}
    quiet = {"size": frame.text, "color": theme.quiet}
    digits = ".0f" if options.unit == "days" else ".1f"
    layout = {
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
            "hoverformat": digits,
            "title": {"text": "", "font": quiet, "standoff": 4},
            # The title does not follow hoverformat; it would say "25.0021 months".
            "unifiedhovertitle": {"text": filled(f"%{{{{x:{digits}}}}} {{}}", options.unit)},
        },
    }
    if frame.width:
        layout["width"] = frame.width
    return layout
