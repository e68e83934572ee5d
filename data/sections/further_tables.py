"""Further tables about the patients: adverse events, lesions, whatever a study has."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from data.checking.keys import Keys
from data.checking.problems import Problem, StudyError, listed, short
from data.checking.validation import check_columns
from data.file_keys import declare_reading
from data.reading import raw
from data.sections.section import NOTHING, Declaration, Reading, Section


@dataclass(frozen=True)
class TableFile:
    """The file of a further table, and how it is read.

    Attributes
    ----------
    patient : str
        Its column of patients' ids; empty where it has the name that the patients' file gives it.
    """

    name: str
    reading: raw.Reading
    patient: str = ""


def declare_tables(top: Keys, so_far: Declaration) -> dict[str, TableFile]:
    """Read ``[[tables]]``: the file of each table, by the table's id."""
    tables = {}
    for entry in top.tables("tables", []):
        table_id = entry.slug("id")
        if table_id in tables:
            entry.fault("id", f"the id “{table_id}” stands twice", "Give each its own id")
        patient = entry.take("patient", str, "")
        tables[table_id] = TableFile(entry.file("file"), declare_reading(entry), patient)
        entry.finish()
    return tables


def file_of(reading: Reading, table_id: str) -> str:
    """The file of a further table; empty where no table has this id."""
    declared = reading.declaration.sections[FURTHER_TABLES.name].get(table_id)
    return declared.name if declared else ""


def read_tables(files: dict[str, TableFile], reading: Reading):
    """Every table, cells as text, by its id; its patients must be patients of the study."""
    tables, problems = {}, []
    known = set(reading.patient_ids) if files else set()
    column = str(reading.patient_ids.name)
    for name, file in files.items():
        try:
            table = reading.source.table(file.name, file.reading)
        except StudyError as error:
            # The others are read all the same.
            problems += error.problems
            continue
        own, cells = file.patient or column, table.cells
        absent = check_columns(cells, [own], file.name, table.what)
        problems += absent
        if absent or reading.ids_unread:
            # Whose rows they are is not known: they are read as rows of anybody.
            cells = cells.assign(**{own: next(iter(known), "")})
        else:
            stranger = ~cells[own].isin(known)
            problems += _strangers(cells[stranger], file.name, own)
            cells = cells[~stranger]
        tables[name] = _with_ids(cells, own, column)
    return MappingProxyType(tables), problems


def _with_ids(cells: pd.DataFrame, own: str, column: str) -> pd.DataFrame:
    """A table whose column of ids has the name that it has in the patients' file."""
    if own == column or own not in cells:
        return cells
    return cells.drop(columns=column, errors="ignore").rename(columns={own: column})


def _strangers(rows: pd.DataFrame, file: str, column: str) -> list[Problem]:
    """What is said of rows of patients that the patients' file does not have."""
    cells = rows[column]
    return listed(
        [
            Problem(
                file,
                f"there is no patient “{short(cells.loc[row])}” in the patients' file",
                "Correct the id",
                column,
                int(row),
            )
            for row in cells.index
        ]
    )


FURTHER_TABLES = Section(
    "tables",
    declare_tables,
    read_tables,
    files=lambda files: [file.name for file in files.values()],
    empty=NOTHING,
    of_patients=True,
    each="tables",
)
