"""Dot ("love") plot of standardised mean differences, as a plain plotly dict."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.balance import RELEVANT
from layouts.arms.context import AllBalance, BalanceResult
from layouts.charts.frame import label_lines
from layouts.shared.figure_text import hover, in_lines
from layouts.shared.graph import message_figure
from layouts.shared.theme import FONT, Theme
from layouts.shared.words import smd_words

ROW = 19
# On a slide, which does not scroll, as close as letters stand.
CLOSE_ROW = 15
# Letters of a line of a name beside its stem.
LONGEST_NAME = 34
LEAST_PLOT = 240


def love_figure(
    result: BalanceResult | AllBalance,
    theme: Theme,
    *,
    text: float,
    narrow: bool,
    room: float,
    row: float = ROW,
    between: Sequence[str] = (),
) -> dict:
    """Draw the size of every difference, the largest on top.

    Parameters
    ----------
    room : float
        Pixels of width that the figure has at least.
    row : float
        Pixels from one variable to the next, for text of 13.
    between : sequence of str
        Of three arms or more the two that differ so much in each variable.
    """
    pairs = between or [""] * len(result.variables)
    found = [
        (abs(balance.smd), variable.label, pair)
        for variable, balance, pair in zip(result.variables, result.balances, pairs, strict=True)
        if not math.isnan(balance.smd)
    ]
    found.sort(key=lambda one: one[0])
    if not found:
        return message_figure("No difference between the arms can be computed.", 260, theme.quiet)
    names = [label_lines(label, LONGEST_NAME) for _, label, _ in found]
    left = round(0.56 * text * max(len(line) for lines in names for line in lines) + 14)
    # Without room beside it a name stands above its stem.
    above = narrow or room - left < LEAST_PLOT
    if above:
        left = 16
        names = [label_lines(label, round((room - 24) / (0.56 * text))) for _, label, _ in found]
    lines = max(map(len, names)) + above
    height = max(180, round(row * text / 13 * (1 + 0.8 * (lines - 1)) * len(found)) + 74)
    finite = [size for size, *_ in found if math.isfinite(size)]
    end = max(0.3, 1.08 * max(finite, default=0))
    # What is infinite stands at the edge as an arrow.
    sizes = [round(min(size, end), 4) for size, *_ in found]
    places = list(range(len(found)))
    large = [size > RELEVANT for size in sizes]
    arrow = [math.isinf(size) for size, *_ in found]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": sizes,
        "y": places,
        "marker": {
            "size": 9,
            "symbol": ["triangle-right" if one else "circle" for one in arrow],
            "color": [theme.ink if one else theme.page for one in large],
            "line": {"width": 2, "color": theme.ink},
        },
        "customdata": [
            f"{label}: {smd_words(size)}{f' between {pair}' if pair else ''}"
            for size, label, pair in found
        ],
        "hovertemplate": hover("%{{customdata}}"),
        "cliponaxis": False,
        "showlegend": False,
    }
    stems = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for size in sizes for x in (0, size, None)],
        "y": [y for place in places for y in (place, place, None)],
        "line": {"color": theme.line, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    title = "Standardised mean difference" + (", largest of two arms" if between else "")
    layout = _layout([in_lines(lines) for lines in names], title, left, end, height, text, theme)
    if above:
        layout["yaxis"]["showticklabels"] = False
        layout["annotations"] += [
            _above(place, in_lines(lines), text, theme) for place, lines in enumerate(names)
        ]
    return {"data": [stems, dots], "layout": layout}


def _above(place: int, words: str, text: float, theme: Theme) -> dict:
    """A name above its stem."""
    return {
        "text": words,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": place,
        "yanchor": "bottom",
        "yshift": 5,
        "align": "left",
        "showarrow": False,
        "font": {"size": text, "color": theme.ink},
    }


def _layout(names, title: str, left: int, end: float, height: int, text: float, theme) -> dict:
    font = {"family": FONT, "size": text, "color": theme.ink}
    return {
        "height": height,
        "margin": {"l": left, "r": 16, "t": round(2 * text), "b": round(3.6 * text)},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": font},
        "dragmode": False,
        "xaxis": {
            "range": [0, end],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
            "showline": True,
            "linecolor": theme.line,
            "ticks": "outside",
            "tickcolor": theme.line,
            "nticks": 5,
            "title": {
                "text": title,
                "font": font | {"color": theme.quiet},
                "standoff": 6,
            },
        },
        "yaxis": {
            "range": [-0.7, len(names) - 0.3],
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
        },
        "shapes": [
            {
                "type": "line",
                "x0": RELEVANT,
                "x1": RELEVANT,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": theme.caution, "width": 1, "dash": "dot"},
            }
        ],
        "annotations": [
            {
                "text": "0.1: relevant above",
                "x": RELEVANT,
                "y": 1,
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "xshift": 2,
                "showarrow": False,
                "font": {"size": min(text, max(12, text - 1)), "color": theme.caution},
            }
        ],
    }
