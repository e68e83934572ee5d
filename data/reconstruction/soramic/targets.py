"""The printed numbers, read from the study's ``published/cells.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

STUDY = Path(__file__).parents[2] / "studies" / "soramic"
CELLS = STUDY / "published" / "cells.csv"
_KEY = ("quantity", "of", "by", "adjusted", "where")


@dataclass(frozen=True)
class Targets:
    """Printed numbers as text, by what they are a number of.

    Attributes
    ----------
    printed : dict
        Keys are (quantity, of, by, adjusted, where) as in ``cells.csv``.
    """

    printed: dict[tuple[str, ...], str]

    def text(
        self, quantity: str, of: str, by: str = "", adjusted: str = "", where: str = ""
    ) -> str:
        """One printed number. KeyError if the file does not have it."""
        return self.printed[quantity, of, by, adjusted, where]

    def count(self, of: str, where: str = "") -> int:
        """A printed number of patients."""
        return int(self.text("count", of, where=where))


def read_targets(path: Path = CELLS) -> Targets:
    """Read the published cells. What is printed twice must be printed alike."""
    printed: dict[tuple[str, ...], str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["quantity"]:
                printed.setdefault(tuple(row[name] for name in _KEY), row["printed"])
    return Targets(printed)
