"""Parquet files, by DuckDB."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.reading.cell_text import cell_text
from data.reading.columns import Column, Columns, fits, smallest
from data.reading.kinds import FileKind
from data.reading.raw import Grid, Limits, Reading, refused, too_large, without_library

# It neither asks the network for what it lacks nor takes all cores.
_MOST_TEXTS = 50_000
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
    """The columns of a Parquet file. StudyError if it cannot be read. Rows are counted from 1."""
    try:
        import duckdb
    except ImportError:
        raise without_library(name, kind.what, "duckdb") from None
    try:
        with duckdb.connect(config=_SETTINGS) as database:
            file = f"read_parquet({_text(_exactly(path))})"
            described = database.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()
            names, columns = [row[0] for row in described], []
            n = database.execute(f"SELECT count(*) FROM {file}").fetchall()[0][0]
            if not limits.by_columns and n * len(names) > limits.cells:
                raise too_large(name, limits)
            for one in names:
                columns.append(_column(database, f"SELECT {_quoted(one)} AS cell FROM {file}"))
                if not fits(columns, limits.memory):
                    raise too_large(name, limits)
    except duckdb.Error as error:
        fault = f"it is {kind.what} that cannot be read ({str(error).splitlines()[0][:120]})"
        raise refused(name, fault, "Write it anew") from None
    if not n:
        raise refused(name, f"it is {kind.what} without a row", "Add patients")
    return Grid([], kind.what, names=names, columns=Columns(np.arange(1, n + 1), tuple(columns)))


def _column(database, cells: str) -> Column:
    """A column as its distinct texts; where most cells differ, as in one of ids, as all of them."""
    grouped = database.execute(
        f"WITH cells AS ({cells}) SELECT CAST(cell AS VARCHAR), any_value(cell) FROM cells "
        f"WHERE cell IS NOT NULL GROUP BY 1 LIMIT {_MOST_TEXTS + 1}"
    ).fetchall()
    if len(grouped) > _MOST_TEXTS or not grouped:
        every = [cell_text(value) for (value,) in database.execute(cells).fetchall()]
        return Column(every, smallest(np.arange(len(every)), len(every)))
    database.execute("DROP TYPE IF EXISTS texts")
    words = ", ".join(_text(text) for text, _ in grouped)
    database.execute(f"CREATE TYPE texts AS ENUM ({words})")
    coded = database.execute(
        f"SELECT enum_code(CAST(CAST(cell AS VARCHAR) AS texts)) AS code FROM ({cells})"
    )
    code = coded.fetchnumpy()["code"]
    # The last is no value.
    places = np.ma.filled(np.ma.asarray(code).astype(np.int32), len(grouped))
    held = [*(cell_text(value) for _, value in grouped), ""]
    return Column(held, smallest(places, len(held)))


def _text(text: str) -> str:
    """A text within a statement."""
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    """A name within a statement."""
    return '"' + name.replace('"', '""') + '"'


def _exactly(path: Path) -> str:
    """The path as a pattern that no other file fits."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))
