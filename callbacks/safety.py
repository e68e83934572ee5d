"""The Safety page: one answer for sentence, table, side panels and footnote together."""

from __future__ import annotations

import logging

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html, no_update

from callbacks.answers import Answers
from callbacks.reading import read_request
from data.address import search
from data.catalog import Catalog
from layouts.safety import PLACES
from layouts.safety_options import read_options
from layouts.safety_side import safety_side
from layouts.safety_table import safety_table
from layouts.safety_words import cautions, footnote, sentence
from layouts.shell import failed_words, request_id, shown_id

log = logging.getLogger(__name__)
PAGE = "safety"
CSV = {"type": "csv", "page": PAGE, "file": ALL}


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Safety page."""

    @app.callback(
        Output("safety-table-html", "data"),
        Output("safety-side-html", "data"),
        Output("safety-sentence", "children"),
        Output("safety-cautions", "children"),
        Output("safety-footnote", "children"),
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
            context = answers.safety(study, view, options)
            query = search(view, study)
            return (
                safety_table(context, request.theme),
                safety_side(context, request.theme),
                sentence(context),
                [html.P(text) for text in [*notes, *cautions(context)]],
                footnote(context),
                [f"/download/{one['file']}{query}" for one in csv_ids],
                shown,
            )
        except Exception as error:
            # Never the old table beside new filters; values stay out of the log.
            log.error("safety view failed: %s", type(error).__name__)
            words = failed_words("The adverse events")
            return "", "", words, [], "", ["#"] * len(csv_ids), shown

    for place in PLACES:
        app.clientside_callback(
            ClientsideFunction("cohort", "fillTable"),
            Input(f"{place}-html", "data"),
            State(place, "id"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        ClientsideFunction("cohort", "printPage"),
        Input("safety-print", "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("cohort", "current"),
        Input(shown_id(PAGE), "data"),
        prevent_initial_call=True,
    )
