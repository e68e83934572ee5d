"""Further tables about the patients: adverse events, lesions, whatever a study has."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from data.checking.keys import Keys
from data.checking.problems import Problem, listed, short
from data.checking.validation import check_columns
from data.sections.section import NOTHING, Declaration, Reading, Section


def declare_tables(top: Keys, so_far: Declaration) -> dict[str, str]:
    """Read ``[[tables]]``: the file of each table, by the table's id."""
    tables = {}
    for entry in top.tables("tables", []):
        table_id = entry.slug("id")
        if table_id in tables:
            entry.fault("id", f"the id “{table_id}” stands twice", "Give each its own id")
        tables[table_id] = entry.file("file")
        entry.finish()
    return tables


def read_tables(files: dict[str, str], reading: Reading):
    """Every table, cells as text, by its id; its patients must be patients of the study."""
    tables, problems = {}, []
    known = set(reading.patient_ids)
    for name, file in files.items():
        tables[name] = reading.source.table(file).cells
        problems += _strangers(tables[name], file, str(reading.patient_ids.name), known)
    return MappingProxyType(tables), problems


def _strangers(table: pd.DataFrame, file: str, column: str, known: set[str]) -> list[Problem]:
    """Rows of patients that the patients' file does not have."""
    absent = check_columns(table, [column], file)
    if absent:
        return absent
    cells = table[column]
    return listed(
        [
            Problem(
                file,
                f"there is no patient “{short(cells.loc[row])}” in the patients' file",
                "Correct the id",
                column,
                int(row),
            )
            for row in cells.index[~cells.isin(known)]
        ]
    )


FURTHER_TABLES = Section(
    "tables",
    declare_tables,
    read_tables,
    files=lambda files: files.values(),
    empty=NOTHING,
    of_patients=True,
)
