"""Tables and queries of a database as something that can be selected from."""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from data.checking.problems import Problem, StudyError
from data.warehouse.sources import Place
from data.warehouse.values import name


def relation(place: Place, dialect: str, alias: str) -> exp.Expression:
    """A table by its quoted name, or a query of the study's folder as a table.

    Raises
    ------
    StudyError
        If the file holds anything but one query.
    """
    if not place.is_query:
        return exp.alias_(_table(place.name), name(alias), table=True)
    return exp.Subquery(this=_query(place, dialect).copy(), alias=exp.TableAlias(this=name(alias)))


def _table(text: str) -> exp.Table:
    *before, last = text.split(".")
    made = exp.Table(this=name(last))
    for key, part in zip(("db", "catalog"), reversed(before), strict=False):
        made.set(key, name(part))
    return made


def _query(place: Place, dialect: str) -> exp.Query:
    try:
        found = [one for one in sqlglot.parse(place.query, read=dialect) if one is not None]
    except SqlglotError as error:
        line = (error.errors or [{}])[0].get("line") if hasattr(error, "errors") else None
        fault = "the file is no query that can be read"
        raise StudyError([Problem(place.name, fault, "Correct it", row=line)]) from None
    if len(found) != 1 or not isinstance(found[0], exp.Query) or _writes(found[0]):
        fault = "the file is not one query"
        raise StudyError([Problem(place.name, fault, "Write one SELECT, and nothing else")])
    return found[0]


def _writes(query: exp.Expression) -> bool:
    """Whether a part of a query is more than a query."""
    changing = (exp.DML, exp.DDL, exp.Command, exp.Into)
    return any(not isinstance(one, exp.Query) for one in query.find_all(*changing))
