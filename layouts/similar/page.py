"""A patient like mine: what is entered at the side, curves and nested cohorts beside it."""

from __future__ import annotations

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.frame.shell import failed
from layouts.shared.controls import field, segments, select
from layouts.shared.graph import graph
from layouts.shared.html import tag
from layouts.shared.parts import NamedFile, actions, sentence_place
from layouts.similar.entry import entry_form
from layouts.similar.options import NAMES, PRIVATE, read_options
from layouts.survival.options import GIVEN_MONTHS

FIGURE_HEIGHT = 460
FILES = {"similar.csv": ""}


def similar_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    options, _ = read_options(study, view)
    entry = tag(
        "div",
        entry_form(study),
        tag("div", id="patient-criteria", class_="criteria-place"),
        class_="mine",
    )
    drawn = tag(
        "figure",
        graph("patient-graph", "Survival of patients like yours", FIGURE_HEIGHT),
        class_="figure",
    )
    table = {"class_": "table-place", "tabindex": "0", "role": "region"}
    answer = tag(
        "div",
        _controls(study, options),
        sentence_place("patient"),
        tag("div", id="patient-cautions", class_="cautions"),
        drawn,
        tag("div", id="patient-table", **table, aria_label="Nested cohorts"),
        tag("div", id="patient-events", **table, aria_label="Adverse events"),
        tag("div", id="patient-onward"),
        tag("p", id="patient-footnote", class_="footnote"),
        actions("patient", [NamedFile("similar.csv")]),
        class_="like",
    )
    return [tag("div", entry, answer, class_="mine-and-like")]


def _controls(study: Study, options):
    endpoints = {one.id: one.label for one in study.endpoints}
    shown = [
        tag(
            "div",
            segments("Endpoint", "of", endpoints, options.endpoint),
            class_="scroll-x endpoints",
        )
    ]
    # Where small numbers are held back no month can be chosen.
    if not study.disclosure.protects:
        months = sorted({*GIVEN_MONTHS, *([options.alive] if options.alive else [])})
        choices = {"0": "the start"} | {f"{one:g}": f"{one:g} months" for one in months}
        words = "Given no event by"
        shown.append(
            field(words, select(words, "alive", choices, f"{options.alive:g}", kind="small"))
        )
    return tag("div", shown, class_="controls")


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control that stands in the link, by part."""
    options, _ = read_options(study, view)
    return {"of": {"value": options.endpoint}, "alive": {"value": f"{options.alive:g}"}}


SIMILAR = Page(
    id="patient",
    label="A patient like mine",
    question="Where does my patient stand? What happened to those who are like it, from all "
    "that is known of it to a few characteristics",
    subject="The patients like yours",
    option_names=NAMES,
    private=PRIVATE,
    read_options=read_options,
    build=similar_page,
    control_values=control_values,
    parts={
        "criteria": Part("patient-criteria"),
        "table": Part("patient-table", empty=failed("The patients like yours")),
        "events": Part("patient-events"),
        "onward": Part("patient-onward"),
    },
    files=FILES,
    figure_height=FIGURE_HEIGHT,
)
