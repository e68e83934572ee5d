"""Text with one row a line: what separates its cells, and what stands above the names."""

from __future__ import annotations

import csv
import io
import math
import re
import zlib
from collections import Counter
from itertools import islice, takewhile

from data.reading.columns import fits
from data.reading.encoding import decoded
from data.reading.kinds import FileKind, unpacked
from data.reading.large_text import LARGE, columns_of_text
from data.reading.raw import (
    Grid,
    Limits,
    Reading,
    reach,
    refused,
    too_large,
    too_many_columns,
)

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks"}
_SAMPLE = 200
_ALIKE = 0.5
_MOST_COMMENTS = 200
# Characters in which the first lines stand.
_LONGEST_HEAD = 2**20
_EXCEL_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
# The third of the four lines above a clinical file of cBioPortal.
_TYPES = {"STRING", "NUMBER", "BOOLEAN"}


def grid_of_text(raw: bytes, kind: FileKind, reading: Reading, limits: Limits, name: str) -> Grid:
    """The rows of a text. StudyError if it is empty, packed too much, or not to be read."""
    if kind.format == "gzip":
        raw = _unpacked(raw, limits, name)
    text, found = decoded(raw, reading.encoding, name)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        fault = "the file is no text (byte 0x00)"
        raise refused(name, fault, "Save it as CSV UTF-8", row)
    if not text.strip():
        raise refused(name, "the file is empty", "Fill it or remove it")
    start = _lines(text[:_LONGEST_HEAD])
    head = [line.rstrip("\r\n") for line in islice(start, _MOST_COMMENTS + _SAMPLE)]
    comments = list(takewhile(lambda line: line.startswith("#"), head))
    first = head[len(comments)] if len(comments) < len(head) else ""
    told = _EXCEL_SEPARATOR.fullmatch(first)
    skipped = len(comments) + bool(told)
    separator = reading.separator
    if separator is None:
        separator = told[1] if told else _separator(head[skipped:])
    columns = None
    if limits.by_columns and len(raw) > LARGE and reading.header_row is None:
        rows, columns = _by_columns(text, skipped, separator, limits, name)
    if columns is None:
        rows = _rows(text, skipped, separator, limits, name)
    said = [found] if found else []
    if separator != "," and reading.separator is None:
        said.append(f"its cells are separated by {_SEPARATORS.get(separator, repr(separator))}")
    what, labels = _described(comments, separator)
    if comments and what != _CBIOPORTAL:
        lines_are = "line that begins" if len(comments) == 1 else "lines that begin"
        said.append(f"{len(comments)} {lines_are} with # above the names {_were(comments)}")
    words = _SEPARATORS.get(separator, "its separator")
    mend = f"Separate cells by {words} and quote a cell that contains one"
    return Grid(rows, what, tuple(said), labels, mend, columns=columns)


def _by_columns(text: str, skipped: int, separator: str, limits: Limits, name: str):
    """The row of names, and all rows below it as columns; None where it is not so simple."""
    found = columns_of_text(text.encode(), skipped, separator, limits.columns)
    if found is None:
        return [], None
    names, columns = found
    if not fits(columns.columns, limits.memory):
        raise too_large(name, limits)
    # A title above the names has no more than some of their cells.
    return [(skipped + 1, names)], columns if all(names) else None


_CBIOPORTAL = "a clinical file of cBioPortal"


def _were(comments: list[str]) -> str:
    return "was passed over" if len(comments) == 1 else "were passed over"


def _unpacked(raw: bytes, limits: Limits, name: str) -> bytes:
    try:
        text = unpacked(raw, limits.size)
    except (OSError, EOFError, zlib.error) as error:
        fault = f"the file cannot be unpacked ({error})"
        raise refused(name, fault, "Pack it with gzip") from None
    if text is None:
        fault = f"the file unpacks to more than {limits.megabytes:g} MB"
        raise refused(name, fault, "Split it or leave columns out")
    return text


def _described(comments: list[str], separator: str) -> tuple[str, tuple[str, ...]]:
    """What the text is, and what its comments say of each column."""
    cells = [[cell.strip() for cell in line[1:].split(separator)] for line in comments]
    if len(cells) >= 4 and {cell for cell in cells[2] if cell} <= _TYPES:
        return _CBIOPORTAL, tuple(cells[0])
    kind = {",": "a CSV file", "\t": "tab-separated text", ";": "a CSV file"}
    return kind.get(separator, "text"), ()


def _separator(lines: list[str]) -> str:
    """What parts most lines into the same number of cells; commas where nothing does."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    scores = {one: _score(sample, one) for one in _SEPARATORS if one != " "}
    best = max(scores, key=scores.__getitem__)
    if scores[best]:
        return best
    # Blanks part words too, so that every line must agree.
    counts = {len(row) for row in csv.reader(sample, delimiter=" ", skipinitialspace=True)}
    return " " if len(counts) == 1 and min(counts) > 1 and len(sample) > 1 else ","


def _score(sample: list[str], separator: str) -> float:
    """0 for a separator that parts no half of the lines alike; more for more cells and lines."""
    try:
        counts = [len(row) for row in csv.reader(sample, delimiter=separator)]
    except csv.Error:
        return 0.0
    several = Counter(count for count in counts if count > 1)
    shares = {cells: lines / len(counts) for cells, lines in several.items()}
    alike = (share * math.log(cells) for cells, share in shares.items() if share >= _ALIKE)
    return max(alike, default=0.0)


def _rows(
    text: str, skipped: int, separator: str, limits: Limits, name: str
) -> list[tuple[int, list[str]]]:
    """The rows that hold a value, each with the line on which it begins."""
    if len(separator) != 1 or separator in '"\r\n':
        raise refused(name, f"“{separator[:40]}” cannot separate cells", "Write one sign, as “;”")
    lines = islice(_lines(text), skipped, None)
    reader = csv.reader(lines, strict=True, delimiter=separator, skipinitialspace=separator == " ")
    rows: list[tuple[int, list[str]]] = []
    line, count = skipped + 1, 0
    try:
        for cells in reader:
            count += len(cells)
            if count > limits.cells:
                raise too_large(name, limits, line)
            cells = [cell.strip() for cell in cells]
            if len(cells) > limits.columns and any(cells[limits.columns :]):
                raise too_many_columns(name, reach(cells), limits)
            if any(cells):
                rows.append((line, cells))
            line = reader.line_num + skipped + 1
    except csv.Error as error:
        fault = f"the file cannot be read as CSV: {error}"
        fix = "Mend that row; a cell that begins with a quotation mark must end with one"
        raise refused(name, fault, fix, line) from None
    if not rows:
        raise refused(name, "the file is empty", "Fill it or remove it")
    return rows


def _lines(text: str) -> io.StringIO:
    """The lines with their ends, whichever system wrote them."""
    return io.StringIO(text, newline="")
