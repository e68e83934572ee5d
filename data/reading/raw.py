"""How a file is read, what comes out, and the limits that hold for every kind of file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from data.checking.problems import Problem, StudyError, short

if TYPE_CHECKING:
    # The process that reads by foreign libraries does without: it starts in a tenth of the time.
    import pandas as pd

    from data.reading.columns import Columns

_NOTHING: Mapping = MappingProxyType({})
MEGABYTE = 2**20
# Bytes of a cell by itself.
CELL = 64


# What programs write where nothing is known, and nobody writes for anything else. “Unknown”, “?”,
# “-” and numbers such as -9 may be values: they are declared.
UNMISTAKABLE = (
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "NaN",
    "nan",
    "NULL",
    "null",
    ".",
    "[Not Available]",
    "[Not Applicable]",
    "[Not Evaluated]",
    "[Unknown]",
    "[Discrepancy]",
    "[Pending]",
)


@dataclass(frozen=True)
class Reading:
    """How a file is read. What is None is found from the file and said in ``RawTable.found``.

    Attributes
    ----------
    sheet : str or None
        Of a workbook.
    header_row : int or None
        The row of names, as an editor or Excel counts (the first is 1).
    separator, decimal, encoding : str or None
        Of text: between cells, in numbers (``.`` or ``,``), of letters (``cp1252``).
    missing : tuple of str or None
        Cells that stand for no value beside the empty one; with None those of
        ``UNMISTAKABLE``, with an empty tuple none.
    kept : mapping of column to texts
        Cells that are values of a column and never missing in it, nor numbers to rewrite.
    """

    sheet: str | None = None
    header_row: int | None = None
    separator: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    missing: tuple[str, ...] | None = None
    kept: Mapping[str, frozenset[str]] = field(default_factory=lambda: _NOTHING)


AS_FOUND = Reading()
# What the product itself is written in: nothing is found, “NA” is a text like any other.
AS_WRITTEN = Reading(separator=",", decimal=".", encoding="utf-8", missing=())


@dataclass(frozen=True)
class Limits:
    """What a file may have.

    Attributes
    ----------
    megabytes : float
        Of the file, and of text packed in it.
    memory : float
        Megabytes that the table may take once it is read. A cell by itself takes some sixty bytes,
        however little stands in it; in a large table that is read by columns a few.
    by_columns : bool
        Whether a large table may be read so. What then looks at every cell still takes its time.
    columns : int
        Each has a sentence of its own where something is wrong with it.
    """

    megabytes: float = 192
    memory: float = 320
    by_columns: bool = True
    columns: int = 2_000

    @property
    def size(self) -> int:
        """The largest file in bytes."""
        return int(self.megabytes * MEGABYTE)

    @property
    def cells(self) -> int:
        """How many cells fit that are read one by one."""
        return int(self.memory * MEGABYTE) // CELL


LIMITS = Limits()


@dataclass(frozen=True, eq=False)
class Grid:
    """A file as rows of text cells, the names of the columns among them or known.

    Attributes
    ----------
    rows : list of (int, list of str)
        Those that hold a value, each with the row to name in a fault.
    what : str
        What the file is, with its article: ``an Excel workbook``.
    found : sequence of str
        Clauses about what was found by itself.
    labels : sequence of str
        What the file says of each column, by position.
    mend : str
        What to do about a row with too many or too few cells.
    names : sequence of str or None
        Of the columns, where the file knows them; None where a row holds them.
    value_labels : mapping of column to mapping of cell to text
    sheets : sequence of str
        Of a workbook, all that can be seen.
    columns : Columns or None
        Of a large table all rows but that of the names, which alone may stand in ``rows``.
    """

    rows: list[tuple[int, list[str]]]
    what: str
    found: Sequence[str] = ()
    labels: Sequence[str] = ()
    mend: str = "Separate cells by commas and quote a cell that contains one"
    names: Sequence[str] | None = None
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: Sequence[str] = ()
    columns: Columns | None = None


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table of text cells.

    Attributes
    ----------
    cells : DataFrame of str
        Without surrounding blanks; empty where nothing is known; numbers with a point, dates and
        times as ISO 8601. The index is the row to name in a fault: the line of a text, the row of a
        sheet, the number of a record where a file has no rows.
    what : str
        What the file is, with its article.
    found : tuple of str
        Clauses, each without a full stop: what was found by itself.
    labels : mapping of column to text
        What the file itself says of a column.
    value_labels : mapping of column to mapping of cell to text
        What the file itself says of single values, in its order.
    sheets : tuple of str
        Of a workbook, all that can be seen.
    missing : mapping of text to int
        Codes that were read as no value, and in how many cells.
    """

    cells: pd.DataFrame
    what: str
    found: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NOTHING)
    sheets: tuple[str, ...] = ()
    missing: Mapping[str, int] = field(default_factory=lambda: _NOTHING)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.cells.columns)

    @property
    def rows(self) -> list[list[str]]:
        return self.cells.to_numpy().tolist()

    @property
    def lines(self) -> list[int]:
        return self.cells.index.tolist()


@dataclass(frozen=True)
class FileRead:
    """How one file of a study was read.

    Attributes
    ----------
    name : str
        As ``study.toml`` names it.
    what : str
        What it is, with its article.
    found : tuple of str
        Clauses about what was found by itself.
    """

    name: str
    what: str
    found: tuple[str, ...]


def refused(
    name: str, fault: str, fix: str, row: int | None = None, column: str = ""
) -> StudyError:
    """The error with one problem of a file."""
    return StudyError([Problem(name, fault, fix, column, row)])


def too_large(name: str, limits: Limits, row: int | None = None) -> StudyError:
    fault = f"its table takes more than {limits.memory:g} MB of memory"
    fix = "Leave columns out, split it, or save it as Parquet or plain CSV UTF-8, which take less"
    return refused(name, fault, fix, row)


def reach(cells: list[str]) -> int:
    """How many cells a row has, without empty ones at its end."""
    last = len(cells)
    while last and not cells[last - 1]:
        last -= 1
    return last


def too_many_columns(name: str, count: int, limits: Limits) -> StudyError:
    fault = f"the table has {count} columns, and {limits.columns} are the most that are read"
    return refused(name, fault, "Leave out those that the study does not name")


def without_library(name: str, what: str, library: str) -> StudyError:
    fault = f"the file is {what}, which needs the library {library}, and that is not installed"
    fix = f"Install {library} (the extra “files” of pyproject.toml), or save the table as CSV UTF-8"
    return refused(name, fault, fix)


def bytes_of(path: Path, largest: int, name: str = "") -> bytes:
    """The bytes of a file, of which no more are read than it may have. StudyError otherwise.

    Parameters
    ----------
    largest : int
        Bytes that the file may have.
    name : str
        What a fault calls the file; its own name by default.
    """
    name = name or path.name
    if not path.is_file():
        if path.exists() and not path.is_dir():
            # Whoever opens a pipe waits for somebody to write into it.
            fault = "it is no file but a pipe or a device"
            raise refused(name, fault, "Put the table itself in its place")
        raise refused(name, "the file is missing", "Add it to the study's folder")
    if path.stat().st_size <= largest:
        with path.open("rb") as content:
            # A file may grow while it is read, and some say that they hold nothing.
            raw = content.read(largest + 1)
        if len(raw) <= largest:
            return raw
    fault = f"the file is larger than {largest // MEGABYTE} MB"
    raise refused(name, fault, "Split it or leave out what is not needed")


def quoted(names, most: int = 4) -> str:
    """Names for a sentence: ``“a”, “b” and 3 more``."""
    names = list(names)
    first = ", ".join(f"“{short(name)}”" for name in names[:most])
    more = len(names) - most
    return f"{first} and {more} more" if more > 0 else first
