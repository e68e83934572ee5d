"""The workbook behind a chart: what opens when somebody edits its data."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from layouts.office.words import one_line

SHEET = "Data"


def reference(column: int, first: int, last: int) -> str:
    """Some cells of a column, as a chart names them; rows count from 0."""
    name = xl_col_to_name(column)
    return f"{SHEET}!${name}${first + 1}:${name}${last + 1}"


def heading(column: int) -> str:
    """The cell above a column."""
    return f"{SHEET}!${xl_col_to_name(column)}$1"


def workbook(columns: Sequence[tuple[str, Sequence]]) -> bytes:
    """A workbook with a column for each heading; None is an empty cell, and no text a formula."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    for place, (head, values) in enumerate(columns):
        sheet.write_string(0, place, one_line(head))
        for row, value in enumerate(values, start=1):
            if isinstance(value, str):
                sheet.write_string(row, place, one_line(value))
            elif value is not None:
                sheet.write_number(row, place, float(value))
    book.close()
    return out.getvalue()
