"""The Monitoring page: the rule's controls, and places for boundary, numbers and sentence."""

from __future__ import annotations

from types import MappingProxyType

from markupsafe import Markup

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.monitoring.options import (
    CUTS,
    EVERY,
    HISTORY,
    NAMES,
    NEXT,
    RATES,
    WORTH,
    events_of,
    read_options,
)
from layouts.shared.controls import labelled_select
from layouts.shared.graph import graph
from layouts.shared.html import tag
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FIGURE_HEIGHT = 440
FILES = {"monitoring.csv": ""}


def monitoring_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    figure = tag("figure", graph("monitoring-graph", "Stopping boundary", FIGURE_HEIGHT))
    below = tag(
        "div",
        id="monitoring-below",
        class_="table-place",
        tabindex="0",
        role="region",
        aria_label="How often the rule stops",
    )
    return [
        sentence_place("monitoring"),
        tag(
            "nav",
            id="monitoring-sections",
            class_="controls sections scroll-x",
            aria_label="Section",
        ),
        _controls(study, view),
        tag("div", id="monitoring-cautions", class_="cautions"),
        tag(
            "div",
            tag("div", figure, below),
            tag("div", id="monitoring-side", class_="side"),
            class_="columns monitoring",
        ),
        tag("p", id="monitoring-footnote", class_="footnote"),
        actions("monitoring", [NamedFile("monitoring.csv")], print_button("monitoring")),
    ]


def _controls(study: Study, view: View) -> Markup | None:
    """The rule: what is watched, and when the trial stops."""
    if not events_of(study):
        return None
    options, _ = read_options(study, view)
    rates = {str(rate): f"{rate} %" for rate in RATES}
    lists = (
        ("Event", "stop-event", events_of(study), options.event),
        ("Reference rate", "stop-rate", rates, str(options.rate)),
        ("which rests on", "stop-history", HISTORY, options.history),
        ("Prior worth", "stop-worth", WORTH, options.worth),
        ("Stop where P is above", "stop-cut", CUTS, options.cut),
        ("Look after", "stop-every", EVERY, options.every),
        ("Still to come", "stop-next", NEXT, options.after),
    )
    return tag(
        "div",
        [labelled_select(*one, inside=True) for one in lists],
        class_="controls monitoring-controls",
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    if not events_of(study):
        return {}
    options, _ = read_options(study, view)
    values = {
        "stop-event": options.event,
        "stop-rate": str(options.rate),
        "stop-history": options.history,
        "stop-worth": options.worth,
        "stop-cut": options.cut,
        "stop-every": options.every,
        "stop-next": options.after,
    }
    return {name: {"value": value} for name, value in values.items()}


MONITORING = Page(
    id="monitoring",
    label="Monitoring",
    question="Would a rule have stopped the trial? Bayesian monitoring of toxicity and futility, "
    "how often it stops",
    subject="The monitoring",
    option_names=NAMES,
    read_options=read_options,
    build=monitoring_page,
    control_values=control_values,
    parts={
        "sections": Part("monitoring-sections"),
        "side": Part("monitoring-side"),
        "below": Part("monitoring-below"),
    },
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    prints=True,
    under="safety",
    forgets=MappingProxyType({"stop-event": ("stop-rate",)}),
)
