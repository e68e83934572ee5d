"""The Subgroups page: its controls and its places for sentence, table and footnote."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part, text_part
from layouts.shared.controls import (
    control_id,
    endpoint_control,
    labelled_select,
    options_popover,
    segmented,
)
from layouts.shared.options import CI_TYPES
from layouts.shared.parts import actions, file_link, print_button, sentence_place
from layouts.subgroups.options import (
    NAMES,
    P_VALUES,
    SHOWN,
    choices_of,
    groups_of,
    orders_of,
    read_options,
)

FILES = {"subgroups.csv": "CSV"}


def subgroups_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    return [
        _controls(study, view),
        html.Div(
            [html.P(id="subgroups-looks", className="looks"), _search(study, view)],
            className="looks-row",
        ),
        sentence_place("subgroups"),
        html.Div(id="subgroups-cautions", className="cautions"),
        html.Div(
            id="subgroups-table",
            className="table-place",
            tabIndex="0",
            role="region",
            **{"aria-label": "Subgroups"},
        ),
        html.P(id="subgroups-footnote", className="footnote"),
        actions(
            "subgroups",
            [file_link("subgroups", "subgroups.csv", FILES["subgroups.csv"])],
            print_button("subgroups"),
            tables=("subgroups-table",),
        ),
    ]


def _controls(study: Study, view: View) -> html.Div:
    options, _ = read_options(study, view)
    return html.Div(
        [
            endpoint_control(study, view),
            labelled_select("p-value", "p", P_VALUES, options.p),
            labelled_select("Order", "order", orders_of(study, view.endpoint), options.order),
            _options(study, view),
        ],
        className="controls",
    )


def _options(study: Study, view: View) -> dmc.Popover:
    options, _ = read_options(study, view)
    fields = [
        segmented("Confidence interval", "ci", list(CI_TYPES), options.ci),
        labelled_select(
            "Variables", "of", choices_of(study, view.endpoint), options.of, inside=True
        ),
        labelled_select("Group", "group", groups_of(study), options.group, inside=True),
    ]
    if len(study.arms) == 2:
        fields.insert(0, segmented("Columns", "show", list(SHOWN.items()), options.show))
    if study.published_subgroups:
        fields.append(
            segmented(
                "The paper's cells beside the recomputed ones",
                "published",
                [("off", "Hidden"), ("on", "Shown")],
                "on" if options.published else "off",
            )
        )
    return options_popover(fields)


def _search(study: Study, view: View) -> dmc.TextInput:
    return dmc.TextInput(
        id=control_id("search", "value"),
        value=read_options(study, view)[0].search,
        placeholder="Search a variable or level",
        debounce=300,
        size="xs",
        className="search",
        **{"aria-label": "Search a variable or level"},
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {
        "endpoint": view.endpoint,
        "p": options.p,
        "order": options.order,
        "of": options.of,
        "group": options.group,
        "search": options.search,
        "ci": options.ci,
    }
    if len(study.arms) == 2:
        values["show"] = options.show
    if study.published_subgroups:
        values["published"] = "on" if options.published else "off"
    return {name: {"value": value} for name, value in values.items()}


SUBGROUPS = Page(
    id="subgroups",
    label="Subgroups",
    question="For whom was it different? Every level of every variable, tests counted and "
    "adjusted, forest of two arms",
    subject="The subgroups",
    option_names=NAMES,
    read_options=read_options,
    build=subgroups_page,
    control_values=control_values,
    parts={"table": text_part("subgroups-table"), "looks": Part("subgroups-looks")},
    files=FILES,
    prints=True,
    shows_endpoint=lambda study, view: True,
)
