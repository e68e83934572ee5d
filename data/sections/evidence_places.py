"""Where a publication prints something about a variable, from the cells that name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.sections.evidence import COUNT, NUMBER, P_VALUE, PERCENT, PublishedCell
from data.study import Study, Variable

COUNTS, SUMMARIES, TESTS, GROUPS = "counts", "summaries", "tests", "groups"


@dataclass(frozen=True)
class PrintedPlace:
    """Something that is printed about a variable, and where.

    Attributes
    ----------
    what : str
        ``counts`` of its levels, ``summaries`` of a number, ``tests`` between groups, ``groups``
        by which other rows are split, or the id of an endpoint.
    tables : tuple of str
        Tables in the order of print.
    """

    what: str
    tables: tuple[str, ...]


def printed_places(study: Study) -> Mapping[str, tuple[PrintedPlace, ...]]:
    """What the publication prints of each variable, by variable id.

    A variable is named by a cell that counts its levels, summarises its numbers, or holds an
    endpoint or other rows for one of its levels. Variables that no cell names are left out.
    """
    variables = {variable.id: variable for variable in study.variables}
    endpoints = {endpoint.id for endpoint in study.endpoints}
    found: dict[str, dict[str, dict[str, None]]] = {}
    for cell in study.evidence.cells if study.evidence else ():
        for name, what in _named(cell, variables, endpoints):
            found.setdefault(name, {}).setdefault(what, {})[cell.table] = None
    return {
        name: tuple(PrintedPlace(what, tuple(tables)) for what, tables in places.items())
        for name, places in found.items()
    }


def _named(
    cell: PublishedCell, variables: Mapping[str, Variable], endpoints: set[str]
) -> Iterable[tuple[str, str]]:
    """(variable id, what the cell says about it)."""
    if not cell.quantity:
        return []
    if cell.of in endpoints:
        names = [*_conditions(cell.by), *_conditions(cell.adjusted), *(n for n, _ in cell.where)]
        return [(name, cell.of) for name in names if name in variables]
    what = {COUNT: COUNTS, PERCENT: COUNTS, NUMBER: SUMMARIES, P_VALUE: TESTS}.get(cell.kind, "")
    own = [name for part in cell.of.split(" + ") for name in _conditions(part)]
    if any(name in variables and variables[name].is_number for name in own):
        what = TESTS if what == TESTS else SUMMARIES
    said = [(name, what) for name in own if name in variables]
    if cell.kind == P_VALUE:
        said += [(name, TESTS) for name in cell.by.split() if name in variables]
    return said + [(name, GROUPS) for name, _ in cell.where]


def _conditions(text: str) -> list[str]:
    """The variables of ``variable=level&variable=level``, or of a variable alone."""
    return [part.partition("=")[0] for part in text.split("&")]
