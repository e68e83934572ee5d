"""The Compare arms page: one answer for figure, numbers, tables, sentence and footnote together."""

from __future__ import annotations

import logging

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html, no_update

from callbacks.answers import Answers
from callbacks.reading import read_request
from data.address import search
from data.catalog import Catalog
from layouts.arm_balance import balance_side, balance_table
from layouts.arm_competing import competing_side
from layouts.arm_context import ArmContext
from layouts.arm_effect import effect_side
from layouts.arm_figures import arm_figure
from layouts.arm_method import footnote
from layouts.arm_options import read_options
from layouts.arm_response import response_forest, response_side
from layouts.arm_words import cautions, sentence
from layouts.arms import FIGURE_HEIGHT, wider_link
from layouts.charts.km import Frame
from layouts.graph import message_figure, sized
from layouts.shell import failed_words, request_id, shown_id
from layouts.theme import Theme

log = logging.getLogger(__name__)
PAGE = "arms"
CSV = {"type": "csv", "page": PAGE, "file": ALL}
FRAMES = {
    "narrow": Frame(height=470, text=11.5, narrow=True),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=620, text=14),
}
PRESENTED = {
    "narrow": Frame(height=470, text=11.5, narrow=True),
    "standard": Frame(height=520, text=16),
    "tall": Frame(height=700, text=19),
}


def side(context: ArmContext, theme: Theme) -> str:
    """The numbers beside the figure, as HTML."""
    if context.result is None:
        return ""
    if context.options.show == "balance":
        return balance_side(context)
    sides = {"effect": effect_side, "competing": competing_side, "response": response_side}
    return sides[context.options.show](context, theme)


def below(context: ArmContext) -> str:
    """The table under the figure, as HTML; most sections have none."""
    tables = {"balance": balance_table, "response": response_forest}
    table = tables.get(context.options.show)
    return table(context) if table and context.result is not None else ""


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Compare arms page."""

    @app.callback(
        Output("arms-graph", "figure"),
        Output("arms-graph", "style"),
        Output("arms-side-html", "data"),
        Output("arms-below-html", "data"),
        Output("arms-sentence", "children"),
        Output("arms-wider", "children"),
        Output("arms-cautions", "children"),
        Output("arms-footnote", "children"),
        Output("arms-body", "className"),
        Output(CSV, "href"),
        Output(shown_id(PAGE), "data"),
        Input(request_id(PAGE), "data"),
        State(CSV, "id"),
    )
    def show(data: dict | None, csv_ids: list[dict]):
        request = read_request(data or {}, catalog)
        study, view = request.reading.study, request.reading.view
        if not data or view is None or view.page != PAGE:
            return (*([no_update] * 9), [no_update] * len(csv_ids), no_update)
        shown = {"search": request.search}
        section = ""
        try:
            options, notes = read_options(study, view)
            section = options.show
            frames = PRESENTED if view.option("present") == "on" else FRAMES
            context = answers.arms(study, view, options)
            query = search(view, study)
            return (
                *sized(arm_figure(context, request.theme, frames[request.screen])),
                side(context, request.theme),
                below(context),
                sentence(context),
                wider_link(context),
                [html.P(text) for text in [*notes, *cautions(context)]],
                footnote(context),
                f"arms {section}",
                [f"/download/{one['file']}{query}" for one in csv_ids],
                shown,
            )
        except Exception as error:
            # Never the old figure beside new filters; values stay out of the log.
            log.error("arms view failed: %s", type(error).__name__)
            words = failed_words("The comparison of the arms")
            figure = sized(message_figure(words, FIGURE_HEIGHT, request.theme.quiet))
            hrefs = ["#"] * len(csv_ids)
            return *figure, "", "", words, None, [], "", f"arms {section}", hrefs, shown

    for place in ("side", "below"):
        app.clientside_callback(
            ClientsideFunction("cohort", "fillTable"),
            Input(f"arms-{place}-html", "data"),
            State(f"arms-{place}", "id"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        ClientsideFunction("cohort", "current"),
        Input(shown_id(PAGE), "data"),
        prevent_initial_call=True,
    )
