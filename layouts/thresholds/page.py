"""Thresholds of a number: controls, curves, numbers."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from markupsafe import Markup

from data.address import View, address
from data.checking.numerals import plain
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.shared.controls import choices_by_group, endpoint_control, select
from layouts.shared.graph import graph
from layouts.shared.html import joined, link, tag
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place
from layouts.shared.thresholds import looks_place, threshold_here, threshold_slider
from layouts.thresholds.context import ThresholdContext
from layouts.thresholds.options import NAMES, ThresholdOptions, numbers_to_cut, read_options
from layouts.thresholds.words import obstacle

FIGURE_HEIGHT = 500
FILES = {"survival-thresholds.csv": ""}


def thresholds_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    return [
        sentence_place("thresholds"),
        _controls(study, view),
        looks_place("thresholds-looks"),
        tag("div", id="thresholds-cautions", class_="cautions"),
        tag(
            "div",
            tag(
                "figure",
                graph("thresholds-graph", "Survival below and at or above", FIGURE_HEIGHT),
                tag(
                    "figcaption",
                    tag("p", id="thresholds-footnote", class_="footnote"),
                    actions(
                        "thresholds",
                        [NamedFile("survival-thresholds.csv")],
                        print_button("thresholds"),
                    ),
                ),
                class_="figure",
            ),
            tag(
                "div",
                id="thresholds-side",
                class_="side",
                tabindex="0",
                role="region",
                aria_label="Numbers of this view",
            ),
            class_="columns",
        ),
    ]


def _controls(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    chosen = options.variable.id if options.variable else None
    choices = choices_by_group("", {}, numbers_to_cut(study))[1:]
    return tag(
        "div",
        endpoint_control(study, view),
        tag(
            "label",
            "Number",
            select("Number", "by", choices, chosen, kind="split"),
            class_="inline-label",
        ),
        # Its ends and steps are those of the number.
        tag("div", id="thresholds-slider", class_="slider-place"),
        tag("div", id="thresholds-way", class_="cut-ways"),
        class_="controls",
    )


def slider(options: ThresholdOptions) -> Markup:
    """The slider; none where nothing can be cut."""
    if options.scale is None:
        return joined()
    unit = f", {options.variable.unit}" if options.variable.unit else ""
    spoken = f"Threshold of {options.variable.label}{unit}"
    return threshold_slider("cut", options.scale, spoken, "thresholds-here")


def here(options: ThresholdOptions) -> Markup:
    """What stands before the slider; nothing without one."""
    if options.scale is None:
        return joined()
    return threshold_here(options.scale, options.cut, options.unit)


def way(context: ThresholdContext) -> Markup:
    """The way to the Survival page with this threshold as its split."""
    study, options = context.study, context.options
    if options.variable is None:
        return joined()
    if obstacle(context):
        view = replace(context.view, page="survival", by=options.variable.id, options=())
        return link("Survival by this number", href=address(view, study))
    cut = (("cut", plain(round(options.cut, 6))),)
    view = replace(context.view, page="survival", by=options.variable.id, options=cut)
    return link("Survival by this cut", href=address(view, study))


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {
        "endpoint": view.endpoint,
        "by": options.variable.id if options.variable else None,
        "cut": options.cut if options.scale else 0,
    }
    return {name: {"value": value} for name, value in values.items()}


THRESHOLDS = Page(
    id="thresholds",
    label="Thresholds",
    question="Where would a number be cut, and what is left of it? Curves at any threshold, the "
    "p-value adjusted for all of them, the hazard ratio shrunk and cross-validated",
    subject="The thresholds",
    option_names=NAMES,
    read_options=read_options,
    build=thresholds_page,
    control_values=control_values,
    parts={
        "side": Part("thresholds-side"),
        "slider": Part("thresholds-slider"),
        "here": Part("thresholds-here"),
        "way": Part("thresholds-way"),
        "looked-at": Part("thresholds-looks", "data", empty=None),
    },
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    prints=True,
    shows_endpoint=lambda study, view: True,
    recorded=lambda study: bool(numbers_to_cut(study)),
    under="survival",
    forgets=MappingProxyType({"by": ("cut",)}),
)
