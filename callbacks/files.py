"""The numbers of a page by address, so that a statistician can ``read.csv()`` them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, request

from callbacks.cells import csv_cell
from callbacks.disclosure.door import Stated
from callbacks.memory import Memory
from callbacks.noted import also, noted
from callbacks.plain import BOTH, Read, Refused, asked, read_query
from callbacks.reading import Grammar
from callbacks.workbook import MIME, ROWS, workbook
from data.address import View, address
from data.catalog import Catalog
from data.study import Study
from layouts.charts.picture import head_words
from layouts.frame.shell import PRODUCT
from layouts.shared.few import Few
from layouts.shared.numbers import NAN, NO_KEY, Key
from layouts.shared.place import below
from layouts.shared.ranges import Across
from layouts.shared.words import counted_where, exported_provenance, held_back

PROVENANCE_COLUMN = "provenance"
# Columns of months.
_TIMES = re.compile(
    r"(^|_)(time|months|median|follow_up|mean|tau|horizon|gained|rmst_difference)(_|$)"
)


@dataclass(frozen=True)
class File:
    """One file of a page.

    Attributes
    ----------
    rows : function of a context
        Its rows: every one a dict with the same columns.
    read : function of (Study, View) or None
        The view that the file is about, its options, and a sentence for each part that cannot be
        used; None where it is the view of the link as the page reads it.
    units : mapping of str to str
        The units of its columns by the beginnings of their names; see callbacks.workbook.
    """

    rows: Callable[[Any], Iterable[dict]]
    read: Read | None = None
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def register(
    server: Flask, catalog: Catalog, memory: Memory, pages: Collection, grammar: Grammar
) -> None:
    """Register ``GET /download/<panel>.csv?<the page's query>``, and the same as ``.xlsx``.

    The query can also be posted as the field ``query`` of a form, which no log of addresses holds.

    Parameters
    ----------
    pages : collection of Served
    """
    panels = {
        name.removesuffix(".csv"): (served, file)
        for served in pages
        for name, file in served.files.items()
    }

    @server.route("/download/<panel>.csv", methods=BOTH, defaults={"kind": "csv"})
    @server.route("/download/<panel>.xlsx", methods=BOTH, defaults={"kind": "xlsx"})
    def download(panel: str, kind: str) -> Response:
        noted("download")
        try:
            if panel not in panels:
                raise Refused(f"There is no panel “{panel}”. There are {', '.join(panels)}.")
            served, file = panels[panel]
            also(part=f"{panel}.{kind}")
            study, view, options = read_query(served.page, catalog, grammar, file.read)
            found = asked(memory, served, study, view, options)
        except Refused as refused:
            return refused.response()
        rows = list(file.rows(found.context))
        also(rows=len(rows))
        if study.disclosure.protects:
            rows = map(rounded, rows)
        provenance = exported_provenance(study.provenance)
        endpoint = getattr(found.context, "endpoint", None)
        name = "-".join([study.id, *([endpoint.id] if endpoint else []), panel])
        headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
        if kind == "csv":
            return Response(_csv(rows, provenance), mimetype="text/csv", headers=headers)
        columns, values = table(rows, provenance)
        rows = list(values)
        if len(rows) > ROWS:
            return Refused(f"A sheet holds {ROWS:,} rows, and this panel has more.").response()
        # What was posted is to stand in no link.
        linked = served.page.public(view) if request.method == "POST" else view
        about = about_file(served, study, linked, found)
        made = workbook(panel, columns, rows, about, file.units)
        return Response(made, mimetype=MIME, headers=headers)


def about_file(served: Any, study: Study, view: View, found: Stated) -> list[tuple[str, str]]:
    """What a file is of: whom, found by which link, how computed, and what the rows are.

    Parameters
    ----------
    served : Served

    Returns
    -------
    list of (what, words)
    """
    page, said = served.page, served.words(found.context)
    title, cohort = head_words(study, view, page)
    told = [
        ("Study", study.title),
        ("Shown", title),
        ("Cohort", cohort),
        ("Finding", said.sentence),
        *(("Caution", words) for words in (*found.notes, *said.cautions)),
        ("Method", said.method),
        ("Provenance", exported_provenance(study.provenance)),
        ("Counted", counted_where(study)),
        ("Held back", held_back(study)),
        ("Missing", "NA: not estimable or not known. Inf: without an end."),
        ("Link", below(address(view, study))),
        ("Study version", study.version),
        ("Written on", date.today().isoformat()),
        ("Written by", PRODUCT),
    ]
    return [(what, words) for what, words in told if words]


def rounded(row: dict) -> dict:
    """A row with its numbers as they are printed: times in months to one digit.

    The digits of a number computed from a few patients tell who they are.
    """
    return {name: _rounded(name, value) for name, value in row.items()}


def _rounded(name: str, value):
    if isinstance(value, Few) or not isinstance(value, float) or not math.isfinite(value):
        return value
    if _TIMES.search(name):
        return round(value, 1)
    return round(value, 3 if abs(value) < 1 else 2)


def own_columns(labels: Iterable[str], kind: str, fixed: Collection[str]) -> list[str]:
    """A column for each label, none of which takes the place of another.

    Parameters
    ----------
    labels : iterable of str
        The study's words.
    kind : str
        What they are ("arm"); stands before a label that is also the name of a fixed column.
    fixed : collection of str
        Names of the other columns.
    """
    taken, names = {*fixed, PROVENANCE_COLUMN}, []
    for label in labels:
        name = label
        while name in taken:
            name = f"{kind} {name}"
        taken.add(name)
        names.append(name)
    return names


def across_columns(across: Across, columns: Mapping[str, Key], scale: float = 1.0) -> dict:
    """``<name>_across_low``, ``<name>_across_high`` and ``<name>_across_n`` of some numbers.

    Parameters
    ----------
    columns : mapping of column to the key of its number
    scale : float
        What the numbers are divided by (days in a month).

    Returns
    -------
    dict
        Smallest and largest value over the data sets, the same where all agree, and in how many
        of them there is such a number: 0, with both limits NaN, where there is in none. All NaN
        where no range is computed (``NO_KEY``). Empty for a view without such data sets.
    """
    if not across.n:
        return {}
    made = {}
    for name, key in columns.items():
        one = across.of(key)
        made[f"{name}_across_low"] = one.low / scale if one else NAN
        made[f"{name}_across_high"] = one.high / scale if one else NAN
        none = NAN if key == NO_KEY else 0
        made[f"{name}_across_n"] = one.known if one else none
    return made


def table(rows: Iterable[dict], provenance: str) -> tuple[list[str], Iterable[Sequence]]:
    """Names of the columns, and the values of every row; the last is the provenance.

    Numbers that do not come from the study bring a provenance of their own. The first row is asked
    for its names; one without any value has nothing else.
    """
    rows = iter(rows)
    first = next(rows, {})
    names = [name for name in first if name != PROVENANCE_COLUMN]

    def values() -> Iterator[Sequence]:
        for row in chain([first], rows):
            # A row about others than the study's patients says so itself.
            said = row.get(PROVENANCE_COLUMN) or provenance
            cells = [value for name, value in row.items() if name != PROVENANCE_COLUMN]
            if any(value is not None for value in cells):
                yield [*cells, said]

    return [*names, PROVENANCE_COLUMN], values()


def _csv(rows: Iterable[dict], provenance: str) -> str:
    """Rows as CSV; the first line is the header."""
    columns, values = table(rows, provenance)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(csv_cell, columns))
    writer.writerows(map(csv_cell, row) for row in values)
    return out.getvalue()
