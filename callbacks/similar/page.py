"""A patient like mine, served: curves, nested cohorts, words and picture."""

from __future__ import annotations

from callbacks.files import File
from callbacks.page import Served
from callbacks.similar.ask import ask
from callbacks.similar.rows import similar_rows
from callbacks.workbook import MONTHS, SHARE
from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.charts.picture import BODY, PADDING, WIDTH, page_picture
from layouts.charts.picture import TEXT as PICTURE_TEXT
from layouts.frame.page import Words
from layouts.shared.graph import message_figure
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT, Theme
from layouts.shared.words import shown_provenance
from layouts.similar.beside import events_table, onward
from layouts.similar.context import SimilarContext
from layouts.similar.entry import criteria_list
from layouts.similar.page import FIGURE_HEIGHT, SIMILAR
from layouts.similar.slide import similar_drawn, similar_finding
from layouts.similar.table import cohorts_table
from layouts.similar.words import cautions, method, sentence
from layouts.survival.context import empty_sentence

UNITS = {"median": MONTHS, "survival": SHARE, "response": SHARE, "grade": SHARE}
FRAMES = {
    "narrow": Frame(height=420, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=560, text=14),
}
PRESENTED = {
    "narrow": Frame(height=420, text=11.5, narrow=True, room=340),
    "standard": Frame(height=430, text=17),
    "tall": Frame(height=640, text=20),
}


def show(context: SimilarContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "figure": _figure(context, look.theme, look.choose(FRAMES, PRESENTED)),
        "criteria": criteria_list(context),
        "table": cohorts_table(context, look.theme),
        "events": events_table(context),
        "onward": onward(context),
    }


def words(context: SimilarContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def _figure(context: SimilarContext, theme: Theme, frame: Frame) -> dict:
    survival = context.drawn
    if survival is None:
        return message_figure(sentence(context), frame.height, theme.quiet)
    if not survival.result.n:
        return message_figure(empty_sentence(survival), frame.height, theme.quiet)
    options = survival.options.drawn
    return km_figure(
        survival.result,
        names=survival.group_names,
        curve_name=survival.endpoint.curve,
        event_name=survival.endpoint.event_name,
        origin=survival.origin,
        options=CurveOptions(options.unit, options.curve, options.show, None),
        theme=survival.coloured(theme),
        frame=frame,
    )


def picture(context: SimilarContext, kind: str) -> dict:
    """The figure as it leaves the product; its name says nothing of the patient."""
    figure = _figure(context, LIGHT, Frame(height=BODY, text=PICTURE_TEXT, width=WIDTH - PADDING))
    said = words(context).pictured
    return page_picture(figure, context.study, context.shown_view, SIMILAR, said, kind)


SERVED = Served(
    SIMILAR,
    ask,
    show,
    words,
    files={"similar.csv": File(similar_rows, units=UNITS)},
    picture=picture,
    finding=similar_finding,
    drawn=similar_drawn,
)
