"""PostgreSQL, by psycopg."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import contextmanager

import numpy as np

from data.warehouse.cells import Type
from data.warehouse.engines.engine import Engine, EngineError, Wrong, columns_of

_CONNECTING = 5
_NAME = re.compile(r'"([^"]+)"')
# Of pg_type, which does not change.
_TYPES = {
    **dict.fromkeys((20, 21, 23), Type.WHOLE),
    **dict.fromkeys((700, 701, 1700), Type.NUMBER),
    **dict.fromkeys((18, 19, 25, 1042, 1043), Type.TEXT),
    **dict.fromkeys((1082, 1114, 1184), Type.DATE),
    16: Type.TRUTH,
}


class PostgresConnection:
    """See `data.warehouse.engines.engine.Connection`."""

    def __init__(self, address: str, seconds: int):
        with _said():
            import psycopg

            options = f"-c default_transaction_read_only=on -c statement_timeout={seconds * 1000}"
            # What psycopg sends by itself is no transaction that stays open.
            self._database = psycopg.connect(
                address,
                autocommit=True,
                connect_timeout=_CONNECTING,
                options=options,
                application_name="hcc-cohort-explorer",
            )

    def types(self, sql: str) -> dict[str, Type]:
        with _said(), self._database.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT 0")
            return {one.name: _TYPES.get(one.type_code, Type.OTHER) for one in cursor.description}

    def ask(self, sql: str, values: Mapping[str, object]) -> dict[str, np.ndarray]:
        with _said(), self._database.cursor() as cursor:
            cursor.execute(sql, dict(values))
            names = [one.name for one in cursor.description]
            return columns_of(names, cursor.fetchall())

    def changed(self) -> bool:
        return self._database.closed

    def close(self) -> None:
        self._database.close()


@contextmanager
def _said():
    try:
        import psycopg
        from psycopg import errors
    except ImportError:
        raise EngineError(Wrong.NO_LIBRARY, "psycopg") from None
    try:
        yield
    except errors.QueryCanceled:
        raise EngineError(Wrong.SLOW) from None
    except (errors.UndefinedTable, errors.InvalidSchemaName) as error:
        raise EngineError(Wrong.NO_TABLE, _named(error)) from None
    except errors.UndefinedColumn as error:
        raise EngineError(Wrong.NO_COLUMN, _named(error)) from None
    except psycopg.ProgrammingError as error:
        # An address that cannot be read has no state of SQL.
        wrong = Wrong.REFUSED if error.sqlstate else Wrong.BAD_ADDRESS
        raise EngineError(wrong) from None
    except psycopg.OperationalError:
        raise EngineError(Wrong.DOWN) from None
    except psycopg.Error:
        raise EngineError(Wrong.REFUSED) from None


def _named(error) -> str:
    found = _NAME.search(error.diag.message_primary or "")
    return found[1] if found else ""


POSTGRES = Engine("PostgreSQL", ("postgresql", "postgres"), "postgres", PostgresConnection)
