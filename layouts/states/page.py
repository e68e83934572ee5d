"""The states page: places for the stacked curves, their numbers and the sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.address import View, address
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.shared.graph import graph
from layouts.shared.html import link, tag
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FIGURE_HEIGHT = 440
NAMES = frozenset({"present"})
FILES = {"states.csv": ""}


@dataclass(frozen=True)
class StatesOptions:
    """The page has no options."""


def read_options(study: Study, view: View) -> tuple[StatesOptions, list[str]]:
    """There is nothing to read."""
    return StatesOptions(), []


def states_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    return [
        sentence_place("states"),
        tag("nav", id="states-sections", class_="controls sections", aria_label="Section"),
        tag("div", id="states-cautions", class_="cautions"),
        tag(
            "div",
            tag("figure", graph("states-graph", "Patients in each state", FIGURE_HEIGHT)),
            tag("div", id="states-side", class_="side"),
            class_="columns states",
        ),
        tag("p", id="states-footnote", class_="footnote"),
        actions("states", [NamedFile("states.csv")], print_button("states")),
    ]


def sections(study: Study, view: View):
    """The way back to the competing risks of the same patients."""
    options = (("show", "competing"),)
    back = address(replace(view, page="arms", options=options), study)
    here = address(replace(view, options=()), study)
    ways = [
        link("Competing risks", href=back),
        link("States over time", href=here, aria_current="page"),
    ]
    return tag("div", ways, class_="segments")


STATES = Page(
    id="states",
    label="States over time",
    question="Where are the patients? Alive without progression, alive after it, dead, and how "
    "long in each",
    subject="The states over time",
    option_names=NAMES,
    read_options=read_options,
    build=states_page,
    control_values=lambda study, view: {},
    parts={"sections": Part("states-sections"), "side": Part("states-side")},
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    prints=True,
    under="arms",
)
