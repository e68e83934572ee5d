"""The Dosimetry page: figure, numbers, calculators, sentence and footnote."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_text
from callbacks.pictures import register_page_export
from callbacks.reading import Request
from data.address import View
from data.catalog import Catalog
from data.study import Study
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.charts.picture import BODY, TEXT
from layouts.dosimetry.activity import activity_result
from layouts.dosimetry.activity_inputs import BY_METHOD
from layouts.dosimetry.agreement import agreement_figure
from layouts.dosimetry.context import DosimetryContext
from layouts.dosimetry.dose_response import response_figure, toxicity_figure
from layouts.dosimetry.method import footnote, looked_at
from layouts.dosimetry.options import (
    ACTIVITY,
    AGREEMENT,
    RESPONSE,
    SURVIVAL,
    DosimetryOptions,
    as_shown,
    estimates_of,
    read_options,
    views_of,
)
from layouts.dosimetry.page import (
    FIGURE_HEIGHT,
    PLACES,
    compartment_choices,
    segments,
    slider_props,
    threshold_words,
)
from layouts.dosimetry.side import dosimetry_side
from layouts.dosimetry.words import cautions, obstacle, sentence
from layouts.frame.shell import failed_words
from layouts.shared.graph import blank_layout, message_figure, sized
from layouts.shared.theme import LIGHT, Theme
from layouts.survival.options import SurvivalOptions

FRAMES = {
    "narrow": Frame(height=560, text=11.5, narrow=True),
    "standard": Frame(height=FIGURE_HEIGHT, low=True),
    "tall": Frame(height=560, text=14),
}
PRESENTED = {
    "narrow": Frame(height=560, text=11.5, narrow=True),
    "standard": Frame(height=480, text=16, low=True),
    "tall": Frame(height=680, text=19),
}
OUTPUTS = (
    Output("dosimetry-graph", "figure"),
    Output("dosimetry-graph", "style"),
    *[Output(f"{place}-html", "data") for place in PLACES],
    Output("dosimetry-sentence", "children"),
    Output("dosimetry-cautions", "children"),
    Output("dosimetry-footnote", "children"),
    Output("dosimetry-body", "className"),
    Output("dosimetry-looked-at", "data"),
    Output("dosimetry-fitted", "data"),
)


def dosimetry_figure(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    """The figure of the shown view; a sentence in its place where there is none."""
    view = context.options.view
    if view == ACTIVITY:
        return {"data": [], "layout": blank_layout(10)}
    if blocked := obstacle(context):
        return message_figure(blocked, 220, theme.quiet)
    if view == SURVIVAL:
        return _survival_figure(context, theme, frame)
    figures = {AGREEMENT: agreement_figure, RESPONSE: response_figure}
    return figures.get(view, toxicity_figure)(context, theme, frame)


def _survival_figure(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    found = context.result
    origin = found.endpoint.origin
    if found.landmark_days is not None:
        origin = f"day {found.landmark_days} after {origin}"
    return km_figure(
        found.groups,
        names=tuple(group.label for group in found.groups.groups),
        heading=context.dose_words(),
        curve_name=found.endpoint.curve,
        event_name=found.endpoint.event_name,
        origin=origin,
        options=SurvivalOptions(),
        theme=theme,
        frame=frame,
    )


def _fitted_controls(study: Study, options: DosimetryOptions) -> dict | None:
    """What the controls must be for the shown view; None where the study has none of them."""
    if len(views_of(study)) < 2:
        return None
    return {
        "compartments": compartment_choices(study, options.view),
        "estimates": segments(estimates_of(options.dose)),
        "slider": slider_props(options),
        "words": threshold_words(options),
    }


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Dosimetry page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        frames = PRESENTED if view.option("present") == "on" else FRAMES
        context = answers.dosimetry(study, view, options)
        shown = options.view == ACTIVITY
        # Doses, above or below: never the arms.
        theme = request.theme.for_split(by_arm=False)
        return (
            *sized(dosimetry_figure(context, theme, frames[request.screen])),
            dosimetry_side(context, theme),
            *[activity_result(one, options.entries) if shown else "" for one in BY_METHOD],
            sentence(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
            f"dosimetry view-{options.view}",
            looked_at(context),
            _fitted_controls(study, options),
        )

    def failure(request: Request) -> tuple:
        words = failed_words("The doses")
        figure = sized(message_figure(words, FIGURE_HEIGHT, request.theme.quiet))
        options, _ = read_options(request.reading.study, request.reading.view)
        nothing = [""] * len(PLACES)
        return *figure, *nothing, words, [], "", f"dosimetry view-{options.view}", None, None

    def linked(request: Request) -> View:
        options, _ = read_options(request.reading.study, request.reading.view)
        return as_shown(request.reading.view, options)

    def drawn(request: Request) -> tuple[dict, list[str]]:
        study, view = request.reading.study, request.reading.view
        options, _ = read_options(study, view)
        context = answers.dosimetry(study, view, options)
        figure = dosimetry_figure(
            context, LIGHT.for_split(by_arm=False), Frame(height=BODY, text=TEXT)
        )
        return figure, [sentence(context), *cautions(context), footnote(context)]

    register_page_export(app, catalog, "dosimetry", drawn)
    register_page(app, catalog, "dosimetry", OUTPUTS, answer, failure, linked)
    for place in PLACES:
        register_text(app, place, f"{place}-html")
    app.clientside_callback(
        ClientsideFunction("dosimetry", "looks"),
        Output("dosimetry-looks", "children"),
        Input("dosimetry-looked-at", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("dosimetry", "fit"),
        Input("dosimetry-fitted", "data"),
        prevent_initial_call=True,
    )
