"""The Response page: its controls and its places for figure, numbers, sentence and table."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html

from data.address import NO_SPLIT, View
from data.study import ARM, Study
from layouts.frame.page import Page, Part, text_part
from layouts.response.options import (
    COLOURS,
    NAMES,
    SHOWN,
    VIEWS,
    has_coloured_bars,
    has_course,
    month_choices,
    read_options,
    split_variables,
)
from layouts.shared.controls import (
    control_id,
    endpoint_control,
    options_popover,
    segmented,
)
from layouts.shared.graph import graph
from layouts.shared.options import CI_TYPES
from layouts.shared.parts import actions, file_link, sentence_place

FIGURE_HEIGHT = 480
# Words of each link, and the part of the page with which it stands.
DOWNLOADS = {
    "response-categories.csv": ("Response", "best"),
    "waterfall.csv": ("Waterfall", "depth"),
    "time-to-response.csv": ("Time to response", "course"),
    "response-by.csv": ("By variable", "by"),
    "response-survival.csv": ("Survival by response", "landmark"),
}


def response_page(study: Study, view: View) -> list:
    """The page before its numbers are computed; its parts share one figure and one side."""
    options, _ = read_options(study, view)
    return [
        html.Div(
            [
                sentence_place("response"),
                _controls(study, view),
                html.P(id="response-looks", className="looks"),
                html.Div(id="response-cautions", className="cautions"),
                _columns(),
                html.Div(
                    id="response-below",
                    className="response-below",
                    tabIndex="0",
                    role="region",
                    **{"aria-label": "Response by variable"},
                ),
                html.P(id="response-footnote", className="footnote"),
                _actions(study),
            ],
            id="response-body",
            className=f"response {options.view}",
        ),
    ]


def _columns() -> html.Div:
    """The figure, and the numbers beside it."""
    figure = graph("response-graph", "Response to treatment", FIGURE_HEIGHT)
    side = [html.Div(id="response-side"), html.Div(id="response-numbers")]
    return html.Div(
        [html.Figure(figure, className="figure"), html.Div(side, className="side")],
        className="columns",
    )


def _controls(study: Study, view: View) -> html.Div | None:
    if study.comparison.response is None:
        return None
    options, _ = read_options(study, view)
    months = month_choices(study, options.month)
    return html.Div(
        [
            html.Div(
                dmc.SegmentedControl(
                    id=control_id("view", "value"),
                    data=[{"value": key, "label": words} for key, words in VIEWS.items()],
                    value=options.view,
                    size="sm",
                    transitionDuration=0,
                    **{"aria-label": "Part of the page"},
                ),
                className="scroll-x",
            ),
            *_shown(study, options.show),
            *_coloured(study, options.colour),
            html.Div(_split(study, view), className="of-by"),
            html.Div(endpoint_control(study, view), className="of-landmark"),
            html.Div(_landmark(months, options.month_text), className="of-landmark"),
            html.Div(
                options_popover(
                    [segmented("Confidence interval", "ci", list(CI_TYPES), options.ci)]
                ),
                className="of-landmark",
            ),
        ],
        className="controls",
    )


def _shown(study: Study, value: str) -> list:
    """Whose course is drawn; nothing to choose where none is."""
    if not has_course(study):
        return []
    control = dmc.SegmentedControl(
        id=control_id("show", "value"),
        data=[{"value": key, "label": words} for key, words in SHOWN.items()],
        value=value,
        size="sm",
        transitionDuration=0,
        **{"aria-label": "Lanes of"},
    )
    return [html.Div(control, className="of-course")]


def _coloured(study: Study, value: str) -> list:
    """What the bars of the waterfall are coloured by, where there are arms to compare."""
    if not has_coloured_bars(study):
        return []
    control = dmc.SegmentedControl(
        id=control_id("colour", "value"),
        data=[{"value": key, "label": words} for key, words in COLOURS.items()],
        value=value,
        size="sm",
        transitionDuration=0,
        **{"aria-label": "Colour of the bars"},
    )
    return [html.Div(control, className="of-depth")]


def _landmark(months: dict[str, str], value: str) -> dmc.Select:
    return dmc.Select(
        id=control_id("month", "value"),
        data=[{"value": key, "label": words} for key, words in months.items()],
        value=value,
        allowDeselect=False,
        size="sm",
        className="landmark",
        **{"aria-label": "Landmark"},
    )


def _split(study: Study, view: View) -> html.Label:
    return html.Label(
        [
            "By",
            dmc.Select(
                id=control_id("by", "value"),
                data=by_choices(study),
                value=view.by,
                allowDeselect=False,
                searchable=True,
                size="sm",
                className="split",
                maxDropdownHeight=420,
                nothingFoundMessage="No such variable",
                **{"aria-label": "By"},
            ),
        ],
        className="inline-label",
    )


def by_choices(study: Study) -> list[dict]:
    """All baseline variables at once, the arm, then every variable by group."""
    variables = split_variables(study)
    first = [{"value": NO_SPLIT, "label": "All baseline variables"}]
    first += [{"value": v.id, "label": v.label} for v in variables if v.id == ARM]
    data = [{"group": "All and arms", "items": first}]
    for group in dict.fromkeys(v.group for v in variables):
        items = [
            {"value": v.id, "label": v.label} for v in variables if v.group == group and v.id != ARM
        ]
        if items:
            data.append({"group": group, "items": items})
    return data


def _actions(study: Study) -> html.Div:
    links = [
        file_link("response", file, f"CSV: {label}", className=f"only-{part}")
        for file, (label, part) in DOWNLOADS.items()
        if file not in _without(study)
    ]
    # A part without a file has no "CSV:" either: the words belong to its first link.
    return actions("response", links)


def _without(study: Study) -> set[str]:
    """Files that would hold nothing, or that the study does not allow."""
    response = study.comparison.response
    files = set()
    if response is None or not response.time:
        files.add("time-to-response.csv")
    if response is None or not response.depth or not study.single_patients:
        files.add("waterfall.csv")
    return files


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    if study.comparison.response is None:
        return {}
    options, _ = read_options(study, view)
    values = {
        "view": options.view,
        "by": view.by,
        "endpoint": view.endpoint,
        "month": options.month_text,
        "ci": options.ci,
    }
    if has_course(study):
        values["show"] = options.show
    if has_coloured_bars(study):
        values["colour"] = options.colour
    return {name: {"value": value} for name, value in values.items()}


def _from_a_landmark(study: Study, view: View) -> bool:
    return read_options(study, view)[0].view == "landmark"


RESPONSE = Page(
    id="response",
    label="Response",
    question="Who responded, how deeply, when, and did it matter? Counts by arm, waterfall, "
    "swimmer plot, response by any variable, survival from a landmark",
    subject="The response",
    option_names=NAMES,
    read_options=read_options,
    build=response_page,
    control_values=control_values,
    parts={
        "side": text_part("response-side"),
        "below": text_part("response-below"),
        "numbers": Part("response-numbers", empty=[]),
        "looks": Part("response-looks"),
        "part": Part("response-body", "className", empty="response"),
    },
    files={file: label for file, (label, _) in DOWNLOADS.items()},
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=_from_a_landmark,
    recorded=lambda study: study.comparison.response is not None,
)
