"""Dose by response and the ROC curve, and dose by worst grade, as plain plotly dicts."""

from __future__ import annotations

import numpy as np

from data.sections.adverse_events import UNGRADED, Grade
from layouts.charts.frame import Frame
from layouts.charts.panels import (
    dose_range,
    dots,
    five_number_box,
    line,
    median_bar,
    panel_layout,
    spread_out,
    summary_box,
    title_x,
    title_y,
)
from layouts.dosimetry.context import DosimetryContext
from layouts.shared.figure_text import hover, in_lines
from layouts.shared.theme import Theme
from layouts.shared.words import capitalised, percent

SHARES = (0.5, 0.5)


def response_figure(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    """Doses by response with the threshold, and the ROC curve with the point it makes."""
    found = context.result
    layout = panel_layout(theme, frame, SHARES)
    groups = (found.not_responding, found.responding)
    names = ("no response", "response")
    traces: list[dict] = []
    for place, (values, name) in enumerate(zip(groups, names, strict=True)):
        traces += _group(place, values, name, (theme.groups[1], theme.groups[0])[place], context)
    threshold = context.options.threshold
    traces.append(line([-0.5, 1.95], [threshold] * 2, theme.ink, 0, width=1.3, dash="dash"))
    everything = np.concatenate([*groups, [threshold]])
    layout["xaxis"] |= {
        "range": [-0.5, 1.95],
        "tickangle": 0,
        "tickvals": [0, 1],
        "ticktext": [
            in_lines((capitalised(name), f"n = {values.size}"))
            for values, name in zip(groups, names, strict=True)
        ],
    }
    layout["yaxis"]["range"] = dose_range(everything)
    layout["annotations"].append(_threshold_label(context, theme, frame))
    title_y(layout, 0, context.axis_words(), theme, frame)
    traces += _roc(context, theme)
    for axis in ("xaxis2", "yaxis2"):
        layout[axis] |= {"range": [-2, 102], "tickvals": [0, 25, 50, 75, 100]}
    title_x(layout, 1, "100 − specificity, %", theme, frame)
    title_y(layout, 1, "Sensitivity, %", theme, frame)
    return {"data": traces, "layout": layout}


def _group(place: int, values, name: str, colour: str, context: DosimetryContext) -> list[dict]:
    if not context.marks:
        return summary_box(place, values, colour, 0)
    return [
        dots(
            spread_out(place, values.size),
            values,
            colour,
            0,
            hover("{}, %{{y}}{}", name, context.unit),
        ),
        *median_bar(place, values, colour, 0),
    ]


def _threshold_label(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    return {
        "text": f"≥ {context.threshold_text()}",
        "x": 1.95,
        "xref": "x",
        "xanchor": "right",
        "y": context.options.threshold,
        "yref": "y",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": frame.text - 1, "color": theme.ink},
    }


def _roc(context: DosimetryContext, theme: Theme) -> list[dict]:
    found = context.result
    sensitivity, specificity = found.roc.sensitivity, found.roc.specificity
    # From every lesion called responding to none.
    x = np.append(100 * (1 - specificity), 0.0)
    y = np.append(100 * sensitivity, 0.0)
    traces = [line([0, 100], [0, 100], theme.line, 1, width=1, dash="dot")]
    if np.isfinite(x).all() and np.isfinite(y).all():
        traces.append(line(x.round(3).tolist(), y.round(3).tolist(), theme.groups[0], 1))
        point = (100 * (1 - found.specificity.value), 100 * found.sensitivity.value)
        said = hover(
            "≥ {}: sensitivity {}, specificity {}",
            context.threshold_text(),
            percent(found.sensitivity.value),
            percent(found.specificity.value),
        )
        traces.append(dots([point[0]], [point[1]], theme.ink, 1, said, size=11))
    return traces


def toxicity_figure(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    """Doses of the patients at each worst grade."""
    found = context.result
    layout = panel_layout(theme, frame)
    grades = context.study.adverse_events.grades
    colours = [theme.quiet, *(_line(grade, theme) for grade in grades)]
    traces: list[dict] = []
    groups = zip(found.doses, found.n, found.labels, colours, strict=True)
    for place, (values, n, name, colour) in enumerate(groups):
        if n and not values.size:
            layout["annotations"].append(_too_few(place, theme, frame))
        elif context.study.single_patients:
            traces.append(
                dots(
                    spread_out(place, n),
                    values,
                    colour,
                    0,
                    hover("{}, %{{y}}{}", name, context.unit),
                )
            )
            traces += median_bar(place, values, colour, 0)
        else:
            traces += five_number_box(place, found.five_numbers(place), colour, 0)
    layout["xaxis"] |= {
        "range": [-0.6, len(found.labels) - 0.4],
        "tickvals": list(range(len(found.labels))),
        "ticktext": [
            in_lines((capitalised(name), f"n = {n}"))
            for name, n in zip(found.labels, found.n, strict=True)
        ],
    }
    # Of what is drawn: an axis made for every dose would tell the extremes of those left out.
    drawn = [y for trace in traces for y in trace["y"] if y is not None]
    layout["yaxis"]["range"] = dose_range(np.array(drawn))
    title_y(layout, 0, context.axis_words(), theme, frame)
    return {"data": traces, "layout": layout}


def _line(grade: Grade, theme: Theme) -> str:
    """The colour of a grade, and none of severity where it is unknown."""
    return theme.line if grade == UNGRADED else theme.severity_line[grade.high - 1]


def _too_few(place: int, theme: Theme, frame: Frame) -> dict:
    return {
        "text": in_lines(("too few", "to show")),
        "x": place,
        "xref": "x",
        "y": 0.5,
        "yref": "y domain",
        "showarrow": False,
        "font": {"size": frame.text, "color": theme.quiet},
    }
