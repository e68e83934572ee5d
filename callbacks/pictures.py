"""SVG and PNG of a page's figure: one mechanism for every page that draws one."""

from __future__ import annotations

from collections.abc import Callable

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from callbacks.pages import page_named
from callbacks.reading import Request, read_request
from data.catalog import Catalog
from layouts.charts.picture import page_picture
from layouts.frame.shell import request_id
from layouts.shared.controls import export_ids


def register_page_export(
    app: Dash, catalog: Catalog, page_id: str, drawn: Callable[[Request], tuple[dict, list[str]]]
) -> None:
    """Register the buttons of a figure that is saved with the page's own words under it.

    Parameters
    ----------
    drawn : function of a Request
        The figure, and what the page says with it.
    """

    def picture_of(request: Request, kind: str) -> dict:
        figure, words = drawn(request)
        study, view = request.reading.study, request.reading.view
        return page_picture(figure, study, view, page_named(page_id), words, kind)

    register_export(app, catalog, page_id, picture_of)


def register_export(
    app: Dash, catalog: Catalog, page_id: str, picture_of: Callable[[Request, str], dict]
) -> None:
    """Register the buttons of a page's figure.

    Parameters
    ----------
    picture_of : function of a Request and a kind
        The picture (see layouts.charts.export) for ``svg`` or ``png``.
    """
    ids = export_ids(page_id)

    @app.callback(
        Output(ids.store, "data"),
        Input(ids.svg, "n_clicks"),
        Input(ids.png, "n_clicks"),
        State(request_id(page_id), "data"),
        prevent_initial_call=True,
    )
    def export(svg: int | None, png: int | None, data: dict | None):
        if not (svg or png) or not data:
            return no_update
        request = read_request(data, catalog)
        view = request.reading.view
        if view is None or view.page != page_id:
            return no_update
        return picture_of(request, "svg" if ctx.triggered_id == ids.svg else "png")

    app.clientside_callback(
        ClientsideFunction("cohort", "save"),
        Input(ids.store, "data"),
        prevent_initial_call=True,
    )
    # Nothing to save where a sentence stands in place of the figure.
    app.clientside_callback(
        ClientsideFunction("cohort", "withoutFigure"),
        Output(ids.buttons, "hidden"),
        Input(f"{page_id}-graph", "figure"),
    )
