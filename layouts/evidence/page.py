"""The Evidence page: its controls and its places for summary, sentence, tables and footnote."""

from __future__ import annotations

from markupsafe import Markup

from data.address import View
from data.study import Study
from layouts.evidence.context import EvidenceContext
from layouts.evidence.disagreements import disagreements
from layouts.evidence.made import what_is_published
from layouts.evidence.options import (
    CELLS,
    DISAGREEMENTS,
    NAMES,
    ORDERS,
    VERDICT_CHOICES,
    read_options,
    statistics_of,
    views_of,
)
from layouts.evidence.table import evidence_table
from layouts.frame.page import Page, Part
from layouts.shared.controls import (
    field,
    labelled_select,
    search_field,
    segmented,
    segments,
)
from layouts.shared.html import tag
from layouts.shared.parts import NamedFile, actions, print_button, sentence_place

FILES = {
    "evidence.csv": "Cells",
    "discrepancies.csv": "Disagreements",
}


def evidence_page(study: Study, view: View) -> list:
    """The page before its numbers are computed."""
    files, more = [], []
    if study.evidence is not None:
        files.append(_file("evidence.csv"))
        if study.evidence.discrepancies:
            files.append(_file("discrepancies.csv"))
        more.append(print_button("evidence"))
    return [
        tag("aside", id="evidence-summary", class_="evidence-summary", **{"aria-label": "Tables"}),
        tag(
            "div",
            [
                _views(study, view),
                sentence_place("evidence"),
                tag("div", id="evidence-cautions", class_="cautions"),
                _controls(study, view),
                tag(
                    "div",
                    id="evidence-table",
                    class_="table-place",
                    tabindex="0",
                    role="region",
                    **{"aria-label": "Printed cells"},
                ),
                tag("p", id="evidence-footnote", class_="footnote"),
                actions("evidence", files, *more),
            ],
            class_="evidence",
        ),
    ]


def _file(file: str) -> NamedFile:
    return NamedFile(file, FILES[file])


def _views(study: Study, view: View) -> Markup | None:
    views = views_of(study)
    if len(views) < 2:
        return None
    options, _ = read_options(study, view)
    return tag(
        "div",
        segments("Part of the page", "view", views, options.view),
        class_="scroll-x evidence-views",
    )


def _controls(study: Study, view: View) -> Markup | None:
    if study.evidence is None:
        return None
    options, _ = read_options(study, view)
    return tag(
        "div",
        [
            labelled_select(
                "Statistic", "statistic", statistics_of(study), options.statistic, inside=True
            ),
            labelled_select("Verdict", "verdict", VERDICT_CHOICES, options.verdict, inside=True),
            segmented("Order", "order", ORDERS, options.order),
            field(
                "Search",
                search_field(
                    "Search a variable, level or column",
                    options.search,
                    "Variable, level or column",
                ),
            ),
        ],
        class_="controls evidence-controls",
    )


def control_values(study: Study, view: View) -> dict[str, dict]:
    """The value of every control of the page for a view, by part."""
    options, _ = read_options(study, view)
    values = {"view": options.view} if len(views_of(study)) > 1 else {}
    if study.evidence is not None:
        values |= {
            "statistic": options.statistic,
            "verdict": options.verdict,
            "order": options.order,
            "search": options.search,
        }
    return {name: {"value": value} for name, value in values.items()}


def evidence_body(context: EvidenceContext) -> str:
    """The part of the page that is asked for, as HTML; empty where the study has none."""
    if not views_of(context.study):
        return ""
    if context.options.view == CELLS:
        return evidence_table(context)
    if context.options.view == DISAGREEMENTS:
        return disagreements(context)
    return what_is_published(context)


EVIDENCE = Page(
    id="evidence",
    label="Evidence",
    question="How near print is it? Every printed cell beside its recomputed number, where the "
    "paper disagrees with itself, what is published and what was made",
    subject="The evidence",
    option_names=NAMES,
    read_options=read_options,
    build=evidence_page,
    control_values=control_values,
    parts={"summary": Part("evidence-summary"), "table": Part("evidence-table")},
    files=FILES,
    prints=True,
)
