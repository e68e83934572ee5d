"""Names at the ends of the curves, in place of a legend."""

from __future__ import annotations

from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import Frame, label_lines, named_groups
from layouts.charts.steps import height_on_curve, steps
from layouts.shared.figure_text import in_lines
from layouts.shared.theme import Theme, group_style


def end_labels(
    result, options: CurveOptions, theme: Theme, frame: Frame, last: float, height: float
) -> list:
    """Names at the ends of the curves, moved apart until they do not touch.

    Parameters
    ----------
    last : float
        Where the axis ends, in the reader's unit.
    height : float
        Pixels of the curves.
    """
    if frame.narrow or len(result.shown) < 2:
        return []
    ends = []
    for group in named_groups(result, theme):
        times, survival = steps(group, options)
        inside = times <= last
        ends.append([float(height_on_curve(survival[inside][-1:], options)[0]), group])
    gap = 103 * (frame.text + 4) / height
    ends.sort(key=lambda end: end[0])
    lines = [label_lines(group.label, frame.label_width) for _, group in ends]
    places = apart([end[0] for end in ends], [gap * len(one) for one in lines])
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": round(place, 2),
            "yref": "y",
            "yanchor": "middle",
            "text": in_lines(words),
            "align": "left",
            "showarrow": False,
            "font": {
                "color": group_style(group.position, theme).colour,
                "size": frame.text,
                "weight": 600,
            },
        }
        for place, words, (_, group) in zip(places, lines, ends, strict=True)
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
