"""The Overview page: its controls and its places for cards, table and flow."""

from __future__ import annotations

from markupsafe import Markup

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.overview.files import files_read
from layouts.overview.options import NAMES, WHICH, groups_of, read_options
from layouts.shared.controls import field, labelled_select, search_field
from layouts.shared.html import tag
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FILES = {"baseline.csv": "Table", "flow.csv": "Cohort flow"}


def overview_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    main = [
        _controls(study, view),
        tag("div", id="overview-cautions", class_="cautions"),
        tag(
            "div",
            id="overview-table",
            class_="table-place",
            tabindex="0",
            role="region",
            **{"aria-label": "Baseline characteristics"},
        ),
        tag("p", id="overview-footnote", class_="footnote"),
        *files_read(study),
        actions(
            "overview",
            [NamedFile(file, words) for file, words in FILES.items()],
            print_button("overview"),
        ),
    ]
    side = [
        tag("h2", "Cohort flow"),
        tag("div", id="overview-flow"),
        tag("p", id="overview-flow-sentence", class_="rail-note"),
    ]
    return [
        sentence_place("overview"),
        tag("div", id="overview-head", class_="overview-head"),
        tag(
            "div",
            [tag("div", main, class_="main-panel"), tag("div", side, class_="flow-panel")],
            class_="overview",
        ),
    ]


def _controls(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    return tag(
        "div",
        [
            tag("h2", "Baseline characteristics"),
            labelled_select("Variables", "of", WHICH, options.of, inside=True),
            labelled_select("Group", "group", groups_of(study), options.group, inside=True),
            field(
                "Search",
                search_field(
                    "Search a variable or level",
                    options.search,
                    "Variable or level",
                ),
            ),
        ],
        class_="controls overview-controls",
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
        "head": Part("overview-head"),
        "table": Part("overview-table"),
        "flow": Part("overview-flow"),
        "flow-sentence": Part("overview-flow-sentence"),
    },
    files=FILES,
    prints=True,
)
