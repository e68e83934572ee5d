"""The options of the Safety page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.checking.slug import slug
from data.patient_groups import Pair
from data.sections.adverse_events import Term
from data.study import Study
from layouts.shared.options import read_choice
from layouts.shared.pairs import COMPARE, read_pair

LEVELS = {"any": "Any grade", "severe": "Grade ≥ 3"}
ORDERS = {"category": "By category", "frequency": "By frequency"}
LEAST = {"0": "Every term", "5": "In 5 % or more", "10": "In 10 % or more", "20": "In 20 % or more"}
EVERY_TERM = "all"
NAMES = frozenset({"level", "order", "min", "group", "search", "terms", COMPARE, "present"})


@dataclass(frozen=True)
class SafetyOptions:
    """What the Safety page shows.

    Attributes
    ----------
    level : str
        ``any`` or ``severe``: which events decide about order, frequency, interval and difference.
    order : str
        Key of ``ORDERS``.
    least : int
        Per cent of patients in whom a term must occur.
    group : str
        Id of a preset or slug of a category; ``all`` for every term.
    search : str
        Part of a term's or category's name.
    term : str
        Id of the term whose patients are split; empty for none.
    pair : Pair or None
        The two arms side by side; None for the first against the reference.
    """

    level: str = "any"
    order: str = "category"
    least: int = 0
    group: str = EVERY_TERM
    search: str = ""
    term: str = ""
    pair: Pair | None = None

    @property
    def severe(self) -> bool:
        return self.level == "severe"


def groups_of(study: Study) -> dict[str, str]:
    """The study's presets and categories of terms, by their name in a link."""
    recorded = study.adverse_events
    if recorded is None:
        return {EVERY_TERM: "All terms"}
    presets = {preset.id: preset.label for preset in recorded.columns.presets}
    categories = dict.fromkeys(term.category for term in recorded.terms)
    return {EVERY_TERM: "All terms"} | presets | {slug(c): c for c in categories}


def in_group(study: Study, term: Term, group: str) -> bool:
    """Whether a term belongs to a preset or category."""
    if group == EVERY_TERM:
        return True
    for preset in study.adverse_events.columns.presets:
        if preset.id == group:
            return term.label in preset.terms
    return slug(term.category) == group


def read_options(study: Study, view: View) -> tuple[SafetyOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    term = given.get("terms", "")
    known = study.adverse_events.terms if study.adverse_events else ()
    if term and term not in {one.id for one in known}:
        notes.append("This study has no adverse event of the name in the link.")
        term = ""
    options = SafetyOptions(
        level=read_choice(given, "level", LEVELS, "any", notes),
        order=read_choice(given, "order", ORDERS, "category", notes),
        least=int(read_choice(given, "min", LEAST, "0", notes)),
        group=read_choice(given, "group", groups_of(study), EVERY_TERM, notes),
        search=given.get("search", "").strip()[:60],
        term=term,
        pair=read_pair(study, given, notes),
    )
    return options, notes
