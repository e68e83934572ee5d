"""Axis, bands, labels and notes around the medians of the Other trials page."""

from __future__ import annotations

import math
import textwrap

from layouts.charts.axis import time_ticks
from layouts.shared.figure_text import bold, coloured, in_lines
from layouts.shared.theme import FONT, Theme, group_style, translucent
from layouts.shared.words import PROVENANCE
from layouts.trials.context import TrialsContext
from layouts.trials.lines import Line, printed_median

LONGEST_LABEL = 40
LONGEST_ABOVE = 40


def figure_layout(
    context: TrialsContext, lines: list[Line], end: float, theme: Theme, text: float, narrow: bool
) -> dict:
    """The layout of the figure up to the month ``end``."""
    font = {"family": FONT, "size": text, "color": theme.ink}
    foot = _foot(context, narrow)
    top = round(text * (3.4 if narrow else 2.6))
    bottom = round(text * (4.2 + 1.35 * len(foot)))
    wrapped = [
        _wrapped(line) if narrow else textwrap.wrap(line.label, LONGEST_LABEL) for line in lines
    ]
    labels = [in_lines(one) for one in wrapped]
    more = max(map(len, wrapped)) - (2 if narrow else 1)
    step = text * ((4.3 if narrow else 1.85) + 1.3 * max(0, more))
    left = 8
    if not narrow:
        left = round(0.53 * text * max(len(part) for one in wrapped for part in one) + 14)
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
    return "" if line.row is None else printed_median(line.row)


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
            "font": {"size": min(text, max(12, text - 1)), "color": theme.caution},
        }
        for i, line in enumerate(foot)
    ]


def _wrapped(line: Line) -> list[str]:
    """The name in lines; its first leaves room for the numbers at the right."""
    room = LONGEST_ABOVE - len(_value(line))
    first, *rest = textwrap.wrap(line.label, max(room, 16)) or [""]
    return [first, *textwrap.wrap(" ".join(rest), LONGEST_ABOVE + 6)]
