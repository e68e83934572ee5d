"""What every page does: answer a request with all of its parts together, or with none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from callbacks.reading import Request, read_request, remade, request_texts, study_key
from data.address import View, search
from data.catalog import Catalog
from layouts.frame.shell import request_id, shown_id

log = logging.getLogger(__name__)


def csv_links(page_id: str) -> dict:
    """The ids of a page's links to its files."""
    return {"type": "csv", "page": page_id, "file": ALL}


def register_page(
    app: Dash,
    catalog: Catalog,
    page_id: str,
    outputs: Sequence[Output],
    answer: Callable[[Request], tuple],
    failure: Callable[[Request], tuple],
    linked: Callable[[Request], View] = lambda request: request.reading.view,
) -> None:
    """Register the answer of a page: one for figure, sentence, tables and files together.

    Parameters
    ----------
    outputs : sequence of Output
        The parts of the page, all changed by every answer.
    answer : function of a Request
        One value for each output.
    failure : function of a Request
        The same where the answer cannot be computed: it says so, and nothing old stays.
    linked : function of a Request
        The view whose files the page links: that of the address, or what of it is shown.
    """
    csv = csv_links(page_id)

    @app.callback(
        *outputs,
        Output(csv, "href"),
        Output(shown_id(page_id), "data"),
        Input(request_id(page_id), "data"),
    )
    def show(data: dict | None):
        texts = request_texts(data)
        request = read_request(texts, catalog)
        study, view = request.reading.study, request.reading.view
        if not texts or view is None or view.page != page_id:
            raise PreventUpdate
        *places, links, _ = ctx.outputs_list
        shown = {"search": request.search}
        if remade(texts.get("version"), study):
            # The filters on the screen are those of an earlier state of the study's files.
            shown["version"] = study_key(study)
        try:
            values = answer(request)
            query = search(linked(request), study)
        except Exception as error:
            # Never the old numbers beside new filters; values stay out of the log.
            log.error("%s view failed: %s", page_id, type(error).__name__)
            return *_fitting(failure(request), places), ["#"] * len(links), shown
        hrefs = [f"/download/{one['id']['file']}{query}" for one in links]
        return *_fitting(values, places), hrefs, shown

    app.clientside_callback(
        ClientsideFunction("cohort", "current"),
        Input(shown_id(page_id), "data"),
        prevent_initial_call=True,
    )


def _fitting(values: Sequence, places: Sequence[dict | list]) -> tuple:
    """The values, without those for parts that are not on the page as often as the answer has them.

    What matches a pattern depends on the study. When another one is asked for, its first answer may
    come to the page of the study before, which is about to be replaced.
    """
    return tuple(
        [no_update] * len(place) if isinstance(place, list) and len(place) != len(value) else value
        for value, place in zip(values, places, strict=True)
    )


def register_text(app: Dash, place: str, store: str) -> None:
    """Put a table that comes as text into its place on the page."""
    app.clientside_callback(
        ClientsideFunction("cohort", "fillTable"),
        Input(store, "data"),
        State(place, "id"),
        prevent_initial_call=True,
    )


def register_print(app: Dash, button: str) -> None:
    """A button that prints the page."""
    app.clientside_callback(
        ClientsideFunction("cohort", "printPage"),
        Input(button, "n_clicks"),
        prevent_initial_call=True,
    )
