"""The Other trials page: its controls and its places for figure, sentence, table and footnote."""

from __future__ import annotations

from dash import dcc, html

from data.address import View
from data.study import Study
from layouts.shared.controls import endpoint_control, export_buttons, labelled_select
from layouts.shared.graph import graph
from layouts.trials.options import ORDERS, groups_of_treatment, read_options
from layouts.trials.words import NAIVE

FIGURE_HEIGHT = 520


def context_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    options, _ = read_options(study, view)
    head, _, rest = NAIVE.partition(":")
    return [
        html.Div(
            [
                endpoint_control(study, view),
                labelled_select("Treatment", "group", groups_of_treatment(), options.group),
                labelled_select("Order", "order", ORDERS, options.order),
            ],
            className="controls",
        ),
        html.P([html.Strong(f"{head}:"), rest], className="naive"),
        html.P(id="context-sentence", className="sentence"),
        html.Div(id="context-cautions", className="cautions"),
        html.Figure(
            graph("context-graph", "Medians of other trials and of this cohort", FIGURE_HEIGHT),
            className="figure",
        ),
        dcc.Store(id="context-html"),
        html.Div(
            id="context-table",
            className="table-place",
            tabIndex="0",
            role="region",
            **{"aria-label": "Other trials"},
        ),
        html.P(id="context-footnote", className="footnote"),
        html.Div(
            [
                html.A(
                    "CSV",
                    id={"type": "csv", "page": "context", "file": "context.csv"},
                    href="#",
                    download="",
                ),
                export_buttons("context"),
            ],
            className="actions",
        ),
    ]


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {"endpoint": view.endpoint, "group": options.group, "order": options.order}
    return {name: {"value": value} for name, value in values.items()}
