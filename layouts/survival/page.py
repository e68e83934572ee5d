"""The Survival page: its controls, its places for figure and numbers, its options."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from markupsafe import Markup

from data.address import View, address, search
from data.follow_up import longest_follow_up
from data.study import Study
from data.warehouse.counts import NotAnswered
from layouts.frame.page import Page, Part
from layouts.frame.shell import failed
from layouts.shared.controls import (
    boxes,
    drawer_button,
    endpoint_control,
    field,
    options_popover,
    segmented,
    select,
    several,
    split_control,
    two_ended,
)
from layouts.shared.graph import graph
from layouts.shared.html import link, tag
from layouts.shared.options import CI_TYPES
from layouts.shared.parts import NamedFile, actions, sentence_place
from layouts.survival.options import (
    CURVES,
    GIVEN_MONTHS,
    NAMES,
    read_options,
    units_of,
    what_to_show,
)

FIGURE_HEIGHT = 540
# Of the time axis where a database does not say how long its patients were followed.
UNKNOWN_DAYS = 3650
FILES = {
    "km.csv": "Curves",
    "survival-summary.csv": "Summary",
    "logrank.csv": "Log-rank",
}


def survival_page(study: Study, view: View) -> list:
    """The page before its numbers are computed; everything has its final place."""
    return [
        sentence_place("survival"),
        _controls(study, view),
        tag("div", id="survival-cautions", class_="cautions"),
        tag(
            "div",
            [
                tag(
                    "figure",
                    [
                        graph("survival-graph", "Survival curves with risk table", FIGURE_HEIGHT),
                        tag(
                            "figcaption",
                            [
                                tag("p", id="survival-footnote", class_="footnote"),
                                _actions(),
                            ],
                        ),
                    ],
                    class_="figure",
                ),
                tag("div", id="survival-numbers", class_="side"),
            ],
            class_="columns",
        ),
    ]


def _controls(study: Study, view: View) -> Markup:
    return tag(
        "div",
        [
            tag(
                "div",
                endpoint_control(study, view),
                tag("div", id="survival-all", class_="all-endpoints"),
                class_="endpoint-choice",
            ),
            split_control(study, view),
            tag("div", id="survival-cut", class_="cut-ways"),
            _options(study, view),
        ],
        class_="controls",
    )


def _options(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    longest = horizon_months(study)
    landmarks = [3, 6, 9, 12, 18, 24, 30, 36, 48, 60, *options.landmarks]
    months = sorted({float(month) for month in landmarks})
    fields = [
        segmented("Confidence interval", "ci", CI_TYPES, options.ci),
        segmented("Time in", "unit", {one: one for one in units_of(study)}, options.unit),
        segmented("Curve", "curve", CURVES, options.curve),
        field(
            "Fixed times, months",
            several(
                "Fixed times in months",
                "landmarks",
                {f"{m:g}": f"{m:g}" for m in months},
                options.landmark_texts(),
                most=4,
            ),
        ),
        field(
            "Time axis, months",
            two_ended(
                ("First month", "Last month"), "x", (0, longest), options.x or (0, longest), 3
            ),
        ),
        *_given(study, options),
        boxes("Drawn in the figure", "show", what_to_show(study), options.show),
    ]
    return options_popover(fields)


def given_choices(chosen: float) -> dict[str, str]:
    """From when time can be counted: the start, or a month up to which a patient has come."""
    months = sorted({*GIVEN_MONTHS, *([chosen] if chosen else [])})
    return {"0": "the start"} | {f"{month:g}": f"{month:g} months" for month in months}


def _given(study: Study, options) -> list[Markup]:
    """Whether time begins anew for those still at risk; not where small numbers are held back."""
    if study.disclosure.protects:
        return []
    words, choices = "Given no event by", given_choices(options.alive)
    return [field(words, select(words, "alive", choices, f"{options.alive:g}", kind="small"))]


def horizon_months(study: Study) -> int:
    """The last month of any endpoint of the study, rounded up to a multiple of three."""
    try:
        last = int(longest_follow_up(study))
    except NotAnswered:
        # The page says so; its controls stand there all the same.
        last = UNKNOWN_DAYS
    return max(3, -(-int(last / 30.4375 + 1) // 3) * 3)


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    return {
        "endpoint": {"value": view.endpoint},
        "by": {"value": view.by},
        "ci": {"value": options.ci},
        "unit": {"value": options.unit},
        "curve": {"value": options.curve},
        "landmarks": {"levels": list(options.landmark_texts())},
        "alive": {"value": f"{options.alive:g}"},
        "x": {"range": list(options.x or (0, horizon_months(study)))},
        "show": {"levels": list(options.show)},
    }


def _actions() -> Markup:
    return actions(
        "survival",
        [NamedFile(file, label) for file, label in FILES.items()],
        drawer_button("table", "Data table"),
        drawer_button("method", "How was this computed?"),
    )


def all_link(study: Study, view: View) -> Markup | None:
    """The way to all endpoints side by side; none where the study has one only."""
    if len(study.endpoints) < 2:
        return None
    target = address(replace(view, page="endpoints", options=()), study)
    return link("All side by side", href=target)


def csv_address(file: str, study: Study, view: View) -> str:
    """The address of a panel's numbers for a view."""
    return f"/download/{file}{search(view, study)}"


SURVIVAL = Page(
    id="survival",
    label="Survival",
    question="How long until the event? Curves with risk table, medians, landmarks, follow-up, "
    "log-rank test",
    subject="The survival curves",
    option_names=NAMES,
    read_options=read_options,
    build=survival_page,
    control_values=control_values,
    parts={
        "numbers": Part("survival-numbers", empty=failed("The numbers")),
        "all": Part("survival-all"),
        "cut": Part("survival-cut"),
    },
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    shows_endpoint=lambda study, view: True,
    forgets=MappingProxyType({"by": ("pick", "cut")}),
)
