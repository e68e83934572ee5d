"""The options of the Evidence page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.verdict import DIFFERS, EXACT, WITHIN
from data.address import View
from data.checking.slug import slug
from data.study import Study
from layouts.shared.options import read_choice

EVERY = "all"
CELLS, DISAGREEMENTS, MADE = "cells", "disagreements", "made"
VIEWS = {
    CELLS: "Published and recomputed",
    DISAGREEMENTS: "Where the paper disagrees with itself",
    MADE: "What is published, what is not",
}
KIND_WORDS = {
    "count": "Counts",
    "percent": "Percentages",
    "number": "Means, medians, ranges",
    "median": "Median survival",
    "survival": "Survival rates",
    "hazard ratio": "Hazard ratios",
    "p": "p-values",
}
VERDICT_CHOICES = {
    EVERY: "Every verdict",
    DIFFERS: "Differs",
    WITHIN: "Within tolerance",
    EXACT: "Exact at printed precision",
    "none": "Nothing to recompute it from",
    "failed": "Could not be recomputed",
}
ORDERS = {"verdict": "Differing first", "print": "As printed"}
SHOWN = ("first", "all")
NAMES = frozenset({"view", "table", "statistic", "verdict", "search", "order", "show", "present"})


@dataclass(frozen=True)
class EvidenceOptions:
    """What the Evidence page shows.

    Attributes
    ----------
    view : str
        Key of ``VIEWS``.
    table, statistic : str
        Slug of the only table, or kind of number, to show; ``all`` for every one.
    verdict : str
        Key of ``VERDICT_CHOICES``.
    search : str
        Words that a cell must have in its row or column.
    order : str
        Key of ``ORDERS``.
    everything : bool
        Every row, however many there are.
    """

    view: str = CELLS
    table: str = EVERY
    statistic: str = EVERY
    verdict: str = EVERY
    search: str = ""
    order: str = "verdict"
    everything: bool = False


def views_of(study: Study) -> dict[str, str]:
    """The parts of the page that this study has something for."""
    evidence = study.evidence
    wanted = {
        CELLS: evidence is not None,
        DISAGREEMENTS: bool(evidence and evidence.discrepancies),
        MADE: study.provenance != "patient data",
    }
    return {name: words for name, words in VIEWS.items() if wanted[name]}


def tables_of(study: Study) -> dict[str, str]:
    """Tables of the publication by slug."""
    cells = study.evidence.cells if study.evidence else ()
    return {EVERY: "All tables"} | {slug(cell.table): cell.table for cell in cells}


def statistics_of(study: Study) -> dict[str, str]:
    """Kinds of number that the publication prints, by slug."""
    kinds = {cell.kind for cell in study.evidence.cells} if study.evidence else set()
    words = {slug(kind): words for kind, words in KIND_WORDS.items() if kind in kinds}
    return {EVERY: "Every number"} | words


def read_options(study: Study, view: View) -> tuple[EvidenceOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    views = views_of(study) or {CELLS: ""}

    def choice(name: str, allowed, default: str) -> str:
        return read_choice(given, name, allowed, default, notes)

    options = EvidenceOptions(
        view=choice("view", views, next(iter(views))),
        table=choice("table", tables_of(study), EVERY),
        statistic=choice("statistic", statistics_of(study), EVERY),
        verdict=choice("verdict", VERDICT_CHOICES, EVERY),
        search=given.get("search", "").strip()[:60],
        order=choice("order", ORDERS, "verdict"),
        everything=choice("show", SHOWN, "first") == "all",
    )
    return options, notes
