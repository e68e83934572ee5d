"""Numbers with a decimal comma, written with a point."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from data.checking.distinct import column_of, held_texts, texts_of
from data.reading.raw import quoted, refused

_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_POINT = re.compile(r"[+-]?\d*\.\d+")
_WHOLE = re.compile(r"[+-]?\d+")
# Could be a thousand and could be one: 1,274.
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


def with_points(
    table: pd.DataFrame, declared: str | None, kept: Mapping[str, frozenset[str]], name: str
) -> tuple[pd.DataFrame, list[str]]:
    """The table with every number of a column of decimal commas written with a point.

    A column has decimal commas where half of its cells are numbers and one has such a comma. Points
    in it part thousands. Where every comma of the table could as well part thousands, nothing is
    rewritten unless it is declared. StudyError if a column has decimal points and decimal commas.
    """
    if declared not in (None, ".", ","):
        raise refused(name, f"“{declared[:40]}” is no decimal sign", "Write “,” or “.”")
    if declared == ".":
        return table, []
    found = {
        position: cells
        for position, column in enumerate(table.columns)
        if (cells := held_texts(table.iloc[:, position]))
        and any(map(_COMMA.fullmatch, cells))
        and not kept.get(column, frozenset()) & set(cells)
        and _are_numbers(cells)
    }
    certain = declared == "," or any(
        _COMMA.fullmatch(cell) and not _EITHER.fullmatch(cell)
        for cells in found.values()
        for cell in cells
    )
    if not found or not certain:
        return table, []
    table = table.copy()
    for position in found:
        cells = table.iloc[:, position]
        _no_points(cells, name)
        texts, places = texts_of(cells)
        table.isetitem(position, column_of([_rewritten(text) for text in texts], places, cells))
    if declared:
        return table, []
    return table, [f"decimal commas are read in {quoted(table.columns[i] for i in found)}"]


def _are_numbers(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    kinds = (_COMMA, _GROUPED, _POINT, _WHOLE)
    numbers = sum(any(kind.fullmatch(cell) for kind in kinds) for cell in filled)
    return 2 * numbers >= len(filled)


def _no_points(cells: pd.Series, name: str) -> None:
    for row, cell in cells.items():
        if _POINT.fullmatch(cell) and not _GROUPED.fullmatch(cell):
            fault = f"“{cell[:40]}” has a decimal point where other cells have a decimal comma"
            raise refused(name, fault, "Write all of them in one way", int(row), cells.name)


def _rewritten(cell: str) -> str:
    if _COMMA.fullmatch(cell) or _GROUPED.fullmatch(cell):
        return cell.replace(".", "").replace(",", ".")
    return cell
