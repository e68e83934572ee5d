"""The Other trials page, served: figure, table, words and picture."""

from __future__ import annotations

from callbacks.files import File
from callbacks.page import Served
from callbacks.trials.ask import ask
from callbacks.trials.rows import context_rows
from callbacks.workbook import MONTHS
from data.address import NO_SPLIT, View
from data.study import ARM
from layouts.charts.picture import TEXT as PICTURE_TEXT
from layouts.charts.picture import page_picture
from layouts.frame.page import Words
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT, Theme
from layouts.shared.words import shown_provenance
from layouts.trials.context import TrialsContext
from layouts.trials.figure import medians_figure
from layouts.trials.finding import trials_finding
from layouts.trials.page import TRIALS
from layouts.trials.slide import trials_drawn
from layouts.trials.table import context_table
from layouts.trials.words import cautions, method, sentence

# Size of the text in pixels, by the reader's screen.
PUBLISHED = dict.fromkeys(("median", "lower", "upper"), MONTHS)
TEXT = {"narrow": 11.5, "standard": 13, "tall": 14}
PRESENTED = {"narrow": 11.5, "standard": 16, "tall": 19, SLIDE: 12}


def show(context: TrialsContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    figure = medians_figure(
        context,
        _theme(look.theme, context.survival.view),
        text=look.choose(TEXT, PRESENTED),
        narrow=look.screen == "narrow",
    )
    return {"figure": figure, "table": context_table(context)}


def words(context: TrialsContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.survival.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def picture(context: TrialsContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    theme = _theme(LIGHT, context.survival.view)
    figure = medians_figure(context, theme, text=PICTURE_TEXT, narrow=False)
    study, view = context.survival.study, context.survival.view
    return page_picture(figure, study, view, TRIALS, words(context).pictured, kind)


def _theme(theme: Theme, view: View) -> Theme:
    return theme.for_split(view.by in (ARM, NO_SPLIT))


SERVED = Served(
    TRIALS,
    ask,
    show,
    words,
    files={"context.csv": File(context_rows, units=PUBLISHED)},
    picture=picture,
    finding=trials_finding,
    drawn=trials_drawn,
    counted=ask,
)
