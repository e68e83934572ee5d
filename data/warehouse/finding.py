"""The tables of one database against the declaration: are the columns there, and of what type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from data.checking.near import nearest
from data.checking.problems import Problem, short, some_of
from data.study import Variable
from data.warehouse.cells import Type, native, texts_meaning
from data.warehouse.engines.engine import EngineError
from data.warehouse.link import link
from data.warehouse.model import Events, Model
from data.warehouse.relations import relation
from data.warehouse.rendering import rendered
from data.warehouse.site import FoundSite
from data.warehouse.sources import DatabaseSource, Place

_LEVELS = (Type.TEXT, Type.WHOLE, Type.NUMBER, Type.TRUTH)
IN_QUERY = "Turn it into such in a query, or correct study.toml"


def find_site(
    source: DatabaseSource, place: int, model: Model, events: Events | None
) -> tuple[FoundSite | None, list[Problem]]:
    """One database as it is found, or what is wrong with it. EngineError if it does not answer."""
    engine = link(source).engine
    dialect = engine.dialect
    types = _types(source, source.patients, dialect)
    problems = list(_patients(types, model, source.patients.name))
    event_types, event_table = {}, None
    if events is not None:
        event_table = source.tables[events.columns.table]
        event_types = _types(source, event_table, dialect)
        problems += _events(event_types, events, event_table.name)
    if problems:
        return None, problems
    return FoundSite(source, place, dialect, engine.one_by_one, types, event_types, event_table), []


def _types(source: DatabaseSource, place: Place, dialect: str) -> Mapping[str, Type]:
    every = exp.select(exp.Star(), copy=False).from_(relation(place, dialect, "t"), copy=False)
    sql = rendered(every, dialect)
    try:
        return link(source).ask(lambda one: one.types(sql))
    except EngineError as error:
        # Of a table that is not there the engine may not say which.
        error.about = error.about or place.name
        raise


def _patients(types: Mapping[str, Type], model: Model, table: str) -> Iterator[Problem]:
    if model.patient:
        yield from _there(types, table, [model.patient])
    for one in model.variables.values():
        if not one.column:
            continue
        absent = list(_there(types, table, [one.column]))
        yield from absent or _of_variable(one, types[one.column], table)
    for one in model.endpoints.values():
        absent = list(_there(types, table, one.columns))
        yield from absent
        if absent:
            continue
        timing = one.timing
        dates = (timing.start, one.time_column, *timing.event_dates) if timing.start else ()
        for name in filter(None, dates):
            if types[name] is not Type.DATE:
                yield _other(table, name, types[name], "a date")
        if one.time_column and not timing.start and not types[one.time_column].is_number:
            yield _other(table, one.time_column, types[one.time_column], "a number")
        if one.event_column and not timing.event_dates:
            known = (*timing.event_values, *timing.censored_values)
            yield from _can_hold(one.event_column, types[one.event_column], known, table)


def _events(types: Mapping[str, Type], events: Events, table: str) -> Iterator[Problem]:
    columns = events.columns
    named = [events.patient, columns.term, columns.grade]
    named += [one for one in (columns.category, columns.onset_day, columns.emergent) if one]
    absent = list(_there(types, table, named))
    yield from absent
    if not absent and columns.onset_day and not types[columns.onset_day].is_number:
        yield _other(table, columns.onset_day, types[columns.onset_day], "a number")


def _there(types: Mapping[str, Type], table: str, names) -> Iterator[Problem]:
    for name in names:
        if name in types:
            continue
        near = nearest(name, list(types))
        fix = f"Write “{short(near)}” if that is meant" if near else "Correct study.toml"
        header = f"the table has {some_of(types)}"
        yield Problem(table, "the column is missing", fix, name, header=header)


def _of_variable(one: Variable, found: Type, table: str) -> Iterator[Problem]:
    if one.is_number:
        if not found.is_number:
            yield _other(table, one.column, found, "a number")
        return
    cells = texts_meaning([level.value for level in one.levels], one.coding)
    yield from _can_hold(one.column, found, cells, table)


def _can_hold(name: str, found: Type, texts, table: str) -> Iterator[Problem]:
    if found not in _LEVELS:
        yield _other(table, name, found, "a text or a number")
        return
    wrong = [text for text in texts if native(text, found) is None]
    if wrong:
        fault = f"the column has {found.value}, of which none is “{short(wrong[0])}”"
        yield Problem(table, fault, "Write the value as the database holds it", name)


def _other(table: str, name: str, found: Type, wanted: str) -> Problem:
    return Problem(table, f"the column has {found.value}, and {wanted} is needed", IN_QUERY, name)
