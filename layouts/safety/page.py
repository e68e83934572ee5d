"""The Safety page: its controls and its places for sentence, table, exposure and footnotes."""

from __future__ import annotations

from dataclasses import replace

import dash_mantine_components as dmc
from dash import html

from data.address import View, address
from data.study import Study
from layouts.frame.page import Page, text_part
from layouts.safety.options import LEAST, LEVELS, NAMES, ORDERS, groups_of, read_options
from layouts.shared.controls import control_id, labelled_select, segmented
from layouts.shared.parts import actions, file_link, print_button, sentence_place

FILES = {
    "adverse-events.csv": "Adverse events",
    "exposure.csv": "Treatment received",
    "first-severe.csv": "Incidence",
}


def safety_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    main = [
        html.Div(id="safety-cautions", className="cautions"),
        html.Div(
            id="safety-table",
            className="table-place",
            tabIndex="0",
            role="region",
            **{"aria-label": "Adverse events"},
        ),
        html.P(id="safety-footnote", className="footnote"),
    ]
    if study.adverse_events is None:
        main.insert(0, _what_there_is(study, view))
    side = html.Div(id="safety-side")
    kind = "safety" if study.adverse_events else "safety without-events"
    return [
        sentence_place("safety"),
        _controls(study, view),
        html.Div([html.Div(main), html.Div(side, className="safety-side")], className=kind),
        actions("safety", _files(study), print_button("safety")),
    ]


def _what_there_is(study: Study, view: View) -> html.P:
    """Links to what a study without adverse events has."""
    pages = {"survival": "Survival", "subgroups": "Subgroups"}
    if len(study.arms) > 1:
        pages["arms"] = "Compare arms"
    if study.comparison.response:
        pages["response"] = "Response"
    links = [
        html.A(
            words,
            href=address(replace(view, page=page, options=()), study),
            className="plain-button",
            **{"data-inside": ""},
        )
        for page, words in pages.items()
    ]
    return html.P(["The same patients on other pages:", html.Br(), *links], className="elsewhere")


def _files(study: Study) -> list[html.A]:
    """Links to what the study has."""
    events = study.adverse_events
    wanted = {
        "adverse-events.csv": events is not None,
        "exposure.csv": bool(study.exposure),
        "first-severe.csv": events is not None and events.onset is not None,
    }
    return [_file(file) for file, there in wanted.items() if there]


def _file(file: str) -> html.A:
    return file_link("safety", file, FILES[file])


def _controls(study: Study, view: View) -> html.Div | None:
    if study.adverse_events is None:
        return None
    options, _ = read_options(study, view)
    return html.Div(
        [
            segmented("Grade", "level", list(LEVELS.items()), options.level),
            segmented("Order", "order", list(ORDERS.items()), options.order),
            labelled_select("Terms", "group", groups_of(study), options.group, inside=True),
            labelled_select("Frequency", "min", LEAST, str(options.least), inside=True),
            html.Div(
                [
                    html.Span("Search", className="field-label"),
                    dmc.TextInput(
                        id=control_id("search", "value"),
                        value=options.search,
                        placeholder="Term or category",
                        debounce=300,
                        size="xs",
                        **{"aria-label": "Search a term or category"},
                    ),
                ]
            ),
        ],
        className="controls safety-controls",
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
    return {name: {"value": value} for name, value in values.items()}


SAFETY = Page(
    id="safety",
    label="Safety",
    question="What happened to them? Adverse events by worst grade, treatment received",
    subject="The adverse events",
    option_names=NAMES,
    read_options=read_options,
    build=safety_page,
    control_values=control_values,
    parts={"table": text_part("safety-table"), "side": text_part("safety-side")},
    files=FILES,
    prints=True,
    recorded=lambda study: bool(study.adverse_events or study.exposure),
)
