"""Every engine, and the one that an address is for."""

from __future__ import annotations

from data.warehouse.engines.duck import DUCKDB
from data.warehouse.engines.engine import Engine, EngineError, Wrong
from data.warehouse.engines.postgres import POSTGRES
from data.warehouse.engines.spark import SPARK

ENGINES: tuple[Engine, ...] = (DUCKDB, POSTGRES, SPARK)


def engine_of(address: str) -> Engine:
    """The engine that an address is for. EngineError if there is none."""
    scheme = address.partition(":")[0].lower()
    for one in ENGINES:
        if scheme in one.schemes:
            return one
    raise EngineError(Wrong.BAD_ADDRESS)
