"""Rows as a workbook for Excel: numbers as numbers, text as text, and what they are beside them.

It is put together in memory: the server need not be able to write to a disk.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook

from callbacks.cells import cell, runs

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTHS, PERCENT, SHARE = "months", "%", "share"
# Columns of curves: survival, and the incidence of an event, with limits.
CURVE = {"survival": SHARE, "lower": SHARE, "upper": SHARE}
INCIDENCE = {**CURVE, "incidence": SHARE, "one_minus_kaplan_meier": SHARE}
# What a sheet holds beside its head.
ROWS = 1_048_575
# Formats by what a column holds; the value itself is whole in every cell.
_WHOLE, _OTHER, _SMALL = "0", "0.00", "0.000"
_P_VALUE = '[<0.001]"< 0.001";0.000'
_BY_UNIT = {MONTHS: "0.0", PERCENT: "0.0", SHARE: _SMALL}
_OF_P = re.compile(r"(^p|(^|_)p_value|_p)(_|$)")
_COUNT = re.compile(r"^(n|N|events|observed)(_|$)")
# A column that counts, tests or names what it is about is not in the unit of what it is about.
_NOT_IN_UNIT = re.compile(r"_(n|at_risk|p|p_value|test)$")
# "@" keeps a text that looks like a date or a formula what it is when somebody edits its cell.
_TEXT = {"num_format": "@", "valign": "top"}
_WIDEST, _NARROWEST, _WORDS = 44, 7, 100
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def workbook(
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence],
    about: Sequence[tuple[str, str]],
    units: Mapping[str, str],
) -> bytes:
    """A file with the rows on its first sheet and what they are on its second.

    Parameters
    ----------
    name : str
        Of the first sheet.
    columns : sequence of str
    rows : iterable of sequences
        A value for each column.
    about : sequence of (what, words)
        For the second sheet.
    units : mapping of the beginning of a column's name to its unit
    """
    out = io.BytesIO()
    # The text of a study is never taken for anything else, whichever way it is written.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, options) as book:
        _numbers(_Sheet(book, name), columns, rows, units)
        _words(_Sheet(book, "About"), about)
    return out.getvalue()


class _Sheet:
    """A sheet that writes text as text and knows how wide its columns are."""

    def __init__(self, book: Workbook, name: str):
        self._book = book
        self.sheet = book.add_worksheet(name)
        self._formats: dict[tuple, object] = {}
        self._widths: dict[int, int] = {}

    def write(self, row: int, column: int, value: str | int | float, **look: object) -> None:
        """One cell."""
        if isinstance(value, str):
            text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value)
            quoted = {"quote_prefix": True} if runs(text) else {}
            self.sheet.write_string(row, column, text, self._format(**_TEXT, **quoted, **look))
        else:
            text = f"{value:.3f}" if isinstance(value, float) else str(value)
            self.sheet.write_number(row, column, value, self._format(valign="top", **look))
        self._widths[column] = max(self._widths.get(column, 0), len(text))

    def _format(self, **look: object):
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def set_widths(self, widest: int) -> None:
        """Every column as wide as its longest text, within bounds."""
        for column, letters in self._widths.items():
            self.sheet.set_column(column, column, min(max(letters + 2, _NARROWEST), widest))


def _numbers(made: _Sheet, columns: Sequence[str], rows: Iterable[Sequence], units) -> None:
    of_columns = [unit_of(name, units) for name in columns]
    for place, (name, unit) in enumerate(zip(columns, of_columns, strict=True)):
        head = f"{cell(name)} ({unit})" if unit else cell(name)
        made.write(0, place, head, bold=True, bottom=1)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            written = cell(value)
            if isinstance(written, str):
                # What stands in the place of a number stands under the numbers.
                look = {} if isinstance(value, str) else {"align": "right"}
                made.write(last, place, written, **look)
            else:
                shown = _number_format(columns[place], of_columns[place], written)
                made.write(last, place, written, num_format=shown)
    made.sheet.freeze_panes(1, 0)
    if last:
        made.sheet.autofilter(0, 0, last, len(columns) - 1)
    # A printed number is a text, and is meant to be one.
    made.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    made.set_widths(_WIDEST)


def _words(made: _Sheet, about: Sequence[tuple[str, str]]) -> None:
    for row, (what, words) in enumerate(about):
        made.write(row, 0, what, bold=True)
        made.write(row, 1, cell(words), text_wrap=True)
    made.set_widths(_WORDS)


def unit_of(name: str, units: Mapping[str, str]) -> str:
    """The unit of a column; limits, errors and ranges are in that of their estimate."""
    if _NOT_IN_UNIT.search(name) or name.endswith(f"_{MONTHS}"):
        return ""
    stems = [stem for stem in units if name == stem or name.startswith(f"{stem}_")]
    return units[max(stems, key=len)] if stems else ""


def _number_format(name: str, unit: str, value: int | float) -> str:
    """How a number is shown: counts whole, times and per cent with a digit, p-values with three."""
    if isinstance(value, int) or (_COUNT.search(name) and value.is_integer()):
        return _WHOLE
    if name.endswith(f"_{MONTHS}"):
        return _BY_UNIT[MONTHS]
    if unit:
        return _BY_UNIT[unit]
    if _OF_P.search(name):
        return _P_VALUE
    return _SMALL if abs(value) < 1 and value else _OTHER
