"""The options of the Overview page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.checking.slug import slug
from data.study import ARM, Study, Variable
from layouts.shared.options import read_choice

WHICH = {"baseline": "All baseline variables", "featured": "Main variables", "all": "All variables"}
EVERY_GROUP = "all"
NAMES = frozenset({"of", "group", "search", "present"})


@dataclass(frozen=True)
class OverviewOptions:
    """What the table of the Overview page shows.

    Attributes
    ----------
    of : str
        Key of ``WHICH``.
    group : str
        Slug of the only group of variables to show, or ``all``.
    search : str
        Part of a variable's or level's name.
    """

    of: str = "baseline"
    group: str = EVERY_GROUP
    search: str = ""


def groups_of(study: Study) -> dict[str, str]:
    """Groups of variables by slug."""
    names = dict.fromkeys(variable.group for variable in study.variables)
    return {EVERY_GROUP: "All groups"} | {slug(name): name for name in names}


def read_options(study: Study, view: View) -> tuple[OverviewOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    options = OverviewOptions(
        of=read_choice(given, "of", WHICH, "baseline", notes),
        group=read_choice(given, "group", groups_of(study), EVERY_GROUP, notes),
        search=given.get("search", "").strip()[:60],
    )
    return options, notes


def table_variables(study: Study, options: OverviewOptions) -> tuple[Variable, ...]:
    """The variables of the table; the arm is its columns where there are several arms."""
    wanted = options.search.casefold()
    return tuple(
        variable
        for variable in study.variables
        if variable.id != ARM
        and (options.of == "all" or not variable.after_baseline)
        and (options.of != "featured" or variable.featured)
        and options.group in (EVERY_GROUP, slug(variable.group))
        and any(
            wanted in name.casefold()
            for name in (variable.label, *(level.label for level in variable.levels))
        )
    )
