"""Studies of files put into databases."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from data.load import read_study
from data.study import Study
from data.warehouse.refused import ROWS

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Declared:
    """A source of which only the declaration is there: its tables are in a database."""

    raw: dict
    texts: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.raw["id"]

    def declaration(self) -> dict:
        return self.raw

    def text(self, name: str) -> str:
        return self.texts[name]

    def version(self, names: Iterable[str]) -> str:
        return "v"


def declared(
    text: str, source: dict | list, texts: Mapping[str, str] | None = None, **more
) -> Declared:
    """What ``study.toml`` of a folder says, with its patients in databases."""
    raw = tomllib.loads(text)
    raw = {key: value for key, value in raw.items() if key not in ROWS}
    patients = raw.get("patients", {})
    raw["patients"] = {key: value for key, value in patients.items() if key == "id"}
    raw["sources" if isinstance(source, list) else "source"] = source
    return Declared(raw | more, texts or {})


def opened(text: str, source: dict | list, **more) -> Study:
    """The study of a declaration and its databases."""
    return read_study(declared(text, source, **more))


def as_parquet(tables: Tables, folder: Path) -> str:
    """Write tables as Parquet files; the address of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as database:
        for name, table in tables.items():
            database.register("made", dates_of(table))
            database.execute(f"COPY made TO '{folder / name}.parquet' (FORMAT parquet)")
    return f"duckdb://{folder}"


def dates_of(table: pd.DataFrame) -> pd.DataFrame:
    """The table with days, which pandas holds as moments, as days."""
    made = {}
    for name, column in table.items():
        made[name] = column.dt.date if column.dtype.kind == "M" else column
    return pd.DataFrame(made)


def into_postgres(tables: Tables, address: str, schema: str) -> None:
    """Make tables in a schema of a server."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as database:
        database.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        database.execute(f'CREATE SCHEMA "{schema}"')
        for name, table in tables.items():
            columns = ", ".join(f'"{one}" {_kind(table[one])}' for one in table)
            database.execute(f'CREATE TABLE "{schema}"."{name}" ({columns})')
            with (
                database.cursor() as cursor,
                cursor.copy(f'COPY "{schema}"."{name}" FROM STDIN') as copy,
            ):
                for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
                    copy.write_row([_plain(cell) for cell in row])


def _kind(column: pd.Series) -> str:
    kind = column.dtype.kind if isinstance(column.dtype, np.dtype) else str(column.dtype)
    kinds = {"i": "integer", "Int64": "integer", "f": "double precision", "M": "date"}
    return {**kinds, "boolean": "boolean", "b": "boolean"}.get(kind, "text")


def _plain(cell):
    if isinstance(cell, np.generic):
        return cell.item()
    return cell.date() if isinstance(cell, pd.Timestamp) else cell
