"""Tables of a publication, read against the study's own variables and levels."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from data.checking.keys import Keys, shown
from data.checking.problems import Problem, StudyError, listed, short, some_of
from data.checking.validation import check_columns, read_numbers
from data.sections.published import PublishedRow, PublishedSubgroups
from data.sections.section import NOTHING, Declaration, Reading, Section
from data.sources.source import Source
from data.study import Variable

NUMBERS = (
    "n",
    "events",
    "median",
    "median_lo",
    "median_hi",
    "y1",
    "y1_lo",
    "y1_hi",
    "y2",
    "y2_lo",
    "y2_hi",
    "p",
)
WHOLE_COHORT = ("", "")
EVERYBODY = "All"
# What `data.reading.header` says of a table that has a header only.
NO_ROWS = "there is no row below the header"


def declare_subgroups(top: Keys, so_far: Declaration) -> tuple[tuple[str, str, str], ...]:
    """Read ``[[published_subgroups]]``: (endpoint id, title, file) of each table."""
    endpoint_ids = so_far.endpoint_ids
    found = []
    for entry in top.tables("published_subgroups", []):
        endpoint_id = entry.take("endpoint", str)
        if endpoint_id not in endpoint_ids or endpoint_id in {one[0] for one in found}:
            entry.fault(
                "endpoint",
                f"{shown(endpoint_id)} is no endpoint, or stands twice",
                f"Use one of {some_of(endpoint_ids)}",
            )
        found.append((endpoint_id, entry.take("title", str), entry.file("file")))
        entry.finish()
    return tuple(found)


def read_printed_table(source: Source, file: str) -> pd.DataFrame:
    """Read a file of printed cells; its faults name it as study.toml does, with its folder."""
    try:
        return source.table(file).cells
    except StudyError as error:
        raise StudyError([_named(one, file) for one in error.problems]) from None


def _named(problem: Problem, file: str) -> Problem:
    empty = problem.fault == NO_ROWS
    return replace(problem, file=file, fix="Add what is printed" if empty else problem.fix)


def read_subgroups(declared, reading: Reading):
    """Every table of subgroups, by the endpoint that it is about."""
    tables, problems = {}, []
    for endpoint_id, title, file in declared:
        try:
            table, found = _read_table(reading.source, file, title, reading.variables)
        except StudyError as error:
            # The others are read all the same.
            table, found = None, error.problems
        tables[endpoint_id] = table
        problems += found
    return MappingProxyType(tables), problems


def _read_table(
    source: Source, file: str, title: str, variables: tuple[Variable, ...]
) -> tuple[PublishedSubgroups | None, list[Problem]]:
    """Read a published table with one row for each level.

    Columns ``variable`` and ``level`` hold the labels as printed, which must be those of the
    study (a level also by its value); ``All`` is the whole cohort. A p-value such as ``<0.001`` is
    read as its bound.
    """
    table = read_printed_table(source, file)
    problems = check_columns(table, ["variable", "level", *NUMBERS], file)
    if "p" in table:
        table = table.assign(p=table["p"].str.lstrip("<"))
    columns, places = {}, []
    for name in NUMBERS:
        if name in table:
            columns[name], found = read_numbers(table[name], file)
            problems += found
    if {"variable", "level"} <= set(table.columns):
        places, found = _places(table, file, {variable.label: variable for variable in variables})
        problems += found
    if problems:
        return None, problems
    rows = {
        place: PublishedRow(MappingProxyType({name: float(columns[name][i]) for name in NUMBERS}))
        for i, place in enumerate(places)
    }
    order = tuple(dict.fromkeys(variable for variable, _ in places if variable))
    return PublishedSubgroups(title, order, MappingProxyType(rows)), []


def _places(table: pd.DataFrame, file: str, by_label: dict[str, Variable]):
    """(variable id, level id) of each row, and the rows that are none of the study's."""
    places, problems = [], []
    for line, label, name in zip(table.index, table["variable"], table["level"], strict=True):
        if label == EVERYBODY:
            places.append(WHOLE_COHORT)
            continue
        variable = by_label.get(label)
        levels = variable.levels if variable else ()
        level = next((one for one in levels if name in (one.label, one.value)), None)
        if variable is None:
            fault, column = f"“{short(label)}” is no label of a variable", "variable"
        elif level is None:
            fault, column = f"“{short(name)}” is no level of {label}", "level"
        else:
            places.append((variable.id, level.id))
            continue
        problems.append(Problem(file, fault, "Write it as in study.toml", column, int(line)))
    if not problems:
        problems = [
            Problem(
                file,
                "the row's level stands twice",
                "Keep one row for each level",
                "level",
                int(line),
            )
            for line in table.index[pd.Series(places).duplicated()]
        ]
    return places, listed(problems)


PUBLISHED_SUBGROUPS = Section(
    "published_subgroups",
    declare_subgroups,
    read_subgroups,
    files=lambda declared: [file for _, _, file in declared],
    empty=NOTHING,
    each="published_subgroups",
)
