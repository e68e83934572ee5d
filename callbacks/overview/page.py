"""The Overview page: cards, table, flow and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_print, register_text
from callbacks.reading import Request
from data.catalog import Catalog
from layouts.frame.shell import failed_words
from layouts.overview.head import overview_head
from layouts.overview.options import read_options
from layouts.overview.page import PLACES
from layouts.overview.table import overview_flow, overview_table
from layouts.overview.words import cautions, flow_sentence, footnote, sentence

OUTPUTS = (
    Output("overview-head-html", "data"),
    Output("overview-table-html", "data"),
    Output("overview-flow-html", "data"),
    Output("overview-sentence", "children"),
    Output("overview-cautions", "children"),
    Output("overview-footnote", "children"),
    Output("overview-flow-sentence", "children"),
)


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Overview page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        context = answers.overview(study, view, options)
        return (
            overview_head(context, request.theme),
            overview_table(context, request.theme),
            overview_flow(context, request.theme),
            sentence(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
            flow_sentence(context),
        )

    def failure(request: Request) -> tuple:
        return "", "", "", failed_words("The overview"), [], "", ""

    register_page(app, catalog, "overview", OUTPUTS, answer, failure)
    for place in PLACES:
        register_text(app, place, f"{place}-html")
    register_print(app, "overview-print")
