"""Planned beside delivered, and the Bland–Altman plot of both, as a plain plotly dict."""

from __future__ import annotations

import math

import numpy as np

from layouts.charts.frame import Frame
from layouts.charts.panels import (
    dose_range,
    dots,
    line,
    median_bar,
    padded,
    panel_layout,
    summary_box,
    title_x,
    title_y,
)
from layouts.dosimetry.context import DosimetryContext
from layouts.shared.figure_text import hover, in_lines
from layouts.shared.theme import Theme, translucent
from layouts.shared.words import capitalised

SHARES = (0.33, 0.67)
# Width of a letter as a share of its height, and pixels between a line and its words.
LETTER = 0.6
GAP = 6


def agreement_figure(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    """Draw a comparison that has at least one pair and a result."""
    found = context.result
    layout = panel_layout(theme, frame, SHARES)
    both = np.concatenate([found.planned, found.delivered])
    traces = _paired(context, theme) + _differences(context, theme, layout, frame)
    layout["xaxis"] |= {
        "range": [-0.45, 1.45],
        "tickvals": [0, 1],
        "ticktext": ["Planned", "Delivered"],
    }
    layout["yaxis"]["range"] = dose_range(both)
    dose = context.options.dose
    title_y(layout, 0, _with_unit(capitalised(dose.quantity), dose.unit), theme, frame)
    if found.result.scale == "ratio":
        title_y(layout, 1, "Planned ÷ delivered", theme, frame)
        title_x(layout, 1, _with_unit("Geometric mean of the two", dose.unit), theme, frame)
    else:
        title_y(layout, 1, _with_unit("Planned − delivered", dose.unit), theme, frame)
        title_x(layout, 1, _with_unit("Mean of planned and delivered", dose.unit), theme, frame)
    return {"data": traces, "layout": layout}


def _with_unit(words: str, unit: str) -> str:
    return f"{words}, {unit}" if unit else words


def _paired(context: DosimetryContext, theme: Theme) -> list[dict]:
    found = context.result
    planned, delivered = theme.groups[0], theme.groups[1]
    if not context.marks:
        return [
            *summary_box(0, found.planned, planned, 0),
            *summary_box(1, found.delivered, delivered, 0),
        ]
    x, y = [], []
    for a, b in zip(found.planned.tolist(), found.delivered.tolist(), strict=True):
        x += [0, 1, None]
        y += [a, b, None]
    zeros = np.zeros(found.planned.size)
    unit = context.unit
    return [
        line(x, y, translucent(theme.quiet, 0.35), 0, width=1),
        dots(zeros, found.planned, planned, 0, hover("planned %{{y}}{}", unit), size=6),
        dots(zeros + 1, found.delivered, delivered, 0, hover("delivered %{{y}}{}", unit), size=6),
        *median_bar(0, found.planned, planned, 0),
        *median_bar(1, found.delivered, delivered, 0),
    ]


def _differences(context: DosimetryContext, theme: Theme, layout: dict, frame: Frame) -> list[dict]:
    result = context.result.result
    left, right = padded(float(result.average.min()), float(result.average.max()))
    ratio = result.scale == "ratio"
    lines = (
        (result.upper_limit, "+1.96 SD", "dash"),
        (result.mean, "mean", "solid"),
        (result.lower_limit, "−1.96 SD", "dash"),
    )
    known = [x for one, _, _ in lines for x in (one.value, one.lower, one.upper)]
    known = [x for x in known if math.isfinite(x)] + [
        float(result.difference.min()),
        float(result.difference.max()),
    ]
    traces = []
    lines = [one for one in lines if math.isfinite(one[0].value)]
    said = [(name, _said(context, one.value)) for one, name, _ in lines]
    # Words outside the panel: no dot can lie behind them.
    longest = max(len(part) for words in said for part in words)
    layout["margin"]["r"] = round(LETTER * frame.text * longest) + 2 * GAP
    for (one, _, dash), words in zip(lines, said, strict=True):
        if math.isfinite(one.lower):
            layout["shapes"].append(_band(one.lower, one.upper, theme))
        traces.append(line([left, right], [one.value] * 2, theme.ink, 1, width=1.4, dash=dash))
        layout["annotations"].append(_label(one.value, in_lines(words), theme, frame, ratio))
    none = 1.0 if ratio else 0.0
    traces.append(line([left, right], [none] * 2, theme.line, 1, width=1, dash="dot"))
    if context.marks:
        traces.append(
            dots(
                result.average,
                result.difference,
                theme.groups[0],
                1,
                hover("mean %{{x:.1f}}{}, %{{y:.2f}}", context.unit),
            )
        )
    layout["xaxis2"]["range"] = [left, right]
    ends = padded(min(*known, none), max(*known, none), 0.04)
    if ratio:
        low, high = math.log10(min(*known, none)), math.log10(max(*known, none))
        ticks = [x for x in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20) if low <= math.log10(x) <= high]
        layout["yaxis2"] |= {
            "type": "log",
            "tickvals": ticks,
            "ticktext": [f"{x:g}" for x in ticks],
        }
        ends = padded(low, high, 0.04)
    layout["yaxis2"]["range"] = ends
    return traces


def _said(context: DosimetryContext, value: float) -> str:
    """A difference in the dose's unit, or a ratio."""
    if context.options.scale == "ratio":
        return f"{value:.2f}"
    return context.number(value)


def _band(low: float, high: float, theme: Theme) -> dict:
    """The confidence interval of a line, across the panel."""
    return {
        "type": "rect",
        "xref": "x2 domain",
        "x0": 0,
        "x1": 1,
        "yref": "y2",
        "y0": low,
        "y1": high,
        "fillcolor": translucent(theme.quiet, 0.13),
        "line": {"width": 0},
        "layer": "below",
    }


def _label(y: float, words: str, theme: Theme, frame: Frame, ratio: bool) -> dict:
    return {
        "text": words,
        "x": 1,
        "xref": "x2 domain",
        "xanchor": "left",
        "xshift": GAP,
        "align": "left",
        "y": math.log10(y) if ratio else y,
        "yref": "y2",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": frame.text - 1, "color": theme.ink},
    }
