"""The Safety page: its controls and its places for sentence, table, exposure and footnotes."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from data.address import View
from data.study import Study
from layouts.frame.page import Page, text_part
from layouts.safety.options import LEAST, LEVELS, NAMES, ORDERS, groups_of, read_options
from layouts.shared.controls import control_id, labelled_select, segmented
from layouts.shared.pairs import compare_control, compare_value, first_pair
from layouts.shared.parts import file_link

FILES = {
    "adverse-events.csv": "CSV",
    "exposure.csv": "CSV of the treatment received",
    "first-severe.csv": "CSV of the incidence",
}


def safety_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    main = [
        html.P(id="safety-sentence", className="sentence"),
        html.Div(id="safety-cautions", className="cautions"),
        html.Div(
            id="safety-table",
            className="table-place",
            tabIndex="0",
            role="region",
            **{"aria-label": "Adverse events"},
        ),
        html.P(id="safety-footnote", className="footnote"),
        html.Div(
            [
                _file("adverse-events.csv"),
                html.Button("Print", id="safety-print", className="link"),
            ],
            className="actions",
        ),
    ]
    side = [html.Div(id="safety-side")]
    files = [_file("exposure.csv")] if study.exposure else []
    if study.adverse_events and study.adverse_events.onset is not None:
        files.append(_file("first-severe.csv"))
    side.append(html.Div(files, className="actions"))
    kind = "safety" if study.adverse_events else "safety without-events"
    return [
        _controls(study, view),
        html.Div([html.Div(main), html.Div(side, className="safety-side")], className=kind),
    ]


def _file(file: str) -> html.A:
    return file_link("safety", file, FILES[file])


def _controls(study: Study, view: View) -> html.Div | None:
    if study.adverse_events is None:
        return None
    options, _ = read_options(study, view)
    return html.Div(
        [
            *compare_control(study, first_pair(study, options.pair), each=False, above=True),
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
    parts={"table": text_part("safety-table"), "side": text_part("safety-side")},
    files=FILES,
    prints=True,
    recorded=lambda study: bool(study.adverse_events or study.exposure),
)
