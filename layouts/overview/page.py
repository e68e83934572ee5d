"""The Overview page: its controls and its places for cards, table and flow."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part, text_part
from layouts.overview.options import NAMES, WHICH, groups_of, read_options
from layouts.shared.controls import control_id, labelled_select
from layouts.shared.parts import actions, file_link, print_button, sentence_place

FILES = {"baseline.csv": "Table", "flow.csv": "Cohort flow"}


def overview_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    main = [
        _controls(study, view),
        sentence_place("overview"),
        html.Div(id="overview-cautions", className="cautions"),
        html.Div(
            id="overview-table",
            className="table-place",
            tabIndex="0",
            role="region",
            **{"aria-label": "Baseline characteristics"},
        ),
        html.P(id="overview-footnote", className="footnote"),
        actions(
            "overview",
            [file_link("overview", file, words) for file, words in FILES.items()],
            print_button("overview"),
            tables=("overview-table",),
        ),
    ]
    side = [
        html.H2("Cohort flow"),
        html.Div(id="overview-flow"),
        html.P(id="overview-flow-sentence", className="rail-note"),
    ]
    return [
        html.Div(id="overview-head", className="overview-head"),
        html.Div(
            [html.Div(main, className="main-panel"), html.Div(side, className="flow-panel")],
            className="overview",
        ),
    ]


def _controls(study: Study, view: View) -> html.Div:
    options, _ = read_options(study, view)
    return html.Div(
        [
            html.H2("Baseline characteristics"),
            labelled_select("Variables", "of", WHICH, options.of, inside=True),
            labelled_select("Group", "group", groups_of(study), options.group, inside=True),
            html.Div(
                [
                    html.Span("Search", className="field-label"),
                    dmc.TextInput(
                        id=control_id("search", "value"),
                        value=options.search,
                        placeholder="Variable or level",
                        debounce=300,
                        size="xs",
                        **{"aria-label": "Search a variable or level"},
                    ),
                ]
            ),
        ],
        className="controls overview-controls",
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {"of": options.of, "group": options.group, "search": options.search}
    return {name: {"value": value} for name, value in values.items()}


OVERVIEW = Page(
    id="overview",
    label="Overview",
    question="Who are these patients? Study, cohort flow, Table 1, one card for each endpoint",
    subject="The overview",
    option_names=NAMES,
    read_options=read_options,
    build=overview_page,
    control_values=control_values,
    parts={
        "head": text_part("overview-head"),
        "table": text_part("overview-table"),
        "flow": text_part("overview-flow"),
        "flow-sentence": Part("overview-flow-sentence"),
    },
    files=FILES,
    prints=True,
)
