"""A study whose patients stay in databases: declared, found, checked, and only then a Study."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from data.analysis_sets import empty_set
from data.checking.keys import FILE, Keys
from data.checking.problems import Problem, StudyError
from data.declaration import read_declaration
from data.sections.adverse_events import AdverseEvents
from data.sections.comparison import Comparison
from data.sections.further_tables import TableFile
from data.sections.section import Declaration, Section
from data.sources.source import Source
from data.study import Level, Study, Variable
from data.warehouse.answers import whole
from data.warehouse.checks import (
    EMPTY,
    MOST_IDS,
    SET,
    N,
    check_statement,
    event_checks,
    ids_statement,
)
from data.warehouse.counts import NotAnswered
from data.warehouse.database import Database
from data.warehouse.engines.engine import EngineError, Wrong
from data.warehouse.event_rows import EventRows
from data.warehouse.finding import find_site
from data.warehouse.learning import EVERYBODY, everybody, with_cuts, with_days, with_events
from data.warehouse.link import link, sentence
from data.warehouse.model import Events, Model
from data.warehouse.no_rows import NO_ROWS
from data.warehouse.question import SITE
from data.warehouse.refused import ROWS, refuse_rows, refuse_undeclared
from data.warehouse.site import FoundSite
from data.warehouse.sources import DatabaseSource, declare_sources
from data.warehouse.values import Values

_AWAY = (Wrong.DOWN, Wrong.SLOW)
SITE_LABEL = "Site"


def open_counted(
    source: Source, raw: dict, reserved: frozenset[str], sections: tuple[Section, ...]
) -> Study:
    """The study of a source whose ``study.toml`` names databases.

    Raises
    ------
    StudyError
        With all that is wrong with the declaration, else with the tables; or that no database
        answers, which may pass.
    """
    problems: list[Problem] = []
    top = Keys(dict(raw), "", problems)
    sources = declare_sources(top)
    refuse_rows(top)
    rest = {key: value for key, value in raw.items() if key not in top.seen}
    tables = tuple(dict.fromkeys(name for one in sources for name in one.tables))
    declaration, found = read_declaration(
        rest, source.name, reserved, tuple(_section(one, tables) for one in sections)
    )
    if not found:
        refuse_undeclared(top, declaration, sources)
    _stop_at([*problems, *found])
    sources = tuple(_with_queries(one, source) for one in sources)
    model = _model(declaration, sources, raw)
    sites, down = _sites(sources, model)
    answering = [one for one in sites if one is not None]
    if not answering:
        _stop_at([replace(_away(sources, down), passing=True)])
    try:
        return _opened(source, declaration, model, sources, sites)
    except NotAnswered as error:
        one = Problem(FILE, str(error).rstrip("."), "See docs/warehouse.md", "source", passing=True)
        raise StudyError([one]) from None


def _opened(
    source: Source,
    declaration: Declaration,
    model: Model,
    sources: tuple[DatabaseSource, ...],
    sites: Sequence[FoundSite | None],
) -> Study:
    answering = [one for one in sites if one is not None]
    states = tuple(link(one).state() for one in sources)
    read_at = time.time()
    comparison = declaration.sections.get("comparison") or Comparison()
    left_out, problems = 0, []
    if model.events is not None:
        model, left_out, problems = with_events(model, answering)
    n, missing, wrong = _checked(model, answering, declaration, comparison)
    _stop_at([*problems, *wrong])
    model = everybody(replace(model, missing=missing))
    model = with_days(model, answering)
    model = with_cuts(model, answering, declaration.default_set.id)
    model = replace(model, sets=_without_everybody(model))
    counted = Database(model, sources, tuple(sites), states, read_at, n, missing, _as_of(read_at))
    values = {
        name: declared
        for name, declared in declaration.sections.items()
        # What would need rows stays what it is of a study without any.
        if declared is not None and name not in ROWS
    }
    if model.events is not None:
        events = model.events
        values["adverse_events"] = AdverseEvents(
            events.columns, events.grades, events.terms, None, None, None, None, left_out
        )
    queries = [name for one in sources for name in one.queries]
    state = "-".join(map(str, states)) if None not in states else f"{read_at:.0f}"
    study = Study(
        **declaration.fields,
        endpoints=declaration.endpoints,
        variables=tuple(model.variables.values()),
        analysis_sets=declaration.analysis_sets,
        causes=declaration.causes,
        version=f"{source.version(queries)}-{_short(state)}",
        patient_ids=(),
        codes=NO_ROWS,
        numbers=NO_ROWS,
        outcomes=NO_ROWS,
        counted=counted,
    )
    return study.with_sections(values)


def _section(one: Section, tables: Iterable[str]) -> Section:
    """A section that reads no rows."""
    if one.name == "tables":
        named = {name: TableFile(name, None) for name in tables}
        return replace(one, declare=lambda top, so_far: named)
    return one


def _with_queries(one: DatabaseSource, source: Source) -> DatabaseSource:
    return one.with_queries({name: source.text(name) for name in one.queries})


def _model(declaration: Declaration, sources: tuple[DatabaseSource, ...], raw: dict) -> Model:
    variables = {one.id: one for one in declaration.variables}
    labels = tuple(one.label for one in sources)
    if len(sources) > 1:
        levels = tuple(Level(f"site-{i}", label, label) for i, label in enumerate(labels, start=1))
        variables[SITE] = Variable(SITE, "", SITE_LABEL, "categorical", SITE_LABEL, levels)
    columns = declaration.sections.get("adverse_events")
    named = "id" in raw.get("patients", {}) or columns is not None
    return Model(
        variables=MappingProxyType(variables),
        endpoints=MappingProxyType(declaration.endpoints_by_id),
        sets=MappingProxyType({one.id: one for one in declaration.analysis_sets}),
        patient=declaration.patient_column if named else "",
        events=Events(columns, declaration.patient_column) if columns else None,
        sites=labels,
    )


def _sites(sources: tuple[DatabaseSource, ...], model: Model):
    """Each database as it is found, None of one that does not answer; and why it does not."""
    found, down, problems = [], [], []
    for place, one in enumerate(sources):
        site = None
        try:
            site, wrong = find_site(one, place, model, model.events)
            problems += wrong
        except EngineError as error:
            said = _said(one, error, len(sources) > 1)
            if error.wrong in _AWAY:
                down.append(said)
            else:
                problems.append(said)
        found.append(site)
    _stop_at(problems)
    return found, down


def _said(one: DatabaseSource, error: EngineError, several: bool) -> Problem:
    passing = error.wrong is not Wrong.NO_LIBRARY
    fault, _, fix = sentence(one, error, several).partition(". ")
    place = one.patients.name if error.wrong in (Wrong.NO_TABLE, Wrong.NO_COLUMN) else FILE
    key = "" if place != FILE else "source.url_env"
    return Problem(place, fault, fix.rstrip(".") or "See docs/warehouse.md", key, passing=passing)


def _away(sources: tuple[DatabaseSource, ...], down: list[Problem]) -> Problem:
    if len(sources) == 1:
        return down[0]
    return Problem(FILE, "none of the databases answers", "They are tried again", "sources")


def _checked(
    model: Model,
    sites: Sequence[FoundSite],
    declaration: Declaration,
    comparison: Comparison,
) -> tuple[int, frozenset[str], list[Problem]]:
    """Patients, variables that some of them lack, and what is wrong with their rows."""
    least = declaration.fields["disclosure"].minimum_cell
    several = len(model.sites) > 1
    own = [one for one in model.variables.values() if one.column]
    n, missing, problems = 0, set(), []
    in_set = {i: 0 for i, one in enumerate(model.sets.values()) if _by_columns(model, one)}
    for site in sites:
        checked = check_statement(model, site.tables, comparison, least)
        found = site.ask(checked.tree, checked.values.of, several)
        table = site.source.patients.name
        here = _cell(found, N)
        n += here
        missing |= {one.id for i, one in enumerate(own) if _cell(found, f"{EMPTY}_{i}")}
        for i in in_set:
            in_set[i] += _cell(found, f"{SET}_{i}")
        problems += _broken(found, checked.checks, table, least)
        if model.patient and here <= MOST_IDS and not problems:
            ids = site.ask(ids_statement(model, site.tables), {}, several)
            if _cell(ids, N) < here:
                fault = "a patient stands twice"
                fix = "Keep one row for each patient, in a query if need be"
                problems.append(Problem(table, fault, fix, model.patient))
        if model.events is not None:
            problems += _checked_events(model, site, least, several)
    if not n and not problems:
        problems.append(Problem(sites[0].source.patients.name, "there is no patient", "Add some"))
    elif not problems:
        sets = list(model.sets.values())
        problems += [empty_set(sets[i]) for i, some in in_set.items() if not some]
    return n, frozenset(missing), problems


def _by_columns(model: Model, one) -> bool:
    return bool(one.rule) and all(model.variables[key].column for key, _ in one.rule)


def _checked_events(model: Model, site: FoundSite, least: int, several: bool) -> list[Problem]:
    rows = EventRows(model.events, site.event_types, Values())
    tree, checks = event_checks(model, site.tables, site.tables.patients, rows, least)
    found = site.ask(tree, rows.values.of, several)
    return _broken(found, checks, site.event_table.name, least)


def _broken(found, checks, table: str, least: int) -> list[Problem]:
    return [
        one.problem(table, times, least)
        for i, one in enumerate(checks)
        if (times := _cell(found, f"c_{i}"))
    ]


def _cell(found, name: str) -> int:
    return int(whole(found[name], nothing=0)[0])


def _without_everybody(model: Model):
    return MappingProxyType({key: one for key, one in model.sets.items() if key != EVERYBODY})


def _as_of(seconds: float) -> str:
    """``14:02 on 28 November 2026``, in the server's own time."""
    moment = time.localtime(seconds)
    return f"{time.strftime('%H:%M', moment)} on {moment.tm_mday} {time.strftime('%B %Y', moment)}"


def _short(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()[:8]


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise StudyError(problems)
