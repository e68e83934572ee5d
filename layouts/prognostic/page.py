"""The Prognostic factors page: its controls and its places for sentence, table and footnote."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part, text_part
from layouts.prognostic.options import FOUND, NAMES, ORDERS, factors_of, read_options
from layouts.shared.controls import control_id, endpoint_control, labelled_select
from layouts.shared.parts import actions, file_link, sentence_place

FILES = {"prognostic.csv": "CSV"}


def prognostic_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    options, _ = read_options(study, view)
    return [
        html.Div(
            [
                endpoint_control(study, view),
                labelled_select("Order", "order", ORDERS, options.order),
            ],
            className="controls",
        ),
        html.Div(
            [html.P(id="prognostic-looks", className="looks"), _model(study, options)],
            className="looks-row model-row",
        ),
        sentence_place("prognostic"),
        html.Div(id="prognostic-cautions", className="cautions"),
        html.Div(
            id="prognostic-table",
            className="table-place",
            tabIndex="0",
            role="region",
            **{"aria-label": "Prognostic factors"},
        ),
        html.P(id="prognostic-footnote", className="footnote"),
        actions(
            "prognostic",
            [file_link("prognostic", "prognostic.csv", FILES["prognostic.csv"])],
            tables=("prognostic-table",),
        ),
    ]


def _model(study: Study, options) -> html.Div:
    data = [{"value": FOUND, "label": "All with p < 0.05 alone"}]
    data += [{"value": v.id, "label": v.label} for v in factors_of(study)]
    return html.Div(
        [
            html.Span("Multivariable model", className="field-label"),
            dmc.MultiSelect(
                id=control_id("model", "levels"),
                data=data,
                value=list(options.model),
                searchable=True,
                clearable=True,
                size="xs",
                maxDropdownHeight=320,
                placeholder="add …",
                clearButtonProps={"aria-label": "Multivariable model: none"},
                **{"aria-label": "Multivariable model"},
            ),
        ],
        className="model",
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    return {
        "endpoint": {"value": view.endpoint},
        "order": {"value": options.order},
        "model": {"levels": list(options.model)},
    }


PROGNOSTIC = Page(
    id="prognostic",
    label="Prognostic factors",
    question="What goes with the outcome? Univariable and multivariable Cox regression",
    subject="The prognostic factors",
    option_names=NAMES,
    read_options=read_options,
    build=prognostic_page,
    control_values=control_values,
    parts={"table": text_part("prognostic-table"), "looks": Part("prognostic-looks")},
    files=FILES,
    shows_endpoint=lambda study, view: True,
)
