"""Printed cells held against the data, before a room: verdicts by table."""

from __future__ import annotations

from analysis.verdict import DIFFERS, EXACT, WITHIN
from layouts.charts.category_ramp import LIGHT as GREENS
from layouts.evidence.context import FAILED, NOTHING, VERDICTS, EvidenceContext
from layouts.evidence.options import CELLS
from layouts.evidence.page import evidence_body
from layouts.evidence.words import table_words
from layouts.shared.theme import LIGHT
from layouts.slides.axes import even_axis
from layouts.slides.figure import Bar, Bars
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table

_COLOURS = {
    EXACT: (GREENS[1], "#ffffff"),
    WITHIN: (GREENS[2], LIGHT.ink),
    DIFFERS: (LIGHT.groups[1], "#ffffff"),
    FAILED: (LIGHT.ink, "#ffffff"),
    NOTHING: ("#cfd5db", LIGHT.ink),
}


def evidence_drawn(context: EvidenceContext) -> Drawn | None:
    """Verdicts by table, or the table of the part that is asked for."""
    if context.study.evidence is None or context.options.view != CELLS or not context.tables:
        table = first_table(evidence_body(context))
        return Drawn(None, table, "As on the page Evidence") if table else None
    names = tuple(table_words(context.study, one) for one in context.tables)
    axis = even_axis([one.total for one in context.tables], "Printed cells", grid=True)
    series = []
    for verdict, (colour, ink) in _COLOURS.items():
        values = tuple(float(one.counts[verdict]) for one in context.tables)
        if any(values):
            words = tuple(f"{x:.0f}" if x >= 0.04 * axis.high else "" for x in values)
            series.append(Bar(VERDICTS[verdict], values, colour, words, ink))
    return Drawn(
        Bars(names, tuple(series), axis),
        None,
        "Every printed cell computed anew from the shipped patients",
        "Printed cells of each table by verdict, as stacked bars",
    )
