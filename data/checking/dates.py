"""Dates as people write them, without guessing which number is the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from data.checking.problems import Problem, listed, short

DAY_FIRST, MONTH_FIRST = "day first", "month first"
ORDERS = (DAY_FIRST, MONTH_FIRST)
_TIME = r"(?:[T ,].*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_IN_ONE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d\d){_TIME}")
_PART = re.compile(r"(\d{4}|\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4})")
_SERIAL = re.compile(r"[2-5]\d{4}(\.\d+)?")
_WORDS = re.compile(r"[^\W\d_]{3,}")
# The centuries in which anybody was treated; codes for “not known” such as 9999 are later.
_FIRST, _LAST = 1900, 2100
# As strptime's %y: two digits below are of this century.
_THIS_CENTURY = 69


@dataclass(frozen=True, eq=False)
class Dates:
    """Dates of some columns.

    Attributes
    ----------
    columns : dict of column to ndarray of datetime64[D], shape (N,)
        Not a time where the cell is empty or no date.
    problems : list of Problem
    found : tuple of str
        Clauses about what was found.
    """

    columns: dict[str, np.ndarray]
    problems: list[Problem]
    found: tuple[str, ...] = ()


def read_dates(columns: Iterable[pd.Series], order: str, file: str) -> Dates:
    """Dates of the columns of a file, which are all written in one order.

    Times of day are passed over. With points between the numbers the day comes first; with
    strokes or hyphens the order is found from a number above 12, unless it is declared.

    Parameters
    ----------
    order : str
        ``DAY_FIRST``, ``MONTH_FIRST`` or empty.
    """
    columns = {cells.name: cells for cells in columns}
    distinct = set().union(*(cells for cells in columns.values())) - {""}
    found, problems = [], []
    if not order:
        order, example = _order(distinct)
        if example and order:
            found.append(f"dates are read {order}, as in “{example}”")
        elif example:
            column, row = _place(columns, example)
            fault = f"in “{example}” the day could come first or the month, as in all other dates"
            either = f'date_order = "{DAY_FIRST}" or "{MONTH_FIRST}"'
            fix = f"Write {either} under [patients] in study.toml"
            return Dates({}, [Problem(file, fault, fix, column, row)])
    read = {text: _date(text, order) for text in distinct}
    if any((match := _YEAR_LAST.fullmatch(text)) and len(match[4]) == 2 for text in distinct):
        found.append("years of two digits are read as 1969 to 2068")
    days = {}
    for name, cells in columns.items():
        days[name] = np.array(
            [read[cell] or "NaT" if cell else "NaT" for cell in cells], "datetime64[D]"
        )
        wrong = cells.index[(cells != "").to_numpy() & np.isnat(days[name])]
        problems += listed(
            [Problem(file, *_fault(cells.loc[row], order), name, int(row)) for row in wrong]
        )
    return Dates(days, problems, tuple(found))


def _order(texts: Iterable[str]) -> tuple[str, str]:
    """The order of day and month with a date that shows it; empty with one that does not."""
    open_to_both = ""
    for text in sorted(texts):
        match = _YEAR_LAST.fullmatch(text)
        if not match or match[2] == ".":
            continue
        first, second = int(match[1]), int(match[3])
        if 12 < first <= 31 and second <= 12:
            return DAY_FIRST, text
        if 12 < second <= 31 and first <= 12:
            return MONTH_FIRST, text
        if first != second:
            open_to_both = open_to_both or text
    return "", open_to_both


def _place(columns: dict[str, pd.Series], text: str) -> tuple[str, int]:
    name = next(name for name, cells in columns.items() if (cells == text).any())
    return name, int(columns[name].index[columns[name] == text][0])


def _date(text: str, order: str) -> date | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _made(int(match[1]), int(match[3]), int(match[4]))
    match = _IN_ONE.fullmatch(text)
    if match:
        return _made(*map(int, match.groups()))
    match = _YEAR_LAST.fullmatch(text)
    if match:
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if len(match[4]) == 2:
            year += 2000 if year < _THIS_CENTURY else 1900
        month_first = order == MONTH_FIRST and match[2] != "."
        return _made(year, first, second) if month_first else _made(year, second, first)
    return _in_words(text) if _WORDS.search(text) else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if _FIRST <= year <= _LAST else None


def _in_words(text: str) -> date | None:
    """A date with the month in words, such as 02JAN2014; None where a part of it is missing."""
    from dateutil.parser import ParserError, parse

    try:
        # What is not in the text comes from the default.
        one, other = (parse(text, default=datetime(*day)) for day in ((2001, 1, 1), (2004, 2, 2)))
    except (ParserError, OverflowError, ValueError):
        return None
    same = one.date() == other.date()
    return _made(one.year, one.month, one.day) if same else None


def _fault(cell: str, order: str) -> tuple[str, str]:
    said = f"“{short(cell)}”"
    if _SERIAL.fullmatch(cell):
        return f"{said} is not a date but its number in Excel", "Give the column a format of dates"
    if _PART.fullmatch(cell):
        return f"{said} is not a whole date", "Write day, month and year, or leave the cell empty"
    if _YEAR_LAST.fullmatch(cell):
        return (
            f"there is no date {said} with the {order or DAY_FIRST}",
            "Correct it, or date_order under [patients] in study.toml",
        )
    return f"{said} is not a date from {_FIRST} to {_LAST}", "Write it as 2019-03-28"
