"""Small tables of text cells for tests of what their columns are taken for."""

from __future__ import annotations

import pandas as pd

from data.importing.understanding import Given, Understanding, understand
from data.reading.raw import RawTable


def given(columns: dict[str, list], name: str = "export.csv") -> Given:
    """A file with these columns; every value is written as text, None as an empty cell."""
    cells = {
        column: ["" if value is None else str(value) for value in values]
        for column, values in columns.items()
    }
    table = pd.DataFrame(cells, dtype=object)
    table.index = range(2, len(table) + 2)
    return Given(name, RawTable(table, "a CSV file"))


def understood(columns: dict[str, list], **answers: str) -> Understanding:
    """What one file with these columns is understood to be."""
    said = {key.replace("__", "."): text for key, text in answers.items()}
    return understand([given(columns)], said)


def ids(n: int = 12) -> list[str]:
    """Ids of so many patients."""
    return [f"P{i:02d}" for i in range(1, n + 1)]


def days(n: int = 12) -> list[int]:
    """Days that can be no months: up to 1200."""
    return [100 * i + i % 7 for i in range(1, n + 1)]


def flags(n: int = 12, event="1", none="0") -> list[str]:
    """Two events, then one of none, and so on."""
    return [none if i % 3 == 2 else event for i in range(n)]
