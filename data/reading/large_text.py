"""A large text with one row a line, read column by column without a step for each cell.

Only what is written as programs write it is read so: every row with as many separators as the row
of names, quotation marks around whole cells. Anything else is left to `data.reading.text`, which
says what is wrong with it and where.
"""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd

from data.reading.columns import Column, Columns, smallest

LARGE = 2**20
"""Bytes from which on a text is read so."""
_ROWS_AT_ONCE = 131_072
_SAMPLE = 8_192
# Of the sample; a column with more distinct texts holds ids, which need no sorting.
_FEW = 0.5
_QUOTE, _NEWLINE, _RETURN = b'"\n\r'


def columns_of_text(
    raw: bytes, skipped: int, separator: str, most: int
) -> tuple[list[str], Columns] | None:
    """The first row, which holds the names, and the rows below it; None if it is not so written.

    Parameters
    ----------
    raw : bytes
        UTF-8 without a mark.
    skipped : int
        Lines above the row of names.
    separator : str
        One sign.
    most : int
        Columns; of more, `data.reading.text` says what is wrong.
    """
    if len(separator) != 1 or not separator.isascii() or separator in ' "\r\n':
        return None
    raw = raw.rstrip(b"\r\n")
    for _ in range(skipped):
        raw = raw[raw.find(b"\n") + 1 :]
    found = _rows(raw, ord(separator))
    if found is None:
        return None
    lines, width = found
    if width > most:
        return None
    end = raw.find(b"\n")
    names = next(csv.reader([raw[:end].decode()], delimiter=separator), [])
    if len(names) != width or lines[1] != 2:
        # The names are broken within a cell.
        return None
    parts = _parsed(raw[end + 1 :], width, separator)
    if parts is None or parts[0].places.size != lines.size - 1:
        return None
    below = Columns(lines[1:] + skipped, parts).with_values()
    return ([name.strip() for name in names], below) if below.lines.size else None


def _rows(raw: bytes, separator: int) -> tuple[np.ndarray, int] | None:
    """The line on which each row begins, counted from 1, and how many cells all of them have."""
    signs = np.frombuffer(raw, np.uint8)
    ends = signs == _NEWLINE
    if b"\r" in raw and not _returns_before_newlines(signs):
        return None
    parts, of_row = signs == separator, ends
    if b'"' in raw:
        quotes = signs == _QUOTE
        # Odd within quotation marks; two of them in a row leave and enter again.
        inside = (np.cumsum(quotes, dtype=np.uint8) & 1).view(bool)
        if inside[-1] or not _around_whole_cells(signs, quotes, inside, separator):
            return None
        parts, of_row = parts & ~inside, ends & ~inside
    begins = np.concatenate([[0], np.flatnonzero(of_row) + 1])
    if begins.size < 2:
        return None
    counts = np.add.reduceat(parts, begins, dtype=np.int32)
    if (counts != counts[0]).any():
        return None
    lines = np.arange(1, begins.size + 1)
    if of_row is not ends:
        lines = np.concatenate([[1], 1 + np.cumsum(ends, dtype=np.int32)[begins[1:] - 1]])
    return lines, int(counts[0]) + 1


def _returns_before_newlines(signs: np.ndarray) -> bool:
    at = np.flatnonzero(signs == _RETURN)
    return bool(at[-1] + 1 < signs.size and (signs[at + 1] == _NEWLINE).all())


def _around_whole_cells(signs, quotes, inside, separator: int) -> bool:
    """Whether every quotation mark begins or ends a cell, or is one of two in a row."""
    beside = np.array([separator, _NEWLINE, _RETURN, _QUOTE], np.uint8)
    opening = np.flatnonzero(quotes & inside)
    closing = np.flatnonzero(quotes & ~inside)
    before = signs[opening[opening > 0] - 1]
    after = signs[closing[closing < signs.size - 1] + 1]
    return bool(np.isin(before, beside[[0, 1, 3]]).all() and np.isin(after, beside).all())


def _parsed(raw: bytes, width: int, separator: str) -> tuple[Column, ...] | None:
    options = {
        "header": None,
        "names": range(width),
        "sep": separator,
        "engine": "c",
        "na_filter": False,
        "skip_blank_lines": False,
        "index_col": False,
    }
    try:
        sample = pd.read_csv(io.BytesIO(raw), dtype=str, nrows=_SAMPLE, **options)
        kinds = {
            column: "category" if cells.nunique() <= _FEW * len(cells) else str
            for column, cells in sample.items()
        }
        with pd.read_csv(
            io.BytesIO(raw), dtype=kinds, chunksize=_ROWS_AT_ONCE, **options
        ) as chunks:
            parts = [[_distinct(cells) for _, cells in chunk.items()] for chunk in chunks]
    except (pd.errors.ParserError, ValueError):
        return None
    return tuple(_joined(of_column) for of_column in zip(*parts, strict=True))


def _distinct(cells: pd.Series) -> tuple[list[str], np.ndarray]:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells.cat.categories.tolist(), cells.cat.codes.to_numpy()
    return cells.tolist(), np.arange(len(cells))


def _joined(parts: tuple[tuple[list[str], np.ndarray], ...]) -> Column:
    """One column of its pieces, each text once and without surrounding blanks."""
    known: dict[str, int] = {}
    places = [
        np.array([known.setdefault(text.strip(), len(known)) for text in texts], np.int32)[own]
        for texts, own in parts
    ]
    return Column(list(known), smallest(np.concatenate(places), len(known)))
