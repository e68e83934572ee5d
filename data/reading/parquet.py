"""Parquet files, by DuckDB."""

from __future__ import annotations

from pathlib import Path

from data.reading.cell_text import cell_text
from data.reading.kinds import FileKind
from data.reading.raw import Grid, Limits, Reading, refused, too_many_cells, without_library

# It neither asks the network for what it lacks nor takes all cores.
_SETTINGS = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}


def grid_of_parquet(
    path: Path, kind: FileKind, reading: Reading, limits: Limits, name: str
) -> Grid:
    """The rows of a Parquet file. StudyError if it cannot be read. Rows are counted from 1."""
    try:
        import duckdb
    except ImportError:
        raise without_library(name, kind.what, "duckdb") from None
    try:
        with duckdb.connect(config=_SETTINGS) as database:
            relation = database.read_parquet(_exactly(path))
            columns = relation.columns
            most = limits.cells // max(len(columns), 1)
            rows = relation.limit(most + 1).fetchall()
    except duckdb.Error as error:
        fault = f"it is {kind.what} that cannot be read ({str(error).splitlines()[0][:120]})"
        raise refused(name, fault, "Write it anew") from None
    if len(rows) > most:
        raise too_many_cells(name, limits)
    if not rows:
        raise refused(name, f"it is {kind.what} without a row", "Add patients")
    cells = [(line, [cell_text(value) for value in row]) for line, row in enumerate(rows, start=1)]
    return Grid(cells, kind.what, names=columns)


def _exactly(path: Path) -> str:
    """The path as a pattern that no other file fits."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
