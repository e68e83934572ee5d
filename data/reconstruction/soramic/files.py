"""The two files that the reconstruction writes, and how they are read again."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

from data.reconstruction.soramic.rows import as_csv
from data.reconstruction.soramic.words import COLUMNS

PATIENTS = "patients.csv"
RECONSTRUCTIONS = "reconstructions.csv.gz"
NUMBER = "reconstruction"


def write_patients(folder: Path, rows: list[dict[str, str]]) -> None:
    """The shipped patients, as the product reads them."""
    (folder / PATIENTS).write_text(as_csv(rows), "utf-8")


def write_reconstructions(folder: Path, cohorts: list[list[dict[str, str]]]) -> None:
    """All reconstructions in one compressed file, numbered from 1.

    Neither a date nor a name is kept in the file, so that the same rows give the same file.
    """
    numbered = [
        {NUMBER: str(number), **row} for number, rows in enumerate(cohorts, start=1) for row in rows
    ]
    text = as_csv(numbered, (NUMBER, *COLUMNS))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as file:
        file.write(text.encode("utf-8"))
    (folder / RECONSTRUCTIONS).write_bytes(packed.getvalue())


def read_patients(folder: Path) -> list[dict[str, str]]:
    """Rows of the shipped patients as text."""
    with (folder / PATIENTS).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_reconstructions(folder: Path) -> list[list[dict[str, str]]]:
    """Rows of every reconstruction as text, in the order of their numbers."""
    cohorts: dict[int, list[dict[str, str]]] = {}
    with gzip.open(folder / RECONSTRUCTIONS, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cohorts.setdefault(int(row.pop(NUMBER)), []).append(row)
    return [cohorts[number] for number in sorted(cohorts)]
