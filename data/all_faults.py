"""Everything that is wrong with a study at once, so that nobody mends it fault by fault.

A study is read in steps, and stops at the first that finds a fault (`data.load`). Then it is gone
through again here: what is declared faultily is left aside, what cannot be read is passed over, and
everything else is read all the same. Nothing is said here that rests on what is left aside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from data.analysis_sets import empty_set
from data.cause_keys import check_causes
from data.checking.problems import Problem, StudyError
from data.checking.times import read_outcomes
from data.checking.validation import (
    check_columns,
    check_patients,
    cut_number,
    read_levels,
    read_variable_numbers,
)
from data.patient_groups import rule_mask
from data.reading.raw import RawTable
from data.sections.section import Declaration, Reading, Section
from data.sources.once import Once

# Keys of a variable and of an endpoint without which its cells cannot be judged.
_OF_VARIABLE = ("", "id", "column", "kind", "levels", "map", "missing_codes", "valid", "log")
_OF_ENDPOINT = (
    *("", "id", "time", "event", "unit", "event_values", "censored_values", "missing_codes"),
    *("start", "end", "event_date", "last_contact", "first_of", "population"),
)
_WORD = re.compile(r"“([^”]*)”")
_PARTS = re.compile(r"[.&=,| ]+")


def all_faults(
    source: Once,
    declaration: Declaration,
    declared: list[Problem],
    patients: RawTable | None,
    sections: tuple[Section, ...],
) -> list[Problem]:
    """Every fault of the patients' cells and of all further files.

    Parameters
    ----------
    declaration : Declaration
        As far as it could be read.
    declared : list of Problem
        What is wrong with it.
    patients : RawTable or None
        None where the patients' file cannot be read, which is said elsewhere.
    """
    unsound = _Unsound(declared)
    variables = tuple(
        one
        for one in declaration.variables
        if unsound.fit("variables", (one.id, one.column, one.label), _OF_VARIABLE)
    )
    endpoints = tuple(
        one
        for one in declaration.endpoints
        if unsound.fit("endpoints", (one.id, one.label), _OF_ENDPOINT)
        and not (one.timing.causes and unsound.any("causes"))
    )
    doubtful = _names(declaration, variables, endpoints)
    reduced = replace(declaration, variables=variables, endpoints=endpoints)
    reading, problems, wrong = _patients(source, reduced, patients)
    problems += _empty_sets(reading, wrong, unsound)
    reading = replace(_with_ranges(reading), doubtful=frozenset(doubtful))
    for section in sections:
        reading, found = _of_section(section, reading, unsound)
        problems += found
    return problems


class _Unsound:
    """Which parts of a declaration have a fault after which they cannot be used."""

    def __init__(self, problems: list[Problem]):
        self._keys = [one.column for one in problems if not one.stray]

    def any(self, key: str) -> bool:
        """Whether a table or list, or anything in it, has a fault."""
        return any(re.match(rf"{re.escape(key)}(?:$|[.\[])", one) for one in self._keys)

    def fit(self, key: str, names: tuple[str, ...], needed: tuple[str, ...]) -> bool:
        """Whether the entry of a list has no fault at one of the needed keys."""
        for name in filter(None, names):
            for one in self._keys:
                start = f"{key}[{name}]"
                if one.startswith(start):
                    rest = one[len(start) :].lstrip(".")
                    if re.split(r"[.\[]", rest)[0] in needed:
                        return False
        return True

    def part(self, key: str, declared: Any) -> Any:
        """What of a faulty list of tables can be used."""
        if isinstance(declared, Mapping):
            return {name: one for name, one in declared.items() if not self.any(f"{key}[{name}]")}
        return tuple(one for i, one in enumerate(declared, 1) if not self.any(f"{key}[{i}]"))


def _names(declaration: Declaration, variables, endpoints) -> set[str]:
    """Ids and labels of what is declared faultily: whether a file may name them is not known."""
    kept = {one.id for one in (*variables, *endpoints)}
    names = set()
    for one in (*declaration.variables, *declaration.endpoints):
        if one.id not in kept:
            names |= {one.id, one.label}
    return names - {""}


def _patients(source: Once, declaration: Declaration, table: RawTable | None):
    """What can be read of the patients, what is wrong, and the variables with a wrong cell."""
    file, column = declaration.patients_file, declaration.patient_column
    if table is None:
        # One patient whom nobody has: further tables are read without knowing whose they are.
        nobody = pd.DataFrame({column: [""]}, index=[2])
        made = Reading(source, declaration, nobody, {}, {}, {}, declaration.variables)
        return replace(made, patients_unread=True), [], set(declaration.variables_by_id)
    cells, problems = table.cells, check_columns(table.cells, declaration.columns, file, table.what)
    if column in cells:
        problems += check_patients(cells, column, file)
    else:
        cells = cells.assign(**{column: ""})
    codes, numbers, wrong = {}, {}, set()
    for one in declaration.variables:
        if one.column not in cells:
            wrong.add(one.id)
            continue
        if one.is_number:
            numbers[one.id], found = read_variable_numbers(one, cells[one.column], file)
        else:
            codes[one.id], found = read_levels(one, cells[one.column], file)
        problems += found
        wrong |= {one.id} if found else set()
    outcomes = read_outcomes(declaration.endpoints, cells, file, declaration.date_order)
    problems += outcomes.problems
    named, rows = declaration.endpoints_by_id, cells.index.to_numpy()
    causes = tuple(one for one in declaration.causes if one.endpoint in named)
    problems += check_causes(causes, outcomes.of, named, rows, file)
    variables = declaration.variables
    made = Reading(source, declaration, cells, codes, numbers, outcomes.of, variables)
    return made, problems, wrong


def _empty_sets(reading: Reading, wrong: set[str], unsound: _Unsound) -> list[Problem]:
    """Analysis sets without a patient, of variables whose cells are all right."""
    if unsound.any("analysis_sets"):
        return []
    n, known = len(reading.patients), set(reading.codes) - wrong
    return [
        empty_set(one)
        for one in reading.declaration.analysis_sets
        if {name for name, _ in one.rule} <= known
        and not rule_mask(one.rule, reading.variables, reading.codes, n).any()
    ]


def _with_ranges(reading: Reading) -> Reading:
    """The reading with the numbers that were read cut into ranges, so that files may name them."""
    everybody = np.ones(len(reading.patients), bool)
    cut = {
        one.id: cut_number(one, reading.numbers[one.id], everybody)
        for one in reading.variables
        if one.id in reading.numbers
    }
    return replace(
        reading,
        variables=tuple(cut[v.id][0] if v.id in cut else v for v in reading.variables),
        codes=dict(reading.codes) | {name: ranges for name, (_, ranges) in cut.items()},
    )


def _of_section(
    section: Section, reading: Reading, unsound: _Unsound
) -> tuple[Reading, list[Problem]]:
    """The reading with one more section as far as it goes, and what is wrong with its files."""
    whole = declared = reading.declaration.sections[section.name]
    value, found, stopped = section.empty, [], False
    faulty = whole is not None and section.name in reading.declaration.unsound
    if faulty and section.each:
        declared, faulty = unsound.part(section.each, whole), False
        stopped = True
    if declared is not None and not any(map(unsound.any, section.judged_by)):
        try:
            made, found = section.read(declared, reading)
            value = section.empty if made is None else made
        except StudyError as error:
            found, stopped = list(error.problems), True
        except Exception:
            # It needs what was left aside; the study is refused for that already.
            stopped = True
    if faulty:
        # Where it looks may be wrong; what it found in a cell is wrong all the same.
        found, stopped = [one for one in found if one.row is not None], True
    if declared is not None and stopped:
        said = {one.file for one in found}
        found = [*found, *_unreadable(section, declared, reading.source, said)]
    found = [one for one in found if not _about(one, reading.doubtful)]
    values = MappingProxyType({**reading.values, section.name: value})
    doubtful = reading.doubtful | ({section.name} if stopped or found else set())
    return replace(reading, values=values, doubtful=doubtful), found


def _unreadable(section: Section, declared: Any, source: Once, said: set[str]) -> list[Problem]:
    """The files of a section that cannot be read at all, but those of which that is said."""
    found = []
    for file in section.files(declared):
        if not file or file in said or Path(file).name in said:
            continue
        try:
            text = Path(file).suffix in (".md", ".txt")
            _ = source.text(file) if text else source.table(file)
        except StudyError as error:
            found += error.problems
    return found


def _about(problem: Problem, doubtful: frozenset[str]) -> bool:
    """Whether a fault names something that is declared faultily."""
    quoted = _WORD.findall(problem.fault)
    return any(text in doubtful or not doubtful.isdisjoint(_PARTS.split(text)) for text in quoted)
