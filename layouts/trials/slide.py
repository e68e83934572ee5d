"""Published medians and the cohort's own as a forest before a room."""

from __future__ import annotations

from data.address import NO_SPLIT
from data.study import ARM
from layouts.shared.theme import LIGHT, group_style
from layouts.slides.axes import even_axis
from layouts.slides.forests import NONE, ForestRow, forest_of
from layouts.slides.slide import Drawn
from layouts.trials.context import MedianRow, TrialsContext
from layouts.trials.lines import lines_of, printed_median


def trials_drawn(context: TrialsContext) -> Drawn | None:
    """The forest; None where there is no median at all."""
    lines = lines_of(context)
    if not lines:
        return None
    theme = LIGHT.for_split(context.survival.view.by in (ARM, NO_SPLIT))
    rows = []
    for line in lines:
        if line.row is None:
            rows.append(ForestRow(line.label, kind="variable"))
            continue
        row = line.row
        colour = group_style(row.position, theme).colour if row.own else ""
        cells = (_n(row), printed_median(row))
        rows.append(ForestRow(line.label, cells, (row.median if row.drawn else NONE,), "", colour))
    label = context.survival.endpoint_word
    axis = even_axis(
        [x for row in rows for one in row.estimates for x in one], f"Median {label}, months"
    )
    head = ("Trial · arm", "n", "Median, months (95 % CI)")
    return Drawn(
        forest_of(head, rows, axis, kinds=("Median",)),
        None,
        "Naive comparison: other patients, times and definitions. Medians quoted as published",
        "Medians of this cohort and of published trials with their intervals",
    )


def _n(row: MedianRow) -> str:
    if row.own:
        return str(row.n)
    return "" if row.published.n is None else str(row.published.n)
