"""The Subgroups page: its controls and its places for sentence, table and footnote."""

from __future__ import annotations

from markupsafe import Markup

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.shared.controls import (
    endpoint_control,
    labelled_select,
    options_popover,
    search_field,
    segmented,
)
from layouts.shared.html import tag
from layouts.shared.options import CI_TYPES
from layouts.shared.pairs import compare_control, compare_value, first_pair
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place
from layouts.subgroups.options import (
    NAMES,
    P_VALUES,
    SHOWN,
    choices_of,
    groups_of,
    orders_of,
    read_options,
)

FILES = {"subgroups.csv": ""}


def subgroups_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    return [
        sentence_place("subgroups"),
        _controls(study, view),
        tag(
            "div",
            [tag("p", id="subgroups-looks", class_="looks"), _search(study, view)],
            class_="looks-row",
        ),
        tag("div", id="subgroups-cautions", class_="cautions"),
        tag(
            "div",
            id="subgroups-table",
            class_="table-place",
            tabindex="0",
            role="region",
            **{"aria-label": "Subgroups"},
        ),
        tag("p", id="subgroups-footnote", class_="footnote"),
        actions(
            "subgroups",
            [NamedFile("subgroups.csv")],
            print_button("subgroups"),
        ),
    ]


def _controls(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    return tag(
        "div",
        [
            endpoint_control(study, view),
            *compare_control(study, first_pair(study, options.pair), each=False),
            labelled_select("p-value", "p", P_VALUES, options.p),
            labelled_select("Order", "order", orders_of(study, view.endpoint), options.order),
            _options(study, view),
        ],
        class_="controls",
    )


def _options(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    fields = [
        segmented("Confidence interval", "ci", CI_TYPES, options.ci),
        labelled_select(
            "Variables", "of", choices_of(study, view.endpoint), options.of, inside=True
        ),
        labelled_select("Group", "group", groups_of(study), options.group, inside=True),
    ]
    if len(study.arms) > 1:
        fields.insert(0, segmented("Columns", "show", SHOWN, options.show))
    if study.published_subgroups:
        fields.append(
            segmented(
                "The paper's cells beside the recomputed ones",
                "published",
                {"off": "Hidden", "on": "Shown"},
                "on" if options.published else "off",
            )
        )
    return options_popover(fields)


def _search(study: Study, view: View) -> Markup:
    return search_field(
        "Search a variable or level",
        read_options(study, view)[0].search,
        "Search a variable or level",
        class_="text-field search",
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
    if len(study.arms) > 1:
        values["show"] = options.show
    if study.published_subgroups:
        values["published"] = "on" if options.published else "off"
    pair = compare_value(study, first_pair(study, options.pair))
    return {name: {"value": value} for name, value in values.items()} | pair


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
    parts={"table": Part("subgroups-table"), "looks": Part("subgroups-looks")},
    files=FILES,
    prints=True,
    shows_endpoint=lambda study, view: True,
)
