"""The Compare arms page: figure, numbers, tables, sentence and footnote."""

from __future__ import annotations

from dash import Dash, Output, html

from callbacks.answers import Answers
from callbacks.page import register_page, register_text
from callbacks.pictures import register_page_export
from callbacks.reading import Request
from data.catalog import Catalog
from layouts.arms.balance import balance_side, balance_table
from layouts.arms.cautions import cautions
from layouts.arms.competing import competing_side
from layouts.arms.context import ArmContext
from layouts.arms.effect import effect_side
from layouts.arms.figure import arm_figure
from layouts.arms.method import footnote
from layouts.arms.options import read_options
from layouts.arms.page import FIGURE_HEIGHT, wider_link
from layouts.arms.response import response_side
from layouts.arms.response_forest import response_forest
from layouts.arms.words import sentence
from layouts.charts.km import Frame
from layouts.charts.picture import BODY, TEXT
from layouts.frame.shell import failed_words
from layouts.shared.graph import message_figure, sized
from layouts.shared.theme import LIGHT, Theme

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


OUTPUTS = (
    Output("arms-graph", "figure"),
    Output("arms-graph", "style"),
    Output("arms-side-html", "data"),
    Output("arms-below-html", "data"),
    Output("arms-sentence", "children"),
    Output("arms-wider", "children"),
    Output("arms-cautions", "children"),
    Output("arms-footnote", "children"),
    Output("arms-body", "className"),
)


def register(app: Dash, catalog: Catalog, answers: Answers) -> None:
    """Register the callbacks of the Compare arms page."""

    def answer(request: Request) -> tuple:
        study, view = request.reading.study, request.reading.view
        options, notes = read_options(study, view)
        frames = PRESENTED if view.option("present") == "on" else FRAMES
        context = answers.arms(study, view, options)
        return (
            *sized(arm_figure(context, request.theme, frames[request.screen])),
            side(context, request.theme),
            below(context),
            sentence(context),
            wider_link(context),
            [html.P(text) for text in [*notes, *cautions(context)]],
            footnote(context),
            f"arms {options.show}",
        )

    def failure(request: Request) -> tuple:
        words = failed_words("The comparison of the arms")
        figure = sized(message_figure(words, FIGURE_HEIGHT, request.theme.quiet))
        return *figure, "", "", words, None, [], "", "arms"

    def drawn(request: Request) -> tuple[dict, list[str]]:
        study, view = request.reading.study, request.reading.view
        options, _ = read_options(study, view)
        context = answers.arms(study, view, options)
        figure = arm_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
        return figure, [sentence(context), *cautions(context), footnote(context)]

    register_page_export(app, catalog, "arms", drawn)
    register_page(app, catalog, "arms", OUTPUTS, answer, failure)
    for place in ("side", "below"):
        register_text(app, f"arms-{place}", f"arms-{place}-html")
