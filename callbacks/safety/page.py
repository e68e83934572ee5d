"""The Safety page: sentence, table, side panels and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_print, register_text
from callbacks.reading import Request
from data.catalog import Catalog
from layouts.frame.shell import failed_words
from layouts.safety.options import read_options
from layouts.safety.page import PLACES
from layouts.safety.side import safety_side
from layouts.safety.table import safety_table
from layouts.safety.words import cautions, footnote, sentence

OUTPUTS = (
    Output("safety-table-html", "data"),
    Output("safety-side-html", "data"),
    Output("safety-sentence", "children"),
    Output("safety-cautions", "children"),
    Output("safety-footnote", "children"),
)


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Safety page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        context = answers.safety(study, view, options)
        return (
            safety_table(context, request.theme),
            safety_side(context, request.theme),
            sentence(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
        )

    def failure(request: Request) -> tuple:
        return "", "", failed_words("The adverse events"), [], ""

    register_page(app, catalog, "safety", OUTPUTS, answer, failure)
    for place in PLACES:
        register_text(app, place, f"{place}-html")
    register_print(app, "safety-print")
