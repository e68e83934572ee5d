"""The options of the Other trials page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.checking.slug import slug
from data.study import Study
from data.trials import published_results, treatments
from layouts.shared.options import read_choice

ORDERS = {"median": "By median", "year": "By year", "treatment": "By treatment"}
EVERY_TREATMENT = "all"
NAMES = frozenset({"order", "group", "present"})


@dataclass(frozen=True)
class TrialsOptions:
    """What the Other trials page shows.

    Attributes
    ----------
    order : str
        Key of ``ORDERS``.
    group : str
        Slug of the only kind of treatment to show, or ``all``.
    present : bool
        Large type for a projector.
    """

    order: str = "median"
    group: str = EVERY_TREATMENT
    present: bool = False


def groups_of_treatment() -> dict[str, str]:
    """Kinds of treatment by their name in a link."""
    names = {slug(name): name for name in treatments(published_results())}
    return {EVERY_TREATMENT: "All treatments"} | names


def read_options(study: Study, view: View) -> tuple[TrialsOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    options = TrialsOptions(
        order=read_choice(given, "order", ORDERS, "median", notes),
        group=read_choice(given, "group", groups_of_treatment(), EVERY_TREATMENT, notes),
        present=read_choice(given, "present", ("on", "off"), "off", notes) == "on",
    )
    return options, notes
