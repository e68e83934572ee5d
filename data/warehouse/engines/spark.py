"""Apache Spark, by Spark Connect: a cluster, Databricks, or whatever speaks its protocol."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from contextlib import contextmanager, suppress

import numpy as np

from data.warehouse.cells import Type
from data.warehouse.engines.engine import Engine, EngineError, Wrong, columns_of

# The client itself tries for ten minutes to reach a server that is down.
_CONNECTING = 15
_COLUMN = re.compile(r"(?:column|parameter|variable)[^`']*[`']([^`']+)[`']", re.IGNORECASE)
_WHOLE = ("tinyint", "smallint", "int", "bigint")


class SparkConnection:
    """See `data.warehouse.engines.engine.Connection`."""

    def __init__(self, address: str, seconds: int):
        self._seconds = seconds
        # The client waits without end; a thread that waits can be left alone.
        self._threads = ThreadPoolExecutor(1, "spark")
        with _said():
            self._session = self._within(lambda: _session(address), _CONNECTING, Wrong.DOWN)

    def types(self, sql: str) -> dict[str, Type]:
        with _said():
            found = self._within(lambda: self._session.sql(sql).dtypes)
        return {name: _type(kind) for name, kind in found}

    def ask(self, sql: str, values: Mapping[str, object]) -> dict[str, np.ndarray]:
        def answer():
            found = self._session.sql(sql, args=dict(values))
            return found.columns, found.collect()

        with _said():
            names, rows = self._within(answer)
        return columns_of(names, [tuple(row) for row in rows])

    def changed(self) -> bool:
        return False

    def close(self) -> None:
        # The session's own threads keep a process from ending.
        stopping = self._threads.submit(self._session.stop)
        with suppress(Exception):
            stopping.result(_CONNECTING)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _within(self, work: Callable, seconds: int = 0, wrong: Wrong = Wrong.SLOW):
        future = self._threads.submit(work)
        try:
            return future.result(seconds or self._seconds)
        except TooLong:
            raise EngineError(wrong) from None


def _session(address: str):
    from pyspark.sql.connect.session import SparkSession

    session = SparkSession.builder.remote(address).create()
    session.sql("SELECT 1").collect()
    return session


@contextmanager
def _said():
    try:
        from pyspark.errors import AnalysisException, PySparkException
    except ImportError:
        raise EngineError(Wrong.NO_LIBRARY, "pyspark-client") from None
    try:
        yield
    except EngineError:
        raise
    except AnalysisException as error:
        said = str(error)
        if "TABLE_OR_VIEW_NOT_FOUND" in said or "table" in said.lower():
            raise EngineError(Wrong.NO_TABLE) from None
        found = _COLUMN.search(said)
        raise EngineError(
            Wrong.NO_COLUMN if found else Wrong.REFUSED, found[1] if found else ""
        ) from None
    except PySparkException:
        raise EngineError(Wrong.REFUSED) from None
    except Exception as error:
        # The channel's own errors, of several libraries, and nothing of them is for a reader.
        down = "grpc" in type(error).__module__
        raise EngineError(Wrong.DOWN if down else Wrong.REFUSED) from None


def _type(kind: str) -> Type:
    kind = kind.partition("(")[0]
    if kind in ("string", "varchar", "char"):
        return Type.TEXT
    if kind in _WHOLE:
        return Type.WHOLE
    if kind in ("double", "float", "decimal"):
        return Type.NUMBER
    if kind == "boolean":
        return Type.TRUTH
    if kind in ("date", "timestamp", "timestamp_ntz"):
        return Type.DATE
    return Type.OTHER


SPARK = Engine("Spark", ("sc",), "spark", SparkConnection)
