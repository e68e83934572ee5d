"""The options of the Subgroups page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.checking.slug import slug
from data.patient_groups import Pair
from data.study import Study
from layouts.shared.options import CI_TYPES, read_choice
from layouts.shared.pairs import COMPARE, read_pair

P_VALUES = {
    "log-rank": "Log-rank",
    "permutation": "Permutation",
    "holm": "Holm",
    "benjamini-hochberg": "Benjamini–Hochberg",
    "westfall-young": "Westfall–Young",
}
ADJUSTED = ("holm", "benjamini-hochberg", "westfall-young")
# The first is the order of the paper's table where there is one, else of the study.
ORDERS = {
    "published": "Paper's order",
    "group": "By group",
    "p": "By p-value",
    "adjusted": "By adjusted p",
    "name": "By name",
}
SHOWN = {"both": "Both", "medians": "Survival", "effect": "Effect of the arm"}
EVERY_GROUP = "all"
NAMES = frozenset(
    {"p", "order", "of", "group", "search", "published", "ci", "show", COMPARE, "present"}
)


@dataclass(frozen=True)
class SubgroupOptions:
    """What the Subgroups page shows.

    Attributes
    ----------
    p : str
        Which p-value stands in the table (key of ``P_VALUES``).
    order : str
        Key of ``ORDERS``.
    of : str
        ``published``: the variables of the paper's table; ``baseline``: all baseline variables.
    group : str
        Slug of the only group of variables to show, or ``all``.
    search : str
        Part of a variable's or level's name.
    published : bool
        The paper's cell beside each recomputed one.
    ci : str
        Transform of the confidence intervals.
    show : str
        Of a comparison of two arms: survival of the levels, effect of the arm in them, or both.
    pair : Pair or None
        The two arms whose effect is shown; None for the first against the reference.
    """

    p: str = "log-rank"
    order: str = "published"
    of: str = "baseline"
    group: str = EVERY_GROUP
    search: str = ""
    published: bool = False
    ci: str = "log"
    show: str = "both"
    pair: Pair | None = None


def choices_of(study: Study, endpoint_id: str) -> dict[str, str]:
    """Which variables can be asked for; the first is the default."""
    table = study.published_subgroups.get(endpoint_id)
    baseline = {"baseline": "All baseline variables"}
    return {"published": f"Variables of {table.title}"} | baseline if table else baseline


def orders_of(study: Study, endpoint_id: str) -> dict[str, str]:
    """Orders by their words in a link; there is no paper's order without a table of a paper."""
    printed = endpoint_id in study.published_subgroups
    return ORDERS if printed else ORDERS | {"published": "Study's order"}


def groups_of(study: Study) -> dict[str, str]:
    """Groups of baseline variables by slug."""
    names = dict.fromkeys(v.group for v in study.variables if not v.after_baseline)
    return {EVERY_GROUP: "All groups"} | {slug(name): name for name in names}


def read_options(study: Study, view: View) -> tuple[SubgroupOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)

    def choice(name: str, allowed, default: str) -> str:
        return read_choice(given, name, allowed, default, notes)

    of = choices_of(study, view.endpoint)
    options = SubgroupOptions(
        p=choice("p", P_VALUES, "log-rank"),
        order=choice("order", ORDERS, "published"),
        of=choice("of", of, next(iter(of))),
        group=choice("group", groups_of(study), EVERY_GROUP),
        search=given.get("search", "").strip()[:60],
        published=choice("published", ("on", "off"), "off") == "on",
        ci=choice("ci", CI_TYPES, "log"),
        show=choice("show", SHOWN, "both"),
        pair=read_pair(study, given, notes),
    )
    return options, notes
