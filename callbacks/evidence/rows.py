"""Rows of the Evidence page's files."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import fields

from data.sections.evidence import COUNT, Discrepancy
from layouts.evidence.context import VERDICTS, EvidenceContext

CELL_COLUMNS = (
    "table",
    "variable",
    "level",
    "group",
    "statistic",
    "published",
    "recomputed",
    "verdict",
    "why",
)


def evidence_rows(context: EvidenceContext) -> Iterable[dict]:
    """One row for each printed cell that the options of the page leave; all without options."""
    shown = context.shown()
    for row in shown:
        cell = row.cell
        values = (
            cell.table,
            cell.variable,
            cell.level,
            cell.group,
            cell.statistic,
            cell.printed,
            _number(row.value, cell.kind),
            VERDICTS[row.verdict],
            row.why,
        )
        yield dict(zip(CELL_COLUMNS, values, strict=True))
    if not shown:
        yield dict.fromkeys(CELL_COLUMNS)


def _number(value: float, kind: str) -> float | int:
    """The recomputed number; a count as a whole number."""
    return int(value) if kind == COUNT and math.isfinite(value) else float(value)


def discrepancy_rows(context: EvidenceContext) -> Iterable[dict]:
    """One row for each place in which the publication disagrees with itself."""
    names = [one.name for one in fields(Discrepancy)]
    evidence = context.study.evidence
    found = evidence.discrepancies if evidence else ()
    for one in found:
        yield {name: getattr(one, name) for name in names}
    if not found:
        yield dict.fromkeys(names)
