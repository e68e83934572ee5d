"""Prognostic factors as a forest before a room: hazard ratios alone and in the model."""

from __future__ import annotations

from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.levels import levels_of
from layouts.shared.words import p_words
from layouts.slides.axes import ratio_axis
from layouts.slides.forests import NONE, ForestRow, forest_of, ratio_words
from layouts.slides.slide import Drawn

KINDS = ("Alone", "In the model")
MARKS = "; squares: alone, circles: in the model"


def prognostic_drawn(context: PrognosticContext) -> Drawn | None:
    """The forest; None where nobody is in view."""
    if not context.with_endpoint:
        return None
    rows: list[ForestRow] = []
    for place in context.order():
        one = context.result.univariable[place]
        cells = ("", "", p_words(one.p_value))
        rows.append(ForestRow(context.variables[place].label, cells, kind="variable"))
        rows += [_row(level) for level in levels_of(context, place)]
    several = context.result.multivariable is not None
    axis = ratio_axis([e for row in rows for e in row.estimates], "hazard ratio")
    figure = forest_of(
        ("Factor", "Events / n", "Alone: HR (95 % CI)", "p", "In the model: HR (95 % CI)")[
            : 4 + several
        ],
        [_fitting(row, 4 if several else 3) for row in rows],
        axis,
        null=1,
        favours=("longer survival", "shorter survival")
        if _of_survival(context)
        else ("fewer events", "more events"),
        kinds=KINDS if several else KINDS[:1],
    )
    return Drawn(
        figure,
        None,
        f"Cox regressions, p not adjusted{MARKS if several else ''}",
        f"Hazard ratios of {context.endpoint.name} by factor, alone and in the model",
        "",
        context.with_endpoint,
    )


def _of_survival(context: PrognosticContext) -> bool:
    return not context.endpoint.competing


def _fitting(row: ForestRow, columns: int) -> ForestRow:
    return ForestRow(row.label, row.cells[:columns], row.estimates[: columns - 2], row.kind)


def _row(level: dict) -> ForestRow:
    alone = level["univariable"]
    together = level["multivariable"]
    words = "reference" if level["reference"] else ratio_words(alone[:3])
    beside = (
        "" if together is None else "reference" if level["reference"] else ratio_words(together[:3])
    )
    estimates = (alone[:3], NONE if together is None else together[:3])
    p = p_words(alone[3]) if alone[3] == alone[3] else ""
    cells = (f"{level['events']}/{level['n']}", words, p, beside)
    return ForestRow(level["label"], cells, estimates, "level")
