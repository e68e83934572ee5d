"""The Prognostic factors page: one answer for sentence, table and footnote together."""

from __future__ import annotations

import logging

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html, no_update

from callbacks.answers import Answers
from callbacks.reading import read_request
from data.address import search
from data.catalog import Catalog
from layouts.prognostic_options import read_options
from layouts.prognostic_table import prognostic_table
from layouts.prognostic_words import cautions, footnote, looks, sentence
from layouts.shell import failed_words, request_id, shown_id

log = logging.getLogger(__name__)
PAGE = "prognostic"
CSV = {"type": "csv", "page": PAGE, "file": ALL}


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Prognostic factors page."""

    @app.callback(
        Output("prognostic-html", "data"),
        Output("prognostic-looks", "children"),
        Output("prognostic-sentence", "children"),
        Output("prognostic-cautions", "children"),
        Output("prognostic-footnote", "children"),
        Output(CSV, "href"),
        Output(shown_id(PAGE), "data"),
        Input(request_id(PAGE), "data"),
        State(CSV, "id"),
    )
    def show(data: dict | None, csv_ids: list[dict]):
        request = read_request(data or {}, catalog)
        study, view = request.reading.study, request.reading.view
        if not data or view is None or view.page != PAGE:
            return (*([no_update] * 5), [no_update] * len(csv_ids), no_update)
        shown = {"search": request.search}
        try:
            options, notes = read_options(study, view)
            context = answers.prognostic(study, view, options)
            query = search(view, study)
            return (
                prognostic_table(context),
                looks(context) if context.with_endpoint else "",
                sentence(context),
                [html.P(text) for text in [*notes, *cautions(context)]],
                footnote(context),
                [f"/download/{one['file']}{query}" for one in csv_ids],
                shown,
            )
        except Exception as error:
            # Never the old table beside new filters; values stay out of the log.
            log.error("prognostic view failed: %s", type(error).__name__)
            words = failed_words("The prognostic factors")
            return "", "", words, [], "", ["#"] * len(csv_ids), shown

    app.clientside_callback(
        ClientsideFunction("cohort", "fillTable"),
        Input("prognostic-html", "data"),
        State("prognostic-table", "id"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("cohort", "current"),
        Input(shown_id(PAGE), "data"),
        prevent_initial_call=True,
    )
