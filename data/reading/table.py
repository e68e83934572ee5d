"""Any file with a table, to text cells: the one way in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.reading.apart import READERS, read_apart
from data.reading.decimals import with_points
from data.reading.header import frame_of, labels_by_name, table_below_names
from data.reading.kinds import TEXT, kind_of
from data.reading.missing import found_codes, without_codes
from data.reading.raw import (
    AS_FOUND,
    LIMITS,
    UNMISTAKABLE,
    Grid,
    Limits,
    RawTable,
    Reading,
    bytes_of,
    reach,
    refused,
    too_many_columns,
)
from data.reading.text import grid_of_text


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
    if kind.reader in READERS:
        grid = read_apart(path, kind, reading, limits, name)
    elif kind.reader == TEXT:
        grid = grid_of_text(raw, kind, reading, limits, name)
    else:
        raise refused(name, f"the file is {kind.what}", kind.fix)
    width = len(grid.names) if grid.names is not None else max(reach(row) for _, row in grid.rows)
    if width > limits.columns:
        raise too_many_columns(name, width, limits)
    return _cleaned(_table(grid, reading, name), reading, name)


def _table(grid: Grid, reading: Reading, name: str) -> RawTable:
    """The rows under the names of their columns."""
    if grid.names is None:
        cells, said = table_below_names(grid, reading, name)
    elif grid.columns is not None:
        cells, said = frame_of(grid.columns, grid.names), []
    else:
        lines = [line for line, _ in grid.rows]
        rows = [row for _, row in grid.rows]
        cells, said = pd.DataFrame(rows, columns=grid.names, index=lines, dtype=object), []
    return RawTable(
        cells,
        grid.what,
        (*grid.found, *said),
        labels_by_name(grid, list(cells.columns)),
        grid.value_labels,
        tuple(grid.sheets),
    )


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
