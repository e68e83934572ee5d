"""Best response stacked by arm, as a plain plotly dict."""

from __future__ import annotations

import math

from layouts.charts.category_ramp import NONE, ramp
from layouts.charts.frame import label_lines
from layouts.charts.key import key_height
from layouts.shared.figure_text import hover, in_lines
from layouts.shared.theme import FONT, Theme

# Pixels that a bar has at least, to tell what fits into a segment.
_BAR, _BAR_NARROW = 350, 220


def response_figure(
    categories: tuple[tuple[int, ...], ...],
    names: tuple[str, ...],
    arms: tuple[tuple[str, int, int], ...],
    theme: Theme,
    *,
    text: float,
    narrow: bool,
    room: float,
    steps: tuple[int, ...] = (),
) -> dict:
    """Draw one bar for each arm.

    Parameters
    ----------
    categories : tuple of tuple of int
        Patients per category (rows, the last not evaluable) and arm.
    names : tuple of str
        Of the categories.
    room : float
        Pixels of width that the figure has at least.
    arms : tuple of (label, position, n)
        Those to draw, from top to bottom.
    steps : tuple of int
        Place of each category on the ramp; without them the last category is not evaluable.
    """
    colours, inks = ramp(theme)
    arms = [one for one in arms if one[2]]
    places = list(range(len(arms)))[::-1]
    traces = []
    for row, name in enumerate(names):
        counts = [categories[row][position] for _, position, _ in arms]
        if not any(counts):
            continue
        # What is not told has no length.
        shares = [
            count / n if math.isfinite(count) else 0.0
            for count, (_, _, n) in zip(counts, arms, strict=True)
        ]
        step = steps[row] if steps else _step(row, len(names))
        words = [
            _words(name, count, share, text, narrow)
            for count, share in zip(counts, shares, strict=True)
        ]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "x": [round(100 * share, 3) for share in shares],
                "y": places,
                "width": 0.72,
                "marker": {"color": colours[step], "line": {"color": theme.page, "width": 1}},
                "text": words,
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"color": inks[step], "size": text},
                "name": name,
                "hovertemplate": hover("{}: %{{x:.1f}} %", name),
            }
        )
    layout = _layout(arms, places, text, narrow, theme)
    inner = room - layout["margin"]["l"] - layout["margin"]["r"]
    key = key_height([trace["name"] for trace in traces], inner, text)
    layout["margin"]["t"] += key
    layout["height"] += key
    return {"data": traces, "layout": layout}


def _words(name: str, count: int, share: float, text: float, narrow: bool) -> str:
    """What has room within a segment; the key above names the others."""
    room = share * (_BAR_NARROW if narrow else _BAR) / (0.6 * text)
    full = f"{count} ({100 * share:.0f} %)"
    if room >= max(len(name), len(full)):
        return in_lines((name, full))
    if room >= max(len(name), len(str(count))):
        return in_lines((name, str(count)))
    return str(count) if room > len(str(count)) + 1 else ""


def _step(row: int, size: int) -> int:
    """Place on the ramp: the last category, not evaluable, is the palest grey."""
    if row == size - 1:
        return NONE
    known = size - 1
    # Fewer categories than colours: the worst one is always the grey.
    return min(row + max(0, NONE - known), NONE - 1)


def _layout(arms, places, text: float, narrow: bool, theme: Theme) -> dict:
    font = {"family": FONT, "size": text, "color": theme.ink}
    wrapped = [label_lines(label, 14 if narrow else 22) for label, _, _ in arms]
    names = [in_lines((*lines, f"n = {n}")) for lines, (_, _, n) in zip(wrapped, arms, strict=True)]
    lines = max((len(one) + 1 for one in wrapped), default=2)
    longest = max((len(line) for lines in wrapped for line in lines), default=8)
    longest = max([longest, *(len(f"n = {n}") for _, _, n in arms)])
    return {
        "height": 62 + round(max(78, 1.4 * text * lines) * max(len(arms), 1)),
        "barmode": "stack",
        "margin": {"l": round(0.6 * text * longest + 16), "r": 30, "t": 0, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hoverlabel": {"bgcolor": theme.page, "bordercolor": theme.line, "font": font},
        "dragmode": False,
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": font,
        },
        "xaxis": {
            "range": [0, 100],
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0", "25", "50", "75", "100 %"],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "linecolor": theme.line,
            "showline": True,
            "ticks": "outside",
            "tickcolor": theme.line,
        },
        "yaxis": {
            "tickvals": places,
            "ticktext": names,
            "ticklabelstandoff": 6,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
    }
