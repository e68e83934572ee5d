"""The Evidence page: summary by table, sentence, the part asked for and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_print, register_text
from callbacks.reading import Request
from data.catalog import Catalog
from layouts.evidence.options import read_options
from layouts.evidence.page import PLACES, evidence_body
from layouts.evidence.table import evidence_summary
from layouts.evidence.words import cautions, footnote, sentence
from layouts.frame.shell import failed_words

OUTPUTS = (
    Output("evidence-summary-html", "data"),
    Output("evidence-table-html", "data"),
    Output("evidence-sentence", "children"),
    Output("evidence-cautions", "children"),
    Output("evidence-footnote", "children"),
)


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Evidence page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        context = answers.evidence(study, view, options)
        return (
            evidence_summary(context),
            evidence_body(context),
            sentence(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
        )

    def failure(request: Request) -> tuple:
        return "", "", failed_words("The evidence"), [], ""

    register_page(app, catalog, "evidence", OUTPUTS, answer, failure)
    for place in PLACES:
        register_text(app, place, f"{place}-html")
    register_print(app, "evidence-print")
