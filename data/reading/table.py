"""Any file with a table, to text cells: the one way in."""

from __future__ import annotations

from pathlib import Path

from data.reading.decimals import with_points
from data.reading.header import labels_by_name, table_below_names
from data.reading.kinds import PARQUET, STATISTICAL, TEXT, WORKBOOK, FileKind, kind_of
from data.reading.missing import found_codes, without_codes
from data.reading.parquet import read_parquet
from data.reading.raw import (
    AS_FOUND,
    LIMITS,
    UNMISTAKABLE,
    Grid,
    Limits,
    RawTable,
    Reading,
    bytes_of,
    refused,
)
from data.reading.statistical import read_statistical
from data.reading.text import grid_of_text
from data.reading.workbook import grid_of_workbook


def read_table(
    path: Path, reading: Reading = AS_FOUND, limits: Limits = LIMITS, name: str = ""
) -> RawTable:
    """The table of a file, whatever kind of file it is.

    Parameters
    ----------
    reading : Reading
        How it is read; what is left out is found.
    name : str
        What a fault calls the file; its own name by default.

    Raises
    ------
    StudyError
        With every fault that was found, each naming file, column, row and fix.
    """
    name = name or path.name
    raw = bytes_of(path, limits.size, name)
    kind = kind_of(raw)
    if path.suffix == ".gz" and kind.format != "gzip":
        fault = f"the file cannot be unpacked (it is {kind.what})"
        raise refused(name, fault, "Pack it with gzip")
    if kind.reader == STATISTICAL:
        return _cleaned(read_statistical(path, kind, reading, limits, name), reading, name)
    if kind.reader == PARQUET:
        return _cleaned(read_parquet(path, kind, limits, name), reading, name)
    if kind.reader == WORKBOOK:
        grid, sheets = grid_of_workbook(path, kind, reading, limits, name)
        return _cleaned(_named(grid, reading, name, sheets), reading, name)
    if kind.reader == TEXT:
        grid = grid_of_text(raw, kind, reading, limits, name)
        return _cleaned(_named(grid, reading, name), reading, name)
    raise _not_a_table(kind, name)


def _not_a_table(kind: FileKind, name: str):
    return refused(name, f"the file is {kind.what}", kind.fix)


def _named(grid: Grid, reading: Reading, name: str, sheets: tuple[str, ...] = ()) -> RawTable:
    """The rows below the names of their columns."""
    cells, said = table_below_names(grid, reading, name)
    labels = labels_by_name(grid, list(cells.columns))
    return RawTable(cells, grid.what, (*grid.found, *said), labels, sheets=sheets)


def _cleaned(table: RawTable, reading: Reading, name: str) -> RawTable:
    """The table without codes for missing, its numbers written with a point."""
    codes = UNMISTAKABLE if reading.missing is None else reading.missing
    cells, counts = without_codes(table.cells, codes, reading.kept)
    said = found_codes(counts) if reading.missing is None else []
    cells, about_numbers = with_points(cells, reading.decimal, reading.kept, name)
    return RawTable(
        cells,
        table.what,
        (*table.found, *about_numbers, *said),
        table.labels,
        table.value_labels,
        table.sheets,
        counts,
    )
