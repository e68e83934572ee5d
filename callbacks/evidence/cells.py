"""What the Evidence page asks of the analysis: a number and a verdict for each printed cell."""

from __future__ import annotations

import logging
import math
from collections import Counter

from analysis.verdict import DIFFERS, WITHIN, Tolerance, verdict
from callbacks.evidence.recomputed import Recomputer
from data.sections.evidence import P_VALUE, Evidence, PublishedCell
from data.study import Study
from layouts.evidence.context import FAILED, NOTHING, VERDICTS, EvidenceRow, TableSummary

log = logging.getLogger(__name__)


def evidence_rows(study: Study) -> tuple[EvidenceRow, ...]:
    """Every printed cell of a study with its recomputed number, in the order of print."""
    if study.evidence is None:
        return ()
    recomputer = Recomputer(study)
    return tuple(_row(recomputer, study.evidence, cell) for cell in study.evidence.cells)


def _row(recomputer: Recomputer, evidence: Evidence, cell: PublishedCell) -> EvidenceRow:
    if not cell.quantity:
        return EvidenceRow(cell, math.nan, NOTHING, cell.note)
    allowed = evidence.tolerances.get(cell.kind)
    try:
        value = recomputer.value(cell)
        found = verdict(
            cell.printed,
            value,
            cell.printing,
            Tolerance(*allowed) if allowed else None,
            same_side=cell.kind == P_VALUE,
        )
    except Exception as error:
        # One cell must not take the page with it; its values stay out of the log.
        log.error("A printed cell could not be recomputed: %s", type(error).__name__)
        return EvidenceRow(cell, math.nan, FAILED, cell.note)
    general = not cell.note and found in (WITHIN, DIFFERS) and bool(evidence.differs)
    return EvidenceRow(cell, value, found, evidence.differs if general else cell.note, general)


def table_summaries(rows: tuple[EvidenceRow, ...]) -> tuple[TableSummary, ...]:
    """How many cells of each table have each verdict, in the order of print."""
    counts: dict[str, Counter] = {}
    endpoints: dict[str, set[str]] = {}
    for row in rows:
        counts.setdefault(row.cell.table, Counter())[row.verdict] += 1
        endpoints.setdefault(row.cell.table, set()).add(row.cell.endpoint)
    return tuple(
        TableSummary(
            table,
            {name: found[name] for name in VERDICTS},
            next(iter(endpoints[table])) if len(endpoints[table]) == 1 else "",
        )
        for table, found in counts.items()
    )
