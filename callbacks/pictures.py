"""SVG and PNG of a page's figure or table: one mechanism for every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from layouts.frame.page import Page, Words
from layouts.frame.shell import request_id
from layouts.shared.controls import export_ids
from layouts.tables.picture import Heading, table_picture


def register_picture(
    app: Dash, page: Page, asked: Callable, picture: Callable[[object, str], dict]
) -> None:
    """Register the buttons that save what a page shows.

    Parameters
    ----------
    asked : function of request data
        What the page on the screen asks for (see callbacks.page.Asked); None where it is another.
    picture : function of (context, kind)
        The picture (see layouts.charts.picture and layouts.tables.picture) for ``svg`` or ``png``.
    """
    ids = export_ids(page.id)

    @app.callback(
        Output(ids.store, "data"),
        Input(ids.svg, "n_clicks"),
        Input(ids.png, "n_clicks"),
        State(request_id(page.id), "data"),
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
    if page.figure_height is not None:
        # No buttons where a sentence stands in place of the figure; of tables see assets/save.js.
        app.clientside_callback(
            ClientsideFunction("cohort", "drawn"),
            Input(f"{page.id}-graph", "figure"),
            State(ids.buttons, "id"),
        )


def picture_of_table(
    page: Page,
    table: Callable[[Any], str],
    words: Callable[[Any], Words],
    title: str = "",
    cohort: Callable[[Any], str] = lambda context: "",
) -> Callable[[Any, str], dict]:
    """What saves the table of a page.

    Parameters
    ----------
    table, words : function of a context
        The table as HTML, and what the page says with it.
    title : str
        What the table is, where the page's name does not say it.
    cohort : function of a context
        Whom it is about; empty where the filters of the view say it.
    """

    def picture(context: Any, kind: str) -> dict:
        said = words(context).pictured
        about = Heading(title, cohort(context))
        return table_picture(table(context), context.study, context.view, page, said, kind, about)

    return picture
