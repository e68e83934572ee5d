"""The Prognostic factors page: sentence, counts, table and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_text
from callbacks.reading import Request
from data.catalog import Catalog
from layouts.frame.shell import failed_words
from layouts.prognostic.options import read_options
from layouts.prognostic.table import prognostic_table
from layouts.prognostic.words import cautions, footnote, looks, sentence

OUTPUTS = (
    Output("prognostic-html", "data"),
    Output("prognostic-looks", "children"),
    Output("prognostic-sentence", "children"),
    Output("prognostic-cautions", "children"),
    Output("prognostic-footnote", "children"),
)


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Prognostic factors page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        context = answers.prognostic(study, view, options)
        return (
            prognostic_table(context),
            looks(context) if context.with_endpoint else "",
            sentence(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
        )

    def failure(request: Request) -> tuple:
        return "", "", failed_words("The prognostic factors"), [], ""

    register_page(app, catalog, "prognostic", OUTPUTS, answer, failure)
    register_text(app, "prognostic-table", "prognostic-html")
