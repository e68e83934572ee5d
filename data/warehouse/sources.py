"""``[source]`` and ``[[sources]]`` of ``study.toml``: in which databases the patients are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from data.checking.keys import Keys, is_inside, shown
from data.checking.problems import doubled

DATABASE = "database"
TIMEOUT = 20
FRESH = 5
SQL = ".sql"
# Of two sites each can subtract itself from what both answer.
ENOUGH_SITES = 3
_URL_NAME = re.compile(r"[A-Z][A-Z0-9_]*_URL")
_PART = re.compile(r"[^\W\d][\w$-]*")


@dataclass(frozen=True)
class Place:
    """A table by its name, or what a query of the study's folder gives.

    Attributes
    ----------
    name : str
        As ``study.toml`` writes it: ``registry.hcc``, or ``registry.sql`` for a file.
    query : str
        The text of that file; empty for a table.
    """

    name: str
    query: str = ""

    @property
    def is_query(self) -> bool:
        return self.name.endswith(SQL)


@dataclass(frozen=True)
class DatabaseSource:
    """One database with patients of a study.

    Attributes
    ----------
    label : str
        Its name for readers.
    url_env : str
        Name of the environment variable that says where it is and who asks; never the value.
    patients : Place
        One row for each patient.
    tables : mapping of table id to Place
        Further tables, such as that of adverse events.
    timeout : int
        Seconds after which a statement is given up.
    fresh : int
        Minutes after which answers are asked for anew.
    """

    label: str
    url_env: str
    patients: Place
    tables: Mapping[str, Place]
    timeout: int = TIMEOUT
    fresh: int = FRESH

    def with_queries(self, texts: Mapping[str, str]) -> DatabaseSource:
        """The same with the texts of the queries that it names."""

        def filled(place: Place) -> Place:
            return Place(place.name, texts[place.name]) if place.is_query else place

        tables = {name: filled(place) for name, place in self.tables.items()}
        return DatabaseSource(
            self.label,
            self.url_env,
            filled(self.patients),
            MappingProxyType(tables),
            self.timeout,
            self.fresh,
        )

    @property
    def queries(self) -> tuple[str, ...]:
        """The files of its queries."""
        places = (self.patients, *self.tables.values())
        return tuple(place.name for place in places if place.is_query)


def in_a_database(raw: Mapping) -> bool:
    """Whether a parsed ``study.toml`` says that its patients are in databases."""
    one = raw.get("source")
    return "sources" in raw or (isinstance(one, Mapping) and one.get("kind") == DATABASE)


def declare_sources(top: Keys) -> tuple[DatabaseSource, ...]:
    """Read ``[source]`` or ``[[sources]]``, and ``two_sites``."""
    agreed = top.take("two_sites", bool, False)
    if "source" in top.table and "sources" in top.table:
        top.take("source", dict)
        top.take("sources", list)
        top.fault("sources", "the key has no meaning beside source", "Keep one of the two")
        return ()
    if "source" in top.table:
        one = Keys(top.take("source", dict, {}), "source", top.problems)
        return (_source(one, "database"),)
    made = tuple(_source(one, "") for one in top.tables("sources"))
    for label in doubled(one.label for one in made):
        top.fault("sources", f"the label “{label}” stands twice", "Give each site its own")
    if 0 < len(made) < ENOUGH_SITES and not agreed:
        fault = f"there are {len(made)} sites, and each of two can subtract itself from both"
        top.fault("sources", fault, "Write two_sites = true once both have agreed")
    return made


def _source(reader: Keys, label: str) -> DatabaseSource:
    reader.choice("kind", (DATABASE,))
    url_env = reader.take("url_env", str)
    if url_env and not _URL_NAME.fullmatch(url_env):
        reader.fault(
            "url_env",
            f"{shown(url_env)} is not the name of a variable of the environment for an address",
            "Name one in capitals that ends in _URL, and put the address itself there",
        )
    made = DatabaseSource(
        label=reader.take("label", str, label) if label else reader.take("label", str),
        url_env=url_env,
        patients=_patients(reader),
        tables=MappingProxyType(_tables(reader)),
        timeout=reader.whole("timeout", TIMEOUT, 1, 600),
        fresh=reader.whole("fresh_minutes", FRESH, 1, 24 * 60),
    )
    reader.finish()
    return made


def _patients(reader: Keys) -> Place:
    if "query" in reader.table:
        if "table" in reader.table:
            reader.take("table", str)
            reader.fault("table", "the key has no meaning beside query", "Keep one of the two")
        return _place(reader, "query", reader.take("query", str), query=True)
    return _place(reader, "table", reader.take("table", str))


def _tables(reader: Keys) -> dict[str, Place]:
    return {
        name: _place(reader, "tables", place, query=place.endswith(SQL))
        for name, place in reader.pairs("tables").items()
    }


def _place(reader: Keys, key: str, name: str, query: bool = False) -> Place:
    if query and not (is_inside(name) and name.endswith(SQL)):
        fault = f"{shown(name)} is not the name of a query in this folder"
        reader.fault(key, fault, "Put the file beside study.toml and give it the ending .sql")
    parts = name.split(".")
    if not query and name and not (len(parts) <= 3 and all(map(_PART.fullmatch, parts))):
        reader.fault(
            key,
            f"{shown(name)} is not the name of a table",
            "Write it as table, schema.table or catalog.schema.table",
        )
    return Place(name)
