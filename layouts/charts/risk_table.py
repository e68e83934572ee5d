"""The rows under the curves: at risk, and on demand censored and events, at every tick.

A group's name stands beside its row where there is room for all names, else above it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.survival_groups import SurvivalGroups
from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import (
    LETTER,
    Frame,
    label_lines,
    margins,
    named_groups,
    plot_width,
)
from layouts.shared.figure_text import bold
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import DAYS_PER

# Rows left free above the name of a further group.
GROUP_GAP = 0.35
# Where the numbers of a row stand in it. A text trace is drawn a little above the middle on which
# an annotation of the same size is centred.
ROW_MIDDLE = 0.57
AT_RISK = "Patients at risk"


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes
    ----------
    place : float
        Rows above it.
    text : str
        Its name, or the heading that it is.
    counted : str
        ``at_risk``, ``censored`` or ``events``; empty for a heading.
    group : int
        Place of its group in the result; -1 for the heading of the table.
    strong : bool
        A group's name.
    """

    place: float
    text: str
    counted: str = ""
    group: int = -1
    strong: bool = False


def risk_lines(
    result: SurvivalGroups,
    names: tuple[str, ...],
    options: CurveOptions,
    theme: Theme,
    frame: Frame,
) -> tuple[Row, ...]:
    """The lines of the table from top to bottom.

    Parameters
    ----------
    names : tuple of str
        Of the groups, understood without a heading.
    """
    if not (options.shows("risk") or options.shows("events")):
        return ()
    rows: list[Row] = []
    shown = [
        (place, group)
        for place, group in enumerate(result.groups)
        if group in named_groups(result, theme)
    ]
    if not shown:
        return ()
    with_events = options.shows("events")
    several = len(result.shown) > 1
    beside = several and not with_events and _fit_beside(shown, frame)
    next_place = 0.0
    if not with_events:
        rows.append(Row(0, AT_RISK))
        next_place = 1
    edges = margins(result, frame, options, theme)
    width = int((plot_width(edges, frame) + edges["l"] + edges["r"]) / (LETTER * frame.text))
    for place, group in shown:
        if several and not beside:
            next_place += GROUP_GAP if next_place > 1 else 0
            for line in label_lines(names[place], width):
                rows.append(Row(next_place, line, group=place, strong=True))
                next_place += 1
        counted = {"at_risk": "At risk", "censored": "Censored", "events": "Events"}
        for kind, words in counted.items() if with_events else [("at_risk", "")]:
            rows.append(Row(next_place, group.label if beside else words, kind, place))
            next_place += 1
    return tuple(rows)


def _fit_beside(shown: list, frame: Frame) -> bool:
    """Whether every name fits into one line right of the table."""
    return not frame.narrow and all(
        len(label_lines(group.label, frame.label_width)) == 1 for _, group in shown
    )


def height_in_rows(rows: tuple[Row, ...]) -> float:
    """Rows that the lines take."""
    return rows[-1].place + 1 if rows else 0


def ticks_at_most(result: SurvivalGroups, options: CurveOptions, theme: Theme, frame: Frame) -> int:
    """As many ticks as the numbers under them have room for."""
    digits = len(str(max((group.n for group in result.shown), default=0)))
    column = LETTER * frame.text * max(digits, 2) + 10
    width = plot_width(margins(result, frame, options, theme), frame)
    return max(3, min(frame.ticks_at_most, int(width / column)))


def risk_table(
    result: SurvivalGroups,
    rows: tuple[Row, ...],
    ticks: list[float],
    options: CurveOptions,
    theme: Theme,
    frame: Frame,
) -> tuple[list, list]:
    """Text traces with the numbers, and annotations with the names of the rows.

    Parameters
    ----------
    ticks : list of float
        Of the time axis, in the reader's unit.

    Returns
    -------
    list of trace, list of annotation
    """
    if not rows:
        return [], []
    counts = result.risk_table(np.asarray(ticks) * DAYS_PER[options.unit])
    edges = margins(result, frame, options, theme)
    x, y, texts, colours, labels = [], [], [], [], []
    for row in rows:
        colour = theme.quiet
        if row.group >= 0:
            colour = group_style(result.groups[row.group].position, theme).colour
        if row.text:
            labels.append(_name(row, colour, theme, frame, edges))
        if row.counted:
            ink = theme.ink if row.counted == "at_risk" else theme.quiet
            x += ticks
            y += [-row.place - ROW_MIDDLE] * len(ticks)
            texts += [str(count) for count in getattr(counts, row.counted)[row.group]]
            colours += [ink] * len(ticks)
    trace = {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "yaxis": "y2",
        "text": texts,
        "textfont": {"size": frame.text, "color": colours},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "name": "Risk table",
    }
    return [trace], labels


def _name(row: Row, colour: str, theme: Theme, frame: Frame, edges: dict) -> dict:
    """The name of a row: right of its numbers; what stands above numbers begins at the left."""
    right = bool(row.counted) and not frame.narrow
    if row.text in ("At risk", "Censored", "Events"):
        colour = theme.ink if row.counted == "at_risk" else theme.quiet
    return {
        "text": bold(row.text) if row.strong else row.text,
        "x": 1 if right else 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 16 if right else -edges["l"],
        "y": -row.place - 0.5,
        "yref": "y2",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"color": colour, "size": frame.text - (0 if row.strong else 0.5)},
    }
