"""Names at the ends of the curves, in place of a legend."""

from __future__ import annotations

from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import Frame, label_lines, margins, plot_height
from layouts.charts.risk_table import risk_rows
from layouts.charts.steps import height_on_curve, steps
from layouts.shared.figure_text import in_lines
from layouts.shared.theme import Theme, group_style


def end_labels(result, options: CurveOptions, theme: Theme, frame: Frame, last: float) -> list:
    """Names at the ends of the curves, moved apart until they do not touch."""
    if frame.narrow or len(result.shown) < 2:
        return []
    ends = []
    for group in result.shown:
        times, survival = steps(group, options)
        inside = times <= last
        ends.append([float(height_on_curve(survival[inside][-1:], options)[0]), group])
    edges = margins(result, frame) | frame.margin
    height = plot_height(frame, risk_rows(result, frame, options.shows("events")), edges)
    gap = 100 * (frame.text + 4) / height
    ends.sort(key=lambda end: end[0])
    lines = [len(label_lines(group.label)) for _, group in ends]
    places = apart([end[0] for end in ends], [gap * n for n in lines])
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": round(place, 2),
            "yref": "y",
            "yanchor": "middle",
            "text": in_lines(label_lines(group.label)),
            "align": "left",
            "showarrow": False,
            "font": {
                "color": group_style(group.position, theme).colour,
                "size": frame.text,
                "weight": 600,
            },
        }
        for place, (_, group) in zip(places, ends, strict=True)
    ]


def apart(places: list[float], gaps: list[float]) -> list[float]:
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
