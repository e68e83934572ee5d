"""Credibility of a subgroup: what the reader answers, and the table of answers."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from data.study import Study
from layouts.credibility.options import (
    ASKED,
    NAMES,
    SMALLEST,
    as_chosen,
    choices_of,
    modifiers_of,
    read_options,
)
from layouts.frame.page import Page, Part
from layouts.shared.controls import choices_by_group, endpoint_control, field, select
from layouts.shared.html import link, tag
from layouts.shared.pairs import COMPARE, compare_control, compare_value, first_pair
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FILES = {"credibility.csv": ""}


def credibility_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    options, _ = read_options(study, view)
    questions = [
        field(
            one.short,
            select(one.short, one.option, choices_of(one), as_chosen(options, one), kind="small"),
        )
        for one in ASKED
    ]
    return [
        sentence_place("credibility"),
        _controls(study, view),
        tag("div", questions, class_="controls answers", role="group", aria_label="Your answers"),
        tag("div", id="credibility-cautions", class_="cautions"),
        tag(
            "div",
            id="credibility-table",
            class_="table-place",
            tabindex="0",
            role="region",
            aria_label="Questions and answers",
        ),
        tag("p", id="credibility-footnote", class_="footnote"),
        actions("credibility", [NamedFile("credibility.csv")], print_button("credibility")),
    ]


def _controls(study: Study, view: View) -> Markup:
    options, _ = read_options(study, view)
    groups = choices_by_group("", {}, modifiers_of(study))[1:]
    choices = [("Any", {SMALLEST: "Smallest interaction p"}), *groups]
    kept = tuple(one for one in view.options if one[0] == COMPARE)
    back = address(replace(view, page="subgroups", options=kept), study)
    return tag(
        "div",
        endpoint_control(study, view),
        tag(
            "label",
            "Subgroups by",
            select("Subgroups by", "modifier", choices, options.modifier, kind="split"),
            class_="inline-label",
        ),
        *compare_control(study, first_pair(study, options.pair), each=False),
        tag("span", link("All subgroups", href=back)),
        class_="controls",
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {"endpoint": view.endpoint, "modifier": options.modifier}
    values |= {one.option: as_chosen(options, one) for one in ASKED}
    pair = compare_value(study, first_pair(study, options.pair))
    return {name: {"value": value} for name, value in values.items()} | pair


CREDIBILITY = Page(
    id="credibility",
    label="Credibility of a subgroup",
    question="Is it true that it was different for them? The five questions of ICEMAN, answered "
    "as far as the study knows, and what they allow to be believed",
    subject="The credibility of the subgroup",
    option_names=NAMES,
    read_options=read_options,
    build=credibility_page,
    control_values=control_values,
    parts={"table": Part("credibility-table")},
    files=FILES,
    prints=True,
    shows_endpoint=lambda study, view: True,
    recorded=lambda study: len(study.arms) > 1,
    under="subgroups",
    forgets={"modifier": tuple(one.option for one in ASKED)},
)
