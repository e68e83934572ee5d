"""The printed cells of the shipped studies, as their publications have them."""

from __future__ import annotations

import csv
import io

from data.catalog import SHIPPED


def printed_cells(study_id: str, table: str) -> list[dict[str, str]]:
    """The rows of ``cells.csv`` that belong to one table."""
    text = (SHIPPED / study_id / "published" / "cells.csv").read_text("utf-8")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["table"] == table]


def printed_rows(study_id: str, table: str) -> dict[tuple[str, str], dict[tuple[str, str], str]]:
    """Printed cells by (variable, level), each by (column, statistic), in the order of print."""
    rows: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
    for cell in printed_cells(study_id, table):
        row = rows.setdefault((cell["variable"], cell["level"]), {})
        row[cell["group"], cell["statistic"]] = cell["printed"]
    return rows
