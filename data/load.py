"""One study from its source: declared, read, checked, and only then a Study."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from data.all_faults import all_faults
from data.analysis_sets import empty_set
from data.cause_keys import check_causes
from data.checking.keys import FILE
from data.checking.problems import Problem, StudyError, as_many_as_read, printable
from data.checking.times import read_outcomes
from data.checking.validation import (
    check_columns,
    check_patients,
    cut_number,
    read_levels,
    read_variable_numbers,
)
from data.compact import compact_codes, compact_outcomes
from data.contradictions import contradictions
from data.declaration import PatientsFile, patients_of, read_declaration
from data.found_levels import kept_cells, with_found_levels
from data.patient_groups import rule_mask
from data.reading.raw import RawTable
from data.sections.all import SECTIONS
from data.sections.section import (
    ON_STUDY,
    WHEN_SOUND,
    WITH_PATIENTS,
    Declaration,
    Reading,
    Section,
)
from data.sources.all import open_study
from data.sources.listening import Listening
from data.sources.once import Once, cannot
from data.sources.source import Source
from data.study import Study
from data.warehouse.sources import in_a_database

UNFORESEEN = "the study cannot be read for a reason that was not foreseen"
_REASONS = {
    MemoryError: ", the server has too little memory for it",
    RecursionError: ", something in it is nested too deeply",
    UnicodeError: ", a name or a text in it is not UTF-8",
}


def load_study(path: Path, reserved: frozenset[str] = frozenset()) -> Study:
    """Read and check the study at a place, which may be a folder or what another source knows.

    Parameters
    ----------
    reserved : frozenset of str
        Names of the options that a link may carry, which no variable may be called.

    Raises
    ------
    StudyError
        With every problem that was found, each naming file, column, row and fix.
    """
    with _said(printable(path.name)):
        return read_study(open_study(path), reserved)


def read_study(
    source: Source,
    reserved: frozenset[str] = frozenset(),
    sections: tuple[Section, ...] = SECTIONS,
) -> Study:
    """Read and check the study of a source; see `load_study`.

    Parameters
    ----------
    sections : tuple of Section
        The optional parts that a study may have, in the order in which they are read.
    """
    with _said(source.name):
        once = Once(source)
        raw = once.declaration()
        if in_a_database(raw):
            # Its libraries are heavy, and few servers ask a database.
            from data.warehouse.opening import open_counted

            return open_counted(once, raw, reserved, sections)
        listening = Listening(once)
        declared = _declared(listening, reserved, sections)
        try:
            return _read(listening, declared, sections)
        except StudyError as error:
            # All that is wrong, also behind what reading stopped at.
            once.guarded = True
            what, patients = declared.what, declared.patients
            more = all_faults(once, what, declared.problems, patients, sections)
            every = StudyError([*error.problems, *more]).problems
            raise StudyError(as_many_as_read(every)) from None


class _Declared(NamedTuple):
    """What a study declares, as far as it can be read, with what is wrong with that; the patients'
    table, which completes it, or None with the reasons for which it cannot be read."""

    what: Declaration
    problems: list[Problem]
    patients: RawTable | None
    unread: list[Problem]


def _declared(
    source: Listening, reserved: frozenset[str], sections: tuple[Section, ...]
) -> _Declared:
    raw = source.declaration()
    patients, unread = _patients_table(source, raw)
    if patients is not None:
        raw, said = with_found_levels(raw, patients)
        source.add(patients_of(raw).file, said)
    declaration, problems = read_declaration(raw, source.name, reserved, sections)
    return _Declared(declaration, problems, patients, unread)


@contextmanager
def _said(name: str) -> Iterator[None]:
    """Whatever goes wrong is said as a StudyError.

    Parameters
    ----------
    name : str
        What a fault names that names no file itself.
    """
    try:
        yield
    except StudyError:
        raise
    except OSError as error:
        raise StudyError([cannot(error, name)]) from None
    except Exception as error:
        # Whatever a folder holds, it must not keep the others from being shown.
        reason = next((said for kind, said in _REASONS.items() if isinstance(error, kind)), "")
        fault = f"{UNFORESEEN}{reason} ({type(error).__name__})"
        fix = "Compare the folder with the description of the format"
        raise StudyError([Problem(FILE, fault, fix)]) from None


def _read(source: Listening, declared: _Declared, sections: tuple[Section, ...]) -> Study:
    _stop_at(declared.problems + declared.unread)
    declaration = declared.what
    reading, problems = _read_patients(source, declaration, declared.patients)
    for section in _at(WITH_PATIENTS, sections):
        reading, found = _with_section(reading, section)
        problems += found
    for section in _at(WHEN_SOUND, sections):
        _stop_at(problems)
        reading, problems = _with_section(reading, section)
    _stop_at(problems)
    _stop_at(_empty_sets(reading))
    reading = _with_ranges(reading)
    study = _study(reading, _files(declaration, sections))
    forgotten = {section.name: section.empty for section in sections if section.of_patients}
    reading = replace(reading, bare=study.with_sections(forgotten))
    for section in _at(ON_STUDY, sections):
        reading, found = _with_section(reading, section)
        problems += found
    _stop_at(problems)
    return replace(
        study.with_sections(reading.values), notes=contradictions(reading), files=source.files
    )


def _patients_table(source: Source, raw: dict) -> tuple[RawTable | None, list[Problem]]:
    """The patients' table before its declaration is read, which it may complete.

    None where it cannot be read, with what is wrong with it; none of that where the declaration
    itself says wrongly how to read it.
    """
    declared = patients_of(raw)
    if not declared.file:
        return None, []
    try:
        reading = replace(declared.reading, kept=kept_cells(raw))
        table = source.table(declared.file, reading)
        return (_numbered(table, declared) if declared.numbered else table), []
    except StudyError as error:
        return None, list(error.problems)


def _numbered(table: RawTable, declared: PatientsFile) -> RawTable:
    """The table with the number of each row as the patient's id."""
    if declared.column in table.cells:
        fault = "the file has this column, and [patients] says that its rows are numbered"
        fix = "Remove numbered, or write another name as id"
        raise StudyError([Problem(declared.file, fault, fix, declared.column)])
    cells = table.cells.copy()
    cells.insert(0, declared.column, [str(row) for row in cells.index])
    return replace(table, cells=cells, found=(*table.found, "each row is a patient of its own"))


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise StudyError(problems)


def _at(when: str, sections: tuple[Section, ...]) -> list[Section]:
    return [section for section in sections if section.when == when]


def _with_section(reading: Reading, section: Section) -> tuple[Reading, list[Problem]]:
    """The reading with the value of one more section, and what is wrong with it."""
    declared = reading.declaration.sections[section.name]
    value, problems = section.empty, []
    if declared is not None:
        value, problems = section.read(declared, reading)
    values = MappingProxyType({**reading.values, section.name: value})
    return replace(reading, values=values), problems


def _read_patients(
    source: Listening, declaration: Declaration, table: RawTable
) -> tuple[Reading, list[Problem]]:
    """Variables and endpoints of every patient, and what is wrong with them."""
    file, patients = declaration.patients_file, table.cells
    problems = check_columns(patients, declaration.columns, file, table.what)
    if declaration.patient_column in patients:
        problems += check_patients(patients, declaration.patient_column, file)
    codes, numbers = {}, {}
    for variable in declaration.variables:
        if variable.column not in patients:
            continue
        cells = patients[variable.column]
        if variable.is_number:
            numbers[variable.id], found = read_variable_numbers(variable, cells, file)
        else:
            codes[variable.id], found = read_levels(variable, cells, file)
        problems += found
    outcomes = read_outcomes(declaration.endpoints, patients, file, declaration.date_order)
    problems += outcomes.problems
    source.add(file, outcomes.found)
    named, rows = declaration.endpoints_by_id, patients.index.to_numpy()
    problems += check_causes(declaration.causes, outcomes.of, named, rows, file)
    if declaration.patient_column not in patients:
        # Without it no further table can be compared.
        _stop_at(problems)
    variables = declaration.variables
    made = Reading(source, declaration, patients, codes, numbers, outcomes.of, variables)
    return made, problems


def _empty_sets(reading: Reading) -> list[Problem]:
    """An analysis set without a patient can only be a mistake."""
    n = len(reading.patients)
    return [
        empty_set(one)
        for one in reading.declaration.analysis_sets
        if not rule_mask(one.rule, reading.variables, reading.codes, n).any()
    ]


def _with_ranges(reading: Reading) -> Reading:
    """The reading with every number cut into its ranges."""
    rule = reading.declaration.default_set.rule
    reference = rule_mask(rule, reading.variables, reading.codes, len(reading.patients))
    cut = {
        variable.id: cut_number(variable, reading.numbers[variable.id], reference)
        for variable in reading.variables
        if variable.is_number
    }
    return replace(
        reading,
        variables=tuple(cut[v.id][0] if v.is_number else v for v in reading.variables),
        codes=reading.codes | {name: ranges for name, (_, ranges) in cut.items()},
    )


def _study(reading: Reading, files: list[str]) -> Study:
    """The study with every section that was read, and the version of its files."""
    declaration = reading.declaration
    study = Study(
        **declaration.fields,
        endpoints=declaration.endpoints,
        variables=reading.variables,
        analysis_sets=declaration.analysis_sets,
        causes=declaration.causes,
        version=reading.source.version(files),
        patient_ids=tuple(reading.patient_ids),
        codes=compact_codes(reading.codes),
        numbers=MappingProxyType(reading.numbers),
        outcomes=compact_outcomes(reading.outcomes),
    )
    return study.with_sections(reading.values)


def _files(declaration: Declaration, sections: tuple[Section, ...]) -> list[str]:
    """Every table and text that is read."""
    files = [declaration.patients_file]
    for section in sections:
        declared = declaration.sections[section.name]
        if declared is not None:
            files += section.files(declared)
    return [file for file in files if file]
