"""Files to plain values: TOML to a dict, CSV to a table of text. No meaning is added here."""

from __future__ import annotations

import csv
import gzip
import io
import re
import tomllib
import zlib
from pathlib import Path

import pandas as pd

from data.checking.problems import Problem, StudyError, doubled, listed

# Of a table, packed or not, and of what a packed one unpacks to.
LARGEST_TABLE = LARGEST_UNPACKED = 64 * 2**20
# Of study.toml, and of a text that is shown.
LARGEST_TEXT = 2**20
# Rows times columns: a cell takes some sixty bytes of memory, however little stands in it.
MOST_CELLS = 5_000_000
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def read_text(path: Path, largest: int = LARGEST_TEXT) -> str:
    """The file as UTF-8 text. StudyError if it is absent, empty, too large or in another encoding.

    Parameters
    ----------
    largest : int
        Bytes that the file may have.
    """
    if not path.is_file():
        fix = "Add it to the study's folder"
        raise StudyError([Problem(path.name, "the file is missing", fix)])
    raw = _unpacked(path, largest)
    fix = "Save it as “CSV UTF-8” or with encoding UTF-8"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        fault = f"the file is not UTF-8 (byte 0x{raw[error.start]:02x})"
        raise StudyError([Problem(path.name, fault, fix, row=row)]) from None
    if not text.strip():
        raise StudyError([Problem(path.name, "the file is empty", "Fill it or remove it")])
    if "\0" in text:
        # UTF-16 without its mark is valid UTF-8 when all letters are English.
        row = text[: text.index("\0")].count("\n") + 1
        raise StudyError([Problem(path.name, "the file is not UTF-8 (byte 0x00)", fix, row=row)])
    return text


def _bytes(path: Path, largest: int) -> bytes:
    """The bytes of a file, of which no more are read than it may have."""
    if path.stat().st_size <= largest:
        with path.open("rb") as content:
            # A file may grow while it is read, and some say that they hold nothing.
            raw = content.read(largest + 1)
        if len(raw) <= largest:
            return raw
    fault = f"the file is larger than {largest // 2**20} MB"
    raise StudyError([Problem(path.name, fault, "Split it or leave out what is not needed")])


def _unpacked(path: Path, largest: int) -> bytes:
    """The bytes of a file, unpacked if its name says that it is packed."""
    raw = _bytes(path, largest)
    if path.suffix != ".gz":
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as packed:
            text = packed.read(LARGEST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        fault = f"the file cannot be unpacked ({error})"
        raise StudyError([Problem(path.name, fault, "Pack it with gzip")]) from None
    if len(text) > LARGEST_UNPACKED:
        fault = f"the file unpacks to more than {LARGEST_UNPACKED // 2**20} MB"
        raise StudyError([Problem(path.name, fault, "Split it or leave columns out")])
    return text


def read_toml(path: Path) -> dict:
    """Parse a TOML file. StudyError names the line that cannot be read."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Besides its own error tomllib lets through those of numbers too long and lists too deep.
        found = _TOML_LINE.search(str(error))
        reason = str(error)[: found.start()] if found else str(error)
        fault = f"the file cannot be read as TOML: {reason}"
        row = int(found[1]) if found else None
        raise StudyError([Problem(path.name, fault, "Mend that line", row=row)]) from None


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV file; every cell stays text, stripped of surrounding blanks.

    Rows without any value are passed over. The index is the line of the file (header = 1), so
    that later faults can name it. StudyError for a wrong encoding, a doubled column name, or a
    row with another number of cells.
    """
    (_, header), *rows = _records(path)
    problems = [
        Problem(path.name, "the column stands twice", "Rename or remove one of them", name)
        for name in doubled(header)
    ]
    if len(header) == 1 and re.search("[;\t]", header[0]):
        problems.append(
            Problem(
                path.name,
                "the cells are not separated by commas",
                "Save it with the comma as separator",
                row=1,
            )
        )
    ragged = [
        Problem(
            path.name,
            f"the row has {_cells(len(cells))} where the header has {len(header)}",
            "Separate cells by commas and quote a cell that contains one",
            row=line,
        )
        for line, cells in rows
        if len(cells) != len(header)
    ]
    problems += listed(ragged)
    if not rows:
        problems.append(Problem(path.name, "there is no row below the header", "Add patients"))
    if problems:
        raise StudyError(problems)
    index = [line for line, _ in rows]
    return pd.DataFrame([cells for _, cells in rows], columns=header, index=index, dtype=object)


def _records(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file that hold a value, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(read_text(path, LARGEST_TABLE), newline=""), strict=True)
    records = []
    line, count = 1, 0
    try:
        for cells in reader:
            count += len(cells)
            if count > MOST_CELLS:
                fault = f"the file has more than {MOST_CELLS // 10**6} million cells"
                fix = "Split it or leave columns out"
                raise StudyError([Problem(path.name, fault, fix, row=line)])
            cells = [cell.strip() for cell in cells]
            if any(cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        fault = f"the file cannot be read as CSV: {error}"
        fix = "Mend that row; a cell that begins with a quotation mark must end with one"
        raise StudyError([Problem(path.name, fault, fix, row=line)]) from None
    if not records:
        raise StudyError([Problem(path.name, "the file is empty", "Fill it or remove it")])
    return records


def _cells(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"
