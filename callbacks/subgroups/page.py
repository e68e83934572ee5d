"""The Subgroups page: sentence, counts, table and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_print, register_text
from callbacks.reading import Request
from data.catalog import Catalog
from layouts.frame.shell import failed_words
from layouts.subgroups.options import read_options
from layouts.subgroups.table import subgroup_table
from layouts.subgroups.words import cautions, footnote, looks, sentence

OUTPUTS = (
    Output("subgroups-html", "data"),
    Output("subgroups-looks", "children"),
    Output("subgroups-sentence", "children"),
    Output("subgroups-cautions", "children"),
    Output("subgroups-footnote", "children"),
)


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Subgroups page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        context = answers.subgroups(study, view, options)
        return (
            subgroup_table(context),
            looks(context) if context.n else "",
            sentence(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
        )

    def failure(request: Request) -> tuple:
        return "", "", failed_words("The subgroups"), [], ""

    register_page(app, catalog, "subgroups", OUTPUTS, answer, failure)
    register_text(app, "subgroups-table", "subgroups-html")
    register_print(app, "subgroups-print")
