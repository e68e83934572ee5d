"""Reading what a publication prints: ``cells.csv``, the tables of subgroups, the discrepancies."""

from __future__ import annotations

import re
from collections.abc import Callable

from data.checking.distinct import records
from data.checking.problems import Problem, StudyError, listed
from data.checking.validation import check_columns
from data.sections.adverse_event_table import ADVERSE_EVENTS
from data.sections.evidence import Discrepancy, Evidence
from data.sections.evidence_cells import CELL_COLUMNS, Vocabulary, read_cell
from data.sections.evidence_files import EvidenceFiles, declare_evidence
from data.sections.evidence_subgroups import subgroup_cells
from data.sections.further_tables import FURTHER_TABLES
from data.sections.published_table import PUBLISHED_SUBGROUPS, read_printed_table
from data.sections.section import ON_STUDY, Reading, Section
from data.sources.source import Source

DISCREPANCY_COLUMNS = ("topic", "first", "first_place", "second", "second_place", "recomputed")


def read_evidence(files: EvidenceFiles, reading: Reading) -> tuple[Evidence | None, list[Problem]]:
    """Read every printed cell of a study; those of its tables of subgroups are cells too."""
    source, vocabulary = reading.source, _vocabulary(reading)
    discrepancies, problems = _or_faults(lambda: _discrepancies(source, files.discrepancies))
    method, found = _or_faults(lambda: (source.text(files.method) if files.method else "", []))
    problems = [*problems, *found]
    table = read_printed_table(source, files.cells)
    absent = check_columns(table, list(CELL_COLUMNS), files.cells)
    if absent:
        return None, absent + problems
    cells, faults = [], []
    for line, row in zip(table.index, records(table), strict=True):
        cell, found = read_cell(row, vocabulary)
        cells.append(cell)
        faults += [
            Problem(files.cells, fault, fix, column, int(line)) for column, fault, fix in found
        ]
    subgroups = reading.values[PUBLISHED_SUBGROUPS.name]
    for endpoint_id, title, file in reading.declaration.sections[PUBLISHED_SUBGROUPS.name]:
        if subgroups.get(endpoint_id) is not None:
            table = read_printed_table(source, file)
            cells += subgroup_cells(table, endpoint_id, title, subgroups[endpoint_id])
    problems = listed(faults) + problems
    if problems:
        return None, problems
    return Evidence(
        cells=tuple(sorted(cells, key=lambda cell: _order(cell.table))),
        discrepancies=discrepancies,
        tolerances=files.tolerances,
        differs=files.differs,
        disclosure=files.disclosure,
        method=method,
        provenance=files.provenance,
    ), []


def _or_faults(read: Callable[[], tuple]) -> tuple:
    """What is read with its faults, or nothing with the faults for which it cannot be read."""
    try:
        return read()
    except StudyError as error:
        return None, list(error.problems)


def _vocabulary(reading: Reading) -> Vocabulary:
    return Vocabulary(
        {variable.id: variable for variable in reading.variables},
        reading.declaration.endpoints_by_id,
        reading.declaration.analysis_sets,
        reading.values[FURTHER_TABLES.name],
        reading.values[ADVERSE_EVENTS.name],
        ADVERSE_EVENTS.name in reading.doubtful,
    )


def _order(table: str) -> tuple[bool, int, str]:
    """Numbered tables first, Table 10 after Table 9, then what stands in the text."""
    number = re.search(r"\d+", table)
    return number is None, int(number[0]) if number else 0, table


def _discrepancies(source: Source, file: str) -> tuple[tuple[Discrepancy, ...], list[Problem]]:
    if not file:
        return (), []
    table = read_printed_table(source, file)
    problems = check_columns(table, list(DISCREPANCY_COLUMNS), file)
    if problems:
        return (), problems
    rows = records(table[list(DISCREPANCY_COLUMNS)])
    return tuple(Discrepancy(**row) for row in rows), []


EVIDENCE = Section(
    "evidence",
    declare_evidence,
    read_evidence,
    files=lambda files: [files.cells, files.discrepancies, files.method],
    of_patients=True,
    when=ON_STUDY,
)
