"""The Prognostic factors page: its controls and its places for sentence, table and footnote."""

from __future__ import annotations

from markupsafe import Markup

from data.address import View
from data.study import Study
from layouts.frame.page import Page, Part
from layouts.prognostic.options import FOUND, NAMES, ORDERS, factors_of, read_options
from layouts.shared.controls import endpoint_control, field, labelled_select, several
from layouts.shared.html import tag
from layouts.shared.parts import NamedFile, actions, sentence_place

FILES = {"prognostic.csv": ""}


def prognostic_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    options, _ = read_options(study, view)
    return [
        sentence_place("prognostic"),
        tag(
            "div",
            [
                endpoint_control(study, view),
                labelled_select("Order", "order", ORDERS, options.order),
            ],
            class_="controls",
        ),
        tag(
            "div",
            [tag("p", id="prognostic-looks", class_="looks"), _model(study, options)],
            class_="looks-row model-row",
        ),
        tag("div", id="prognostic-cautions", class_="cautions"),
        tag(
            "div",
            id="prognostic-table",
            class_="table-place",
            tabindex="0",
            role="region",
            **{"aria-label": "Prognostic factors"},
        ),
        tag("p", id="prognostic-footnote", class_="footnote"),
        actions("prognostic", [NamedFile("prognostic.csv")]),
    ]


def _model(study: Study, options) -> Markup:
    choices = {FOUND: "All with p < 0.05 alone"} | {v.id: v.label for v in factors_of(study)}
    label = "Multivariable model"
    chosen = several(label, "model", choices, options.model, nothing="none")
    return field(label, chosen, class_="model")


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    return {
        "endpoint": {"value": view.endpoint},
        "order": {"value": options.order},
        "model": {"levels": list(options.model)},
    }


PROGNOSTIC = Page(
    id="prognostic",
    label="Prognostic factors",
    question="What goes with the outcome? Univariable and multivariable Cox regression",
    subject="The prognostic factors",
    option_names=NAMES,
    read_options=read_options,
    build=prognostic_page,
    control_values=control_values,
    parts={"table": Part("prognostic-table"), "looks": Part("prognostic-looks")},
    files=FILES,
    shows_endpoint=lambda study, view: True,
)
