"""The rows under the curves: at risk, censored and events at every tick of the time axis."""

from __future__ import annotations

import numpy as np

from analysis.survival_groups import SurvivalGroups
from layouts.shared.figure_text import bold
from layouts.shared.theme import group_style
from layouts.shared.words import DAYS_PER

# With more groups three rows each would push the curves off the screen; one row each says
# the same numbers.
MOST_GROUPS_IN_FULL = 3
LONGEST_ROW_NAME = 24
# Rows left free above the name of a further group.
GROUP_GAP = 0.35
# Where the numbers of a row stand in it. A text trace is drawn a little above the middle on which
# an annotation of the same size is centred.
ROW_MIDDLE = 0.57


def compact(result: SurvivalGroups, frame) -> bool:
    """Whether each group has one row instead of a heading and three."""
    return frame.low or len(result.shown) > MOST_GROUPS_IN_FULL


def risk_rows(result: SurvivalGroups, frame, with_events: bool) -> float:
    """Rows of text that the table takes, the air above each further group among them."""
    groups = len(result.shown)
    if compact(result, frame):
        return groups + 1
    lines = 3 if with_events else 1
    heading = 1 if groups > 1 else 0
    return groups * (lines + heading) + GROUP_GAP * heading * (groups - 1)


def left_margin(result: SurvivalGroups, frame) -> int:
    """Pixels left of the axis for the names of the rows and the y axis."""
    if frame.narrow:
        return 66
    longest = max((len(group.label) for group in result.shown), default=0)
    characters = min(longest, LONGEST_ROW_NAME) if compact(result, frame) else 8
    return round(max(5.6 * frame.text, 0.56 * frame.text * characters + 2.2 * frame.text))


def risk_table(result, ticks, names, heading, options, theme, frame) -> tuple[list, list]:
    """Text traces with the numbers, and annotations with the names of the rows.

    Parameters
    ----------
    ticks : list of float
        Of the time axis, in the reader's unit.
    names : tuple of str
        Of the groups, understood without a heading.
    heading : str
        What the groups are levels of; stands above a table with one row for each group.

    Returns
    -------
    list of trace, list of annotation
    """
    times = np.asarray(ticks) * DAYS_PER[options.unit]
    counts = result.risk_table(times)
    x, y, texts, colours, labels = [], [], [], [], []
    with_events = options.shows("events")

    def row(place: float, cells, colour: str) -> None:
        x.extend(ticks)
        y.extend([-place - ROW_MIDDLE] * len(ticks))
        texts.extend(str(cell) for cell in cells)
        colours.extend([colour] * len(ticks))

    left = left_margin(result, frame)

    def name(place: float, text: str, colour: str, *, heading: bool) -> None:
        size = frame.text if heading else frame.text - 0.5
        labels.append(_row_name(place, text, colour, left, size))

    place = 0
    small = compact(result, frame)
    if small:
        words = "at risk (censored · events)" if with_events else "at risk"
        words = f"{heading}: {words}"
        name(place, words, theme.quiet, heading=True)
        place += 1
    for index, group in enumerate(result.groups):
        if not group.n:
            continue
        colour = group_style(group.position, theme).colour
        at_risk, censored, events = (
            values[index] for values in (counts.at_risk, counts.censored, counts.events)
        )
        if small:
            cells = at_risk
            if with_events:
                cells = [
                    f"{a} ({c}·{e})" for a, c, e in zip(at_risk, censored, events, strict=True)
                ]
            row(place, cells, theme.ink)
            name(place, _short(group.label, frame), colour, heading=False)
            place += 1
            continue
        if len(result.shown) > 1:
            place += GROUP_GAP if place else 0
            name(place, bold(names[index]), colour, heading=True)
            place += 1
        lines = [("At risk", at_risk, theme.ink)]
        if with_events:
            lines += [("Censored", censored, theme.quiet), ("Events", events, theme.quiet)]
        for words, cells, ink in lines:
            row(place, cells, ink)
            name(place, words, ink, heading=False)
            place += 1
    trace = {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "yaxis": "y2",
        "text": texts,
        "textfont": {"size": frame.text - (2 if small and with_events else 0), "color": colours},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
        "name": "Risk table",
    }
    return [trace], labels


def _row_name(place: float, text: str, colour: str, left: int, size: float) -> dict:
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -left,
        "y": -place - 0.5,
        "yref": "y2",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"color": colour, "size": size},
    }


def _short(label: str, frame) -> str:
    """A level's name for the left margin; the whole name stands in the table beside."""
    room = 8 if frame.narrow else LONGEST_ROW_NAME
    return label if len(label) <= room else label[: room - 1] + "…"
