"""DuckDB within this process: a file of its own, or a folder of Parquet files.

``duckdb:///data/registry.duckdb`` is opened read-only. Of ``duckdb:///data/registry/`` every
``<name>.parquet``, and every folder ``<name>/`` of such files, is a table of that name.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np

from data.warehouse.cells import Type
from data.warehouse.engines.engine import Engine, EngineError, Wrong

MEMORY = "1GB"
THREADS = 2
_LACKS = re.compile(r'(?:Referenced column|column named) "?([^"\s]+)"?')
_NO_TABLE = re.compile(r"Table with name (\S+) does not exist")


class DuckConnection:
    """See `data.warehouse.engines.engine.Connection`."""

    def __init__(self, address: str, seconds: int):
        self._seconds, self._address = seconds, address
        self._state = state(address)
        with _said():
            self._database = _opened(_path(address))

    def types(self, sql: str) -> dict[str, Type]:
        with _said(), self._stopping():
            found = self._database.execute(f"DESCRIBE {sql}").fetchall()
        return {row[0]: _type(row[1]) for row in found}

    def ask(self, sql: str, values: Mapping[str, object]) -> dict[str, np.ndarray]:
        with _said(), self._stopping():
            found = self._database.execute(sql, dict(values)).fetchnumpy()
        return {name: _plain(cells) for name, cells in found.items()}

    def changed(self) -> bool:
        return self._state != state(self._address)

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def _stopping(self):
        clock = threading.Timer(self._seconds, self._database.interrupt)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()


def state(address: str) -> object:
    """Names, times and sizes of the files; None where there is none."""
    path = _path(address)
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    try:
        marks = [(one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files]
    except OSError:
        return None
    return tuple(marks)


def _path(address: str) -> Path:
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.netloc or not path.startswith("/"):
        raise EngineError(Wrong.BAD_ADDRESS)
    return Path(path)


def _opened(path: Path):
    try:
        import duckdb
    except ImportError:
        raise EngineError(Wrong.NO_LIBRARY, "duckdb") from None
    # Nothing is fetched or written, whatever a statement says.
    settings = {
        "threads": THREADS,
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": "",
    }
    if not path.is_dir():
        if not path.is_file():
            raise EngineError(Wrong.DOWN)
        database = duckdb.connect(str(path), read_only=True, config=settings)
    else:
        database = duckdb.connect(config=settings)
        folder = path.resolve()
        for name, files in _tables(folder):
            quoted = name.replace('"', '""')
            # No statement of a view takes bound values.
            within = files.replace("'", "''")
            database.execute(f"CREATE VIEW \"{quoted}\" AS SELECT * FROM read_parquet('{within}')")
        database.execute("SET allowed_directories = [$folder]", {"folder": f"{folder}/"})
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


def _tables(folder: Path) -> list[tuple[str, str]]:
    found = [(one.stem, str(one)) for one in sorted(folder.glob("*.parquet")) if one.is_file()]
    inside = [one for one in sorted(folder.iterdir()) if one.is_dir()]
    return found + [(one.name, f"{one}/*.parquet") for one in inside if any(one.glob("*.parquet"))]


@contextmanager
def _said():
    import duckdb

    try:
        yield
    except duckdb.InterruptException:
        raise EngineError(Wrong.SLOW) from None
    except duckdb.CatalogException as error:
        lost = _NO_TABLE.search(str(error))
        raise EngineError(Wrong.NO_TABLE, lost[1] if lost else "") from None
    except duckdb.BinderException as error:
        lost = _LACKS.search(str(error))
        raise EngineError(
            Wrong.NO_COLUMN if lost else Wrong.REFUSED, lost[1] if lost else ""
        ) from None
    except duckdb.IOException:
        raise EngineError(Wrong.DOWN) from None
    except duckdb.Error:
        raise EngineError(Wrong.REFUSED) from None


def _type(name: str) -> Type:
    name = name.upper().partition("(")[0].strip()
    if name in ("VARCHAR", "ENUM", "CHAR", "TEXT"):
        return Type.TEXT
    if name.endswith("INT") or name in ("INTEGER", "HUGEINT", "UINTEGER"):
        return Type.WHOLE
    if name in ("DOUBLE", "FLOAT", "REAL", "DECIMAL"):
        return Type.NUMBER
    if name == "BOOLEAN":
        return Type.TRUTH
    if name == "DATE" or name.startswith("TIMESTAMP"):
        return Type.DATE
    return Type.OTHER


def _plain(cells) -> np.ndarray:
    """An array without a mask; a library gives one where something is missing."""
    if hasattr(cells, "categories"):
        return np.array([None if one != one else one for one in cells], object)
    if not isinstance(cells, np.ma.MaskedArray):
        return cells
    if cells.dtype.kind in "Ob":
        # To fill with None is to fill with what the array itself would, a question mark.
        made = cells.data.astype(object)
        made[np.ma.getmaskarray(cells)] = None
        return made
    if not np.ma.getmaskarray(cells).any():
        return cells.data
    return cells.astype(float).filled(np.nan)


DUCKDB = Engine("DuckDB", ("duckdb",), "duckdb", DuckConnection, one_by_one=True, state=state)
