"""The Other trials page: its controls and its places for figure, sentence, table and footnote."""

from __future__ import annotations

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.shared.controls import endpoint_control, labelled_select
from layouts.shared.graph import graph
from layouts.shared.html import tag
from layouts.shared.parts import NamedFile, actions, sentence_place
from layouts.trials.options import NAMES, ORDERS, groups_of_treatment, read_options
from layouts.trials.words import NAIVE

FIGURE_HEIGHT = 520
FILES = {"context.csv": ""}


def context_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    options, _ = read_options(study, view)
    head, _, rest = NAIVE.partition(":")
    return [
        tag(
            "div",
            [
                endpoint_control(study, view),
                labelled_select("Treatment", "group", groups_of_treatment(), options.group),
                labelled_select("Order", "order", ORDERS, options.order),
            ],
            class_="controls",
        ),
        tag("p", [tag("strong", f"{head}:"), rest], class_="naive"),
        sentence_place("context"),
        tag("div", id="context-cautions", class_="cautions"),
        tag(
            "figure",
            graph("context-graph", "Medians of other trials and of this cohort", FIGURE_HEIGHT),
            class_="figure",
        ),
        tag(
            "div",
            id="context-table",
            class_="table-place",
            tabindex="0",
            role="region",
            **{"aria-label": "Other trials"},
        ),
        tag("p", id="context-footnote", class_="footnote"),
        actions("context", [NamedFile("context.csv")]),
    ]


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {"endpoint": view.endpoint, "group": options.group, "order": options.order}
    return {name: {"value": value} for name, value in values.items()}


TRIALS = Page(
    id="context",
    label="Other trials",
    question="Where does this cohort stand? Published medians of other trials, a naive comparison "
    "that says so",
    subject="The comparison with other trials",
    option_names=NAMES,
    read_options=read_options,
    build=context_page,
    control_values=control_values,
    parts={"table": Part("context-table")},
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=lambda study, view: True,
)
