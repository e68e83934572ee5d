"""SVG and PNG of a page's figure: one mechanism for every page that draws one."""

from __future__ import annotations

from collections.abc import Callable

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from layouts.frame.shell import request_id
from layouts.shared.controls import export_ids


def register_picture(
    app: Dash, page_id: str, asked: Callable, picture: Callable[[object, str], dict]
) -> None:
    """Register the buttons of a page's figure.

    Parameters
    ----------
    asked : function of request data
        What the page on the screen asks for (see callbacks.page.Asked); None where it is another.
    picture : function of (context, kind)
        The picture (see layouts.charts.picture) for ``svg`` or ``png``.
    """
    ids = export_ids(page_id)

    @app.callback(
        Output(ids.store, "data"),
        Input(ids.svg, "n_clicks"),
        Input(ids.png, "n_clicks"),
        State(request_id(page_id), "data"),
        prevent_initial_call=True,
    )
    def save(svg: int | None, png: int | None, data: dict | None):
        found = asked(data) if svg or png else None
        if found is None:
            return no_update
        return picture(found.context, "svg" if ctx.triggered_id == ids.svg else "png")

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
