"""The Overview page: one answer for cards, table, flow and footnote together."""

from __future__ import annotations

import logging

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html, no_update

from callbacks.answers import Answers
from callbacks.reading import read_request
from data.address import search
from data.catalog import Catalog
from layouts.overview import PLACES
from layouts.overview_head import overview_head
from layouts.overview_options import read_options
from layouts.overview_table import overview_flow, overview_table
from layouts.overview_words import cautions, flow_sentence, footnote, sentence
from layouts.shell import failed_words, request_id, shown_id

log = logging.getLogger(__name__)
PAGE = "overview"
CSV = {"type": "csv", "page": PAGE, "file": ALL}


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Overview page."""

    @app.callback(
        Output("overview-head-html", "data"),
        Output("overview-table-html", "data"),
        Output("overview-flow-html", "data"),
        Output("overview-sentence", "children"),
        Output("overview-cautions", "children"),
        Output("overview-footnote", "children"),
        Output("overview-flow-sentence", "children"),
        Output(CSV, "href"),
        Output(shown_id(PAGE), "data"),
        Input(request_id(PAGE), "data"),
        State(CSV, "id"),
    )
    def show(data: dict | None, csv_ids: list[dict]):
        request = read_request(data or {}, catalog)
        study, view = request.reading.study, request.reading.view
        if not data or view is None or view.page != PAGE:
            return (*([no_update] * 7), [no_update] * len(csv_ids), no_update)
        shown = {"search": request.search}
        try:
            options, notes = read_options(study, view)
            context = answers.overview(study, view, options)
            query = search(view, study)
            return (
                overview_head(context, request.theme),
                overview_table(context, request.theme),
                overview_flow(context, request.theme),
                sentence(context),
                [html.P(text) for text in [*notes, *cautions(context)]],
                footnote(context),
                flow_sentence(context),
                [f"/download/{one['file']}{query}" for one in csv_ids],
                shown,
            )
        except Exception as error:
            # Never the old table beside new filters; values stay out of the log.
            log.error("overview failed: %s", type(error).__name__)
            words = failed_words("The overview")
            return "", "", "", words, [], "", "", ["#"] * len(csv_ids), shown

    for place in PLACES:
        app.clientside_callback(
            ClientsideFunction("cohort", "fillTable"),
            Input(f"{place}-html", "data"),
            State(place, "id"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        ClientsideFunction("cohort", "printPage"),
        Input("overview-print", "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("cohort", "current"),
        Input(shown_id(PAGE), "data"),
        prevent_initial_call=True,
    )
