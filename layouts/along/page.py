"""Effect along a number: its controls and its places for figure and numbers."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from analysis.credibility import SUGGESTED
from data.address import View, address
from data.study import Study
from layouts.along.context import AlongContext
from layouts.along.options import NAMES, WINDOWS, numbers_known_before, read_options
from layouts.along.words import obstacle
from layouts.frame.page import Page, Part
from layouts.shared.controls import (
    choices_by_group,
    drawer_button,
    endpoint_control,
    labelled_select,
    select,
)
from layouts.shared.graph import graph
from layouts.shared.html import joined, link, tag
from layouts.shared.pairs import COMPARE, compare_control, compare_value, first_pair
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FIGURE_HEIGHT = 460
FILES = {"stepp.csv": ""}


def along_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    return [
        sentence_place("along"),
        _controls(study, view),
        tag("div", id="along-cautions", class_="cautions"),
        tag(
            "div",
            tag(
                "figure",
                graph("along-graph", "Hazard ratio along a number", FIGURE_HEIGHT),
                tag("figcaption", tag("p", id="along-footnote", class_="footnote"), _actions()),
                class_="figure",
            ),
            tag(
                "div",
                id="along-side",
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
    numbers = numbers_known_before(study)
    chosen = options.variable.id if options.variable else None
    choices = choices_by_group("", {}, numbers)[1:]
    parts = [
        endpoint_control(study, view),
        tag(
            "label",
            "Along",
            select("Along", "along", choices, chosen, kind="split"),
            class_="inline-label",
        ),
        *compare_control(study, first_pair(study, options.pair), each=False),
    ]
    parts.append(tag("div", id="along-window"))
    parts.append(tag("div", id="along-ways", class_="cut-ways"))
    return tag("div", parts, class_="controls")


def window_control(context: AlongContext) -> Markup | None:
    """The choice of the size of the windows; none where there are none."""
    if context.stepp is None:
        return None
    size = str(context.options.window)
    return labelled_select("Windows of at least", "window", WINDOWS, size)


def ways(context: AlongContext) -> Markup:
    """The way back to all subgroups, and to how credible a suggested interaction is."""
    kept = tuple(one for one in context.view.options if one[0] == COMPARE)
    back = replace(context.view, page="subgroups", options=kept)
    found = [link("All subgroups", href=address(back, context.study))]
    if not obstacle(context) and context.arms and context.effect.test.p_value < SUGGESTED:
        # Along the whole number, as here.
        asked = (("iceman-cuts", "yes"), ("modifier", context.options.variable.id), *kept)
        target = replace(context.view, page="credibility", options=asked)
        found.insert(0, link("How credible?", href=address(target, context.study)))
    return joined(found)


def _actions() -> Markup:
    return actions(
        "along",
        [NamedFile("stepp.csv")],
        print_button("along"),
        drawer_button("windows", "Every window"),
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {"endpoint": view.endpoint}
    values["along"] = options.variable.id if options.variable else None
    if len(study.arms) > 1 and not study.disclosure.protects:
        values["window"] = str(options.window)
    pair = compare_value(study, first_pair(study, options.pair))
    return {name: {"value": value} for name, value in values.items()} | pair


ALONG = Page(
    id="along",
    label="Effect along a number",
    question="Does the effect change with age or another number? Hazard ratio along any number: "
    "a smooth curve and sliding windows, each with its test",
    subject="The effect along the number",
    option_names=NAMES,
    read_options=read_options,
    build=along_page,
    control_values=control_values,
    parts={"side": Part("along-side"), "window": Part("along-window"), "ways": Part("along-ways")},
    files=FILES,
    figure_height=FIGURE_HEIGHT,
    prints=True,
    shows_endpoint=lambda study, view: True,
    recorded=lambda study: bool(numbers_known_before(study)),
    under="subgroups",
)
