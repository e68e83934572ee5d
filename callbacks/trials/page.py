"""The Other trials page: figure, sentence, cautions, table and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_text
from callbacks.pictures import register_page_export
from callbacks.reading import Request
from data.address import NO_SPLIT
from data.catalog import Catalog
from data.study import ARM
from layouts.charts.picture import TEXT as EXPORT_TEXT
from layouts.frame.shell import failed_words
from layouts.shared.graph import message_figure, sized
from layouts.shared.theme import LIGHT
from layouts.trials.figure import medians_figure
from layouts.trials.options import read_options
from layouts.trials.page import FIGURE_HEIGHT
from layouts.trials.table import context_table
from layouts.trials.words import cautions, footnote, sentence

OUTPUTS = (
    Output("context-graph", "figure"),
    Output("context-graph", "style"),
    Output("context-html", "data"),
    Output("context-sentence", "children"),
    Output("context-cautions", "children"),
    Output("context-footnote", "children"),
)
# Size of the text in pixels, by the reader's screen.
TEXT = {"narrow": 11.5, "standard": 13, "tall": 14}
PRESENTED = {"narrow": 11.5, "standard": 16, "tall": 19}


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Other trials page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        context = answers.context(study, view, options)
        text = (PRESENTED if options.present else TEXT)[request.screen]
        narrow = request.screen == "narrow"
        theme = request.theme.for_split(view.by in (ARM, NO_SPLIT))
        figure = medians_figure(context, theme, text=text, narrow=narrow)
        return (
            *sized(figure),
            context_table(context),
            sentence(context),
            [html.P(words) for words in [*notes, *cautions(context)]],
            footnote(context),
        )

    def failure(request: Request) -> tuple:
        words = failed_words("The comparison with other trials")
        figure = message_figure(words, FIGURE_HEIGHT, request.theme.quiet)
        return *sized(figure), "", words, [], ""

    def drawn(request: Request) -> tuple[dict, list[str]]:
        study, view = request.reading.study, request.reading.view
        options, _ = read_options(study, view)
        context = answers.context(study, view, options)
        figure = medians_figure(
            context, LIGHT.for_split(view.by in (ARM, NO_SPLIT)), text=EXPORT_TEXT, narrow=False
        )
        return figure, [sentence(context), *cautions(context), footnote(context)]

    register_page_export(app, catalog, "context", drawn)
    register_page(app, catalog, "context", OUTPUTS, answer, failure)
    register_text(app, "context-table", "context-html")
