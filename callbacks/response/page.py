"""The Response page: figure, numbers, table, sentence, cautions and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_text
from callbacks.pictures import register_page_export
from callbacks.reading import Request
from data.catalog import Catalog
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT
from layouts.frame.shell import failed_words
from layouts.response.by import response_by_table
from layouts.response.cautions import cautions, footnote, looks
from layouts.response.context import ResponseContext
from layouts.response.figure import response_view_figure
from layouts.response.options import read_options
from layouts.response.page import FIGURE_HEIGHT, PLACES
from layouts.response.side import best_side, course_side, depth_side
from layouts.response.words import sentence
from layouts.shared.graph import message_figure, sized
from layouts.shared.theme import LIGHT, Theme
from layouts.survival.side import numbers

FRAMES = {
    "narrow": Frame(height=470, text=11.5, narrow=True),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=660, text=14),
}
PRESENTED = {
    "narrow": Frame(height=470, text=11.5, narrow=True),
    "standard": Frame(height=540, text=16),
    "tall": Frame(height=720, text=19),
}
OUTPUTS = (
    Output("response-graph", "figure"),
    Output("response-graph", "style"),
    Output("response-side-html", "data"),
    Output("response-below-html", "data"),
    Output("response-numbers", "children"),
    Output("response-looks", "children"),
    Output("response-sentence", "children"),
    Output("response-cautions", "children"),
    Output("response-footnote", "children"),
    Output("response-body", "className"),
)


def side(context: ResponseContext, theme: Theme) -> str:
    """The numbers beside the figure, as HTML."""
    sides = {"best": best_side, "depth": depth_side, "course": course_side}
    made = sides.get(context.options.view)
    return made(context, theme) if made and context.result is not None else ""


def survival_numbers(context: ResponseContext, theme: Theme) -> list:
    """The numbers beside the curves of the landmark analysis."""
    if context.options.view != "landmark" or context.result is None:
        return []
    survival = context.result.survival
    return numbers(survival, theme) if survival.result.n else []


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Response page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        frames = PRESENTED if options.present else FRAMES
        context = answers.response(study, view, options)
        below = response_by_table(context) if options.view == "by" else ""
        return (
            *sized(response_view_figure(context, request.theme, frames[request.screen])),
            side(context, request.theme),
            below,
            survival_numbers(context, request.theme),
            looks(context),
            sentence(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
            f"response {options.view}" + ("" if context.result is not None else " nothing"),
        )

    def failure(request: Request) -> tuple:
        words = failed_words("The response")
        figure = sized(message_figure(words, FIGURE_HEIGHT, request.theme.quiet))
        return *figure, "", "", [], "", words, [], "", "response"

    def drawn(request: Request) -> tuple[dict, list[str]]:
        study, view = request.reading.study, request.reading.view
        options, _ = read_options(study, view)
        context = answers.response(study, view, options)
        figure = response_view_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
        return figure, [sentence(context), *cautions(context), footnote(context)]

    register_page_export(app, catalog, "response", drawn)
    register_page(app, catalog, "response", OUTPUTS, answer, failure)
    for place in PLACES:
        register_text(app, place, f"{place}-html")
