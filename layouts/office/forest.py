"""A forest as a chart whose rows stand beside those of its table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from layouts.shared.theme import LIGHT
from layouts.slides.figure import GAP, Axis, Chart, Estimate, Forest, Series

# A second estimate in a row has the colour that it has on the page.
_INKS = (LIGHT.ink, "#c98a1a")
_MARKS = ("square", "circle")
# Letters that have room under an axis.
LONGEST = 72
# Points under the rows for the numbers and words of the axis.
AXIS = 46


def beside(forest: Forest, heights: Sequence[float], head: float) -> Chart:
    """The chart of the rows of a table that have room.

    Parameters
    ----------
    heights : sequence of float
        Points of each row of the table, heads included.
    head : float
        Points of the heads; the plot begins below them.
    """
    tall = sum(heights) - head
    middle, top = {}, 0.0
    for row, height in enumerate(heights):
        middle[row] = tall + head - top - height / 2
        top += height
    up = Axis("", 0.0, tall, tall, shown=False)
    shown = [one for one in forest.estimates if one.row in middle]
    series = _series(forest, shown, middle, tall)
    return Chart(tuple(series), named(forest), up, room=(12, head, 16, AXIS))


def alone(forest: Forest) -> Chart:
    """The chart of all rows with their names in it, for a page that has no table beside it."""
    shown = [one for one in forest.estimates if math.isfinite(one.value)]
    rows = list(dict.fromkeys(one.row for one in shown))
    place = {row: float(len(rows) - i) for i, row in enumerate(rows)}
    tall = len(rows) + 0.6
    series = _series(forest, shown, place, tall)
    names = {one.row: one.label for one in shown}
    # On the edge of a logarithmic axis a label may count as outside.
    low = forest.axis.low * 1.001 if forest.axis.log else forest.axis.low
    labels = Series(
        "Rows",
        tuple(low for _ in rows),
        tuple(place[row] for row in rows),
        labels=tuple(names[row] for row in rows),
        side="l",
    )
    up = Axis("", 0.4, tall, tall, shown=False)
    return Chart((*series, labels), named(forest), up, room=(200, 6, 16, AXIS))


def named(forest: Forest) -> Axis:
    """The axis with what either side means."""
    left, right = forest.favours
    # What both sides mean says what is measured too.
    title = "" if left and right else forest.axis.title
    words = [f"← {left}" if left else "", title, f"{right} →" if right else ""]
    said = "     ".join(filter(None, words))
    # Names longer than the axis would run over its numbers.
    return replace(forest.axis, title=said if len(said) <= LONGEST else forest.axis.title)


def _series(forest: Forest, shown: list[Estimate], middle: dict, tall: float) -> list[Series]:
    made = []
    if math.isfinite(forest.null):
        none = (forest.null, forest.null)
        made.append(Series("No difference", none, (0.0, tall), LIGHT.line, 1, "dash"))
    kinds = dict.fromkeys(_look(forest, one) for one in shown)
    for kind, colour, strong in kinds:
        rows = [one for one in shown if _look(forest, one) == (kind, colour, strong)]
        made += _of_kind(forest, rows, kind, colour or _INKS[kind], strong, middle)
    return made


def _look(forest: Forest, one: Estimate) -> tuple:
    return one.series, one.colour, one.row in forest.strong


def _of_kind(forest, rows: list[Estimate], kind: int, colour: str, strong: bool, middle) -> list:
    name = forest.kinds[kind] + (", everybody" if strong else "")
    if rows[0].colour:
        # What has a colour of its own has a name of its own.
        name = f"{name}: {rows[0].label}"
    # Two estimates of one row stand one above the other.
    shift = 0.0 if len(forest.kinds) == 1 else (3.0 if kind == 0 else -3.0)
    if max(middle.values(), default=0) < 60 and len(forest.kinds) > 1 and _by_one(middle):
        shift /= 20
    found = [one for one in rows if math.isfinite(one.value)]
    limited = [one for one in found if math.isfinite(one.lower) and math.isfinite(one.upper)]
    made = []
    if limited:
        x, y = [], []
        for one in limited:
            at = middle[one.row] + shift
            x += [one.lower, one.upper, GAP]
            y += [at, at, GAP]
        made.append(Series(f"{name}, 95 % CI", tuple(x[:-1]), tuple(y[:-1]), colour, 1.5))
    # Beside intervals a mark without one is open.
    bare = [one for one in found if one not in limited] if limited else []
    for some, words in ((limited or found, name), (bare, f"{name}, without an interval")):
        if some:
            made.append(
                Series(
                    words,
                    tuple(one.value for one in some),
                    tuple(middle[one.row] + shift for one in some),
                    colour,
                    mark="diamond" if strong else _MARKS[kind % len(_MARKS)],
                    size=10 if strong else 7,
                    hollow=some is bare,
                )
            )
    return made


def _by_one(middle: dict) -> bool:
    values = sorted(middle.values())
    return all(b - a <= 1.01 for a, b in pairwise(values))
