"""All endpoints of a study side by side: the choice of the split, and a table with curves."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from data.study import Study
from layouts.endpoints.context import EndpointsContext
from layouts.endpoints.options import NAMES, read_options
from layouts.endpoints.table import survival_view
from layouts.frame.page import Page, Part
from layouts.shared.controls import endpoint_meanings, split_control
from layouts.shared.html import link, tag
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FILES = {"endpoints.csv": ""}


def endpoints_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    return [
        sentence_place("endpoints"),
        tag(
            "div",
            tag("nav", id="endpoints-choice", class_="scroll-x", aria_label="Endpoint"),
            split_control(study, view),
            class_="controls",
        ),
        tag("div", id="endpoints-cautions", class_="cautions"),
        tag(
            "div",
            id="endpoints-table",
            class_="table-place",
            tabindex="0",
            role="region",
            aria_label="All endpoints",
        ),
        tag("p", id="endpoints-footnote", class_="footnote"),
        actions("endpoints", [NamedFile("endpoints.csv")], print_button("endpoints")),
    ]


def choice(context: EndpointsContext) -> Markup:
    """The endpoints as on the Survival page: here each leads to its view there."""
    ways = [
        link(one.survival.endpoint.label, href=survival_view(context, one)) for one in context.parts
    ]
    here = replace(context.view, options=())
    ways.append(link("All side by side", href=address(here, context.study), aria_current="page"))
    return tag("div", ways, class_="segments", title=endpoint_meanings(context.study))


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    return {"by": {"value": view.by}}


ENDPOINTS = Page(
    id="endpoints",
    label="All endpoints",
    question="Does it show in every endpoint? Curves, medians and differences of all endpoints "
    "side by side",
    subject="The endpoints",
    option_names=NAMES,
    read_options=read_options,
    build=endpoints_page,
    control_values=control_values,
    parts={"choice": Part("endpoints-choice"), "table": Part("endpoints-table")},
    files=FILES,
    prints=True,
    under="survival",
)
