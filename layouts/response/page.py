"""The Response page: its controls and its places for figure, numbers, sentence and table."""

from __future__ import annotations

from markupsafe import Markup

from data.address import NO_SPLIT, View
from data.study import Study
from layouts.frame.page import Page, Part
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
    choices_by_group,
    endpoint_control,
    options_popover,
    segmented,
    segments,
    select,
)
from layouts.shared.graph import graph
from layouts.shared.html import tag
from layouts.shared.options import CI_TYPES
from layouts.shared.parts import NamedFile, actions, sentence_place

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
        tag(
            "div",
            [
                sentence_place("response"),
                _controls(study, view),
                tag("p", id="response-looks", class_="looks"),
                tag("div", id="response-cautions", class_="cautions"),
                _columns(),
                tag(
                    "div",
                    id="response-below",
                    class_="response-below",
                    tabindex="0",
                    role="region",
                    **{"aria-label": "Response by variable"},
                ),
                tag("p", id="response-footnote", class_="footnote"),
                _actions(study),
            ],
            id="response-body",
            class_=f"response {options.view}",
        ),
    ]


def _columns() -> Markup:
    """The figure, and the numbers beside it."""
    figure = graph("response-graph", "Response to treatment", FIGURE_HEIGHT)
    side = [tag("div", id="response-side"), tag("div", id="response-numbers")]
    return tag(
        "div",
        [tag("figure", figure, class_="figure"), tag("div", side, class_="side")],
        class_="columns",
    )


def _controls(study: Study, view: View) -> Markup | None:
    if study.comparison.response is None:
        return None
    options, _ = read_options(study, view)
    months = month_choices(study, options.month)
    return tag(
        "div",
        [
            tag(
                "div",
                segments("Part of the page", "view", VIEWS, options.view),
                class_="scroll-x",
            ),
            *_shown(study, options.show),
            *_coloured(study, options.colour),
            tag("div", _split(study, view), class_="of-by"),
            tag("div", endpoint_control(study, view), class_="of-landmark"),
            tag("div", _landmark(months, options.month_text), class_="of-landmark"),
            tag(
                "div",
                options_popover([segmented("Confidence interval", "ci", CI_TYPES, options.ci)]),
                class_="of-landmark",
            ),
        ],
        class_="controls",
    )


def _shown(study: Study, value: str) -> list:
    """Whose course is drawn; nothing to choose where none is."""
    if not has_course(study):
        return []
    control = segments("Lanes of", "show", SHOWN, value)
    return [tag("div", control, class_="of-course")]


def _coloured(study: Study, value: str) -> list:
    """What the bars of the waterfall are coloured by, where there are arms to compare."""
    if not has_coloured_bars(study):
        return []
    control = segments("Colour of the bars", "colour", COLOURS, value)
    return [tag("div", control, class_="of-depth")]


def _landmark(months: dict[str, str], value: str) -> Markup:
    return select("Landmark", "month", months, value, kind="landmark")


def _split(study: Study, view: View) -> Markup:
    choices = select("By", "by", by_choices(study), view.by, kind="split")
    return tag("label", "By", choices, class_="inline-label")


def by_choices(study: Study) -> list[tuple[str, dict[str, str]]]:
    """All baseline variables at once, the arm, then every variable by group."""
    first = {NO_SPLIT: "All baseline variables"}
    return choices_by_group("All and arms", first, split_variables(study))


def _actions(study: Study) -> Markup:
    files = [
        NamedFile(file, label, f"only-{part}", alone=True)
        for file, (label, part) in DOWNLOADS.items()
        if file not in _without(study)
    ]
    # A part without a file has no "CSV:" either: the words belong to its first link.
    return actions("response", files)


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
        "side": Part("response-side"),
        "below": Part("response-below"),
        "numbers": Part("response-numbers", empty=""),
        "looks": Part("response-looks"),
        "part": Part("response-body", "class", empty="response"),
    },
    files={file: label for file, (label, _) in DOWNLOADS.items()},
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=_from_a_landmark,
    recorded=lambda study: study.comparison.response is not None,
)
