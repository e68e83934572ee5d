"""The numbers of a page by address, so that a statistician can ``read.csv()`` them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response

from callbacks.memory import Memory
from callbacks.noted import also, noted
from callbacks.plain import Read, Refused, asked, read_query
from callbacks.reading import Grammar
from data.catalog import Catalog
from layouts.shared.few import Few
from layouts.shared.html import without_controls
from layouts.shared.numbers import NAN, NO_KEY, Key
from layouts.shared.ranges import Across
from layouts.shared.words import exported_provenance

PROVENANCE_COLUMN = "provenance"
# A spreadsheet runs a cell that starts like this as a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\0")
# Columns of months.
_TIMES = re.compile(r"(^|_)(time|months|median|follow_up|mean|tau|horizon|gained)(_|$)")
# … but not one that is a number, such as a printed limit of -3.
_PLAIN_NUMBER = re.compile(r"[-+]\d+(\.\d+)?")


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
    """

    rows: Callable[[Any], Iterable[dict]]
    read: Read | None = None


def register(
    server: Flask, catalog: Catalog, memory: Memory, pages: Collection, grammar: Grammar
) -> None:
    """Register ``GET /download/<panel>.csv?<the page's query>`` for all files of some pages.

    Parameters
    ----------
    pages : collection of Served
    """
    panels = {
        name.removesuffix(".csv"): (served, file)
        for served in pages
        for name, file in served.files.items()
    }

    @server.get("/download/<panel>.csv")
    def download(panel: str) -> Response:
        noted("download")
        try:
            if panel not in panels:
                raise Refused(f"There is no panel “{panel}”. There are {', '.join(panels)}.")
            served, file = panels[panel]
            also(part=f"{panel}.csv")
            study, view, options = read_query(served.page, catalog, grammar, file.read)
            context = asked(memory, served, study, view, options).context
        except Refused as refused:
            return refused.response()
        rows = list(file.rows(context))
        also(rows=len(rows))
        if study.disclosure.protects:
            rows = map(rounded, rows)
        text = _csv(rows, exported_provenance(study.provenance))
        endpoint = getattr(context, "endpoint", None)
        parts = [study.id, *([endpoint.id] if endpoint else []), panel]
        name = f"{'-'.join(parts)}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, mimetype="text/csv", headers=headers)


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


def _csv(rows: Iterable[dict], provenance: str) -> str:
    """Rows as CSV; the first row is the header, and every row ends with the provenance.

    Numbers that do not come from the study bring a provenance of their own.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for i, row in enumerate(rows):
        # A row about others than the study's patients says so itself.
        said = row.get(PROVENANCE_COLUMN) or provenance
        cells = {name: value for name, value in row.items() if name != PROVENANCE_COLUMN}
        if i == 0:
            writer.writerow([*map(_cell, cells), PROVENANCE_COLUMN])
        if any(value is not None for value in cells.values()):
            writer.writerow([*map(_cell, cells.values()), _cell(said)])
    return out.getvalue()


def _cell(value) -> str:
    """One cell: text made safe for spreadsheets, NaN as R's NA, infinity as its Inf."""
    if isinstance(value, str):
        # A line break would begin a new row, and its rest could be a formula again.
        value = without_controls(" ".join(value.splitlines()))
        runs = value.lstrip().startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(value)
        return f"'{value}" if runs else value
    if isinstance(value, Few):
        return value.cell
    if isinstance(value, float) and math.isnan(value):
        return "NA"
    if isinstance(value, float) and math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    return repr(float(value)) if isinstance(value, float) else str(value)
