"""The Prognostic factors page: its controls and its places for sentence, table and footnote."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html

from data.address import View
from data.study import Study
from layouts.prognostic.options import FOUND, ORDERS, factors_of, read_options
from layouts.shared.controls import control_id, endpoint_control, labelled_select


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
        html.P(id="prognostic-sentence", className="sentence"),
        html.Div(id="prognostic-cautions", className="cautions"),
        dcc.Store(id="prognostic-html"),
        html.Div(
            id="prognostic-table",
            className="table-place",
            tabIndex="0",
            role="region",
            **{"aria-label": "Prognostic factors"},
        ),
        html.P(id="prognostic-footnote", className="footnote"),
        html.Div(
            html.A(
                "CSV",
                id={"type": "csv", "page": "prognostic", "file": "prognostic.csv"},
                href="#",
                download="",
            ),
            className="actions",
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
