"""The Safety page: its controls and its places for sentence, table, exposure and footnotes."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.safety.options import LEAST, LEVELS, NAMES, ORDERS, groups_of, read_options
from layouts.shared.controls import field, labelled_select, search_field, segmented
from layouts.shared.html import tag
from layouts.shared.pairs import compare_control, compare_value, first_pair
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FILES = {
    "adverse-events.csv": "Adverse events",
    "exposure.csv": "Treatment received",
    "first-severe.csv": "Incidence",
}


def safety_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    main = [
        tag("div", id="safety-cautions", class_="cautions"),
        tag(
            "div",
            id="safety-table",
            class_="table-place",
            tabindex="0",
            role="region",
            **{"aria-label": "Adverse events"},
        ),
        tag("p", id="safety-footnote", class_="footnote"),
    ]
    if study.adverse_events is None:
        main.insert(0, _what_there_is(study, view))
    side = tag("div", id="safety-side")
    kind = "safety" if study.adverse_events else "safety without-events"
    return [
        sentence_place("safety"),
        tag("nav", id="safety-sections", class_="controls sections", aria_label="Section"),
        _controls(study, view),
        tag("div", [tag("div", main), tag("div", side, class_="safety-side")], class_=kind),
        actions("safety", _files(study), print_button("safety")),
    ]


def _what_there_is(study: Study, view: View) -> Markup:
    """Links to what a study without adverse events has."""
    pages = {"survival": "Survival", "subgroups": "Subgroups"}
    if len(study.arms) > 1:
        pages["arms"] = "Compare arms"
    if study.comparison.response:
        pages["response"] = "Response"
    links = [
        tag(
            "a",
            words,
            href=address(replace(view, page=page, options=()), study),
            class_="plain-button",
            **{"data-inside": ""},
        )
        for page, words in pages.items()
    ]
    return tag("p", ["The same patients on other pages:", tag("br"), *links], class_="elsewhere")


def _files(study: Study) -> list[NamedFile]:
    """Files of what the study has."""
    events = study.adverse_events
    wanted = {
        "adverse-events.csv": events is not None,
        "exposure.csv": bool(study.exposure),
        "first-severe.csv": events is not None and events.dated,
    }
    return [_file(file) for file, there in wanted.items() if there]


def _file(file: str) -> NamedFile:
    return NamedFile(file, FILES[file])


def _controls(study: Study, view: View) -> Markup | None:
    if study.adverse_events is None:
        return None
    options, _ = read_options(study, view)
    return tag(
        "div",
        [
            *compare_control(study, first_pair(study, options.pair), each=False, above=True),
            segmented("Grade", "level", LEVELS, options.level),
            segmented("Order", "order", ORDERS, options.order),
            labelled_select("Terms", "group", groups_of(study), options.group, inside=True),
            labelled_select("Frequency", "min", LEAST, str(options.least), inside=True),
            field(
                "Search",
                search_field(
                    "Search a term or category",
                    options.search,
                    "Term or category",
                ),
            ),
        ],
        class_="controls safety-controls",
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    if study.adverse_events is None:
        return {}
    options, _ = read_options(study, view)
    values = {
        "level": options.level,
        "order": options.order,
        "group": options.group,
        "min": str(options.least),
        "search": options.search,
    }
    pair = compare_value(study, first_pair(study, options.pair))
    return {name: {"value": value} for name, value in values.items()} | pair


SAFETY = Page(
    id="safety",
    label="Safety",
    question="What happened to them? Adverse events by worst grade, treatment received",
    subject="The adverse events",
    option_names=NAMES,
    read_options=read_options,
    build=safety_page,
    control_values=control_values,
    parts={
        "table": Part("safety-table"),
        "side": Part("safety-side"),
        "sections": Part("safety-sections"),
    },
    files=FILES,
    prints=True,
    recorded=lambda study: bool(study.adverse_events or study.exposure),
)
