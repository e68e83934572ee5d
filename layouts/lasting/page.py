"""The page of lasting responses: places for the curves, their numbers and the sentence."""

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
FILES = {"response-duration.csv": ""}


@dataclass(frozen=True)
class LastingOptions:
    """The page has no options."""


def read_options(study: Study, view: View) -> tuple[LastingOptions, list[str]]:
    """There is nothing to read."""
    return LastingOptions(), []


def lasting_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    return [
        sentence_place("lasting"),
        tag("nav", id="lasting-sections", class_="controls sections", aria_label="Section"),
        tag("div", id="lasting-cautions", class_="cautions"),
        tag(
            "div",
            tag("figure", graph("lasting-graph", "Patients in response", FIGURE_HEIGHT)),
            tag("div", id="lasting-side", class_="side"),
            class_="columns lasting",
        ),
        tag("p", id="lasting-footnote", class_="footnote"),
        actions("lasting", [NamedFile("response-duration.csv")], print_button("lasting")),
    ]


def sections(study: Study, view: View):
    """The way back to the response of the same patients."""
    options = (("view", "course"),)
    back = address(replace(view, page="response", options=options), study)
    here = address(replace(view, options=()), study)
    ways = [
        link("Response", href=back),
        link("Lasting responses", href=here, aria_current="page"),
    ]
    return tag("div", ways, class_="segments")


LASTING = Page(
    id="lasting",
    label="Lasting responses",
    question="How long do responses last? Duration, probability of being in response, time to "
    "response",
    subject="The lasting responses",
    option_names=NAMES,
    read_options=read_options,
    build=lasting_page,
    control_values=lambda study, view: {},
    parts={"sections": Part("lasting-sections"), "side": Part("lasting-side")},
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    prints=True,
    under="response",
)
