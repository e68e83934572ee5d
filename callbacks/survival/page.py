"""The Survival page: figure, sentence, numbers, footnote, and its drawers and exports."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State, html, no_update

from analysis.weibull import weibull_fit
from analysis.witness import lifelines_witness
from callbacks.answers import Answers
from callbacks.page import register_page
from callbacks.pictures import register_export
from callbacks.reading import Request, read_request
from data.catalog import Catalog
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.frame.shell import failed, failed_words, request_id
from layouts.shared.graph import message_figure, sized
from layouts.survival.context import SurvivalContext, empty_sentence
from layouts.survival.method import method_page
from layouts.survival.options import read_options
from layouts.survival.page import FIGURE_HEIGHT, csv_address
from layouts.survival.picture import export_figure
from layouts.survival.side import numbers
from layouts.survival.table import data_table
from layouts.survival.witness import witness_panel
from layouts.survival.words import cautions, footnote, sentence

REQUEST = request_id("survival")
OUTPUTS = (
    Output("survival-graph", "figure"),
    Output("survival-graph", "style"),
    Output("survival-sentence", "children"),
    Output("survival-numbers", "children"),
    Output("survival-cautions", "children"),
    Output("survival-footnote", "children"),
)

# By the reader's screen; larger type for a projector, the same drawing otherwise.
FRAMES = {
    "narrow": Frame(height=500, text=11.5, narrow=True),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=700, text=14),
}
PRESENTED = {
    "narrow": Frame(height=500, text=11.5, narrow=True),
    "standard": Frame(height=580, text=17),
    "tall": Frame(height=760, text=20),
}


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Survival page."""

    def context_of(request: Request) -> tuple[SurvivalContext, list[str]]:
        reading = request.reading
        options, notes = read_options(reading.study, reading.view)
        return answers.survival(reading.study, reading.view, options), notes

    def on_this_page(request: Request) -> bool:
        view = request.reading.view
        return view is not None and view.page == "survival"

    def answer(request: Request) -> tuple:
        context, notes = context_of(request)
        return (
            *sized(draw(context, request)),
            sentence(context),
            numbers(context, request.theme),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
        )

    def failure(request: Request) -> tuple:
        words = failed_words("The survival curves")
        figure = message_figure(words, FIGURE_HEIGHT, request.theme.quiet)
        return *sized(figure), words, failed("The numbers"), [], ""

    register_page(app, catalog, "survival", OUTPUTS, answer, failure)

    for drawer in ("table", "method"):
        # Opened by its button, closed when another view comes: it was filled for the old one.
        app.clientside_callback(
            ClientsideFunction("cohort", "drawer"),
            Output(f"{drawer}-drawer", "opened"),
            Input(f"{drawer}-button", "n_clicks"),
            Input(REQUEST, "data"),
            prevent_initial_call=True,
        )

    @app.callback(
        Output("table-drawer-body", "children"),
        Input("table-drawer", "opened"),
        State(REQUEST, "data"),
        prevent_initial_call=True,
    )
    def fill_table(opened: bool, data: dict | None):
        if not opened or not data or not on_this_page(request := read_request(data, catalog)):
            return no_update
        return data_table(context_of(request)[0])

    @app.callback(
        Output("method-drawer-body", "children"),
        Input("method-drawer", "opened"),
        State(REQUEST, "data"),
        prevent_initial_call=True,
    )
    def fill_method(opened: bool, data: dict | None):
        if not opened or not data or not on_this_page(request := read_request(data, catalog)):
            return no_update
        context, _ = context_of(request)
        curves = csv_address("km.csv", request.reading.study, request.reading.view)
        witness = lifelines_witness(context.result) if context.result.n else None
        return method_page(context, witness_panel(witness), curves)

    def picture_of(request: Request, kind: str) -> dict:
        context, _ = context_of(request)
        return export_figure(context, fitted(context), kind)

    register_export(app, catalog, "survival", picture_of)


def draw(context: SurvivalContext, request: Request) -> dict:
    """The figure of a survival view for the reader's screen."""
    frames = PRESENTED if context.options.present else FRAMES
    frame = frames[request.screen]
    if not context.result.n:
        return message_figure(empty_sentence(context), frame.height, request.theme.quiet)
    return km_figure(
        context.result,
        names=context.group_names,
        heading=context.heading,
        curve_name=context.endpoint.curve,
        event_name=context.endpoint.event_name,
        origin=context.origin,
        options=context.options,
        theme=request.theme.for_split(context.by_arm),
        frame=frame,
        fitted=fitted(context),
        others=context.drawn_beside,
    )


def fitted(context: SurvivalContext) -> dict:
    """Weibull curves by group position, if the reader asked for them."""
    if not context.options.shows("weibull"):
        return {}
    curves = {}
    for index, group in enumerate(context.result.groups):
        fit = weibull_fit(context.result.table, index)
        if group.n and not fit.reason:
            curves[group.position] = (fit.time, fit.survival)
    return curves
