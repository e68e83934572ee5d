"""Asks for the evidence of a study, once: it depends on no filter."""

from __future__ import annotations

from callbacks.evidence.cells import evidence_rows, table_summaries
from callbacks.memory import Memory
from data.address import View
from data.sections.evidence_places import printed_places
from data.study import Study
from data.warehouse.no_rows import NeedsRows
from layouts.evidence.context import EvidenceContext, EvidenceRow
from layouts.evidence.options import EvidenceOptions


def ask(memory: Memory, study: Study, view: View, options: EvidenceOptions) -> EvidenceContext:
    """The printed cells of a study held against its data, whatever the filters are."""
    return EvidenceContext(study, view, options, *memory.recall(_evidence, study))


def ask_counted(
    memory: Memory, study: Study, view: View, options: EvidenceOptions
) -> EvidenceContext:
    """The same of a study whose patients stay in a database, if nothing printed is to be redone."""
    if study.evidence is not None:
        raise NeedsRows
    return ask(memory, study, view, options)


def printed_cells(memory: Memory, study: Study) -> tuple[EvidenceRow, ...]:
    """Every printed cell of a study with its recomputed number, in the order of print."""
    return memory.recall(_evidence, study)[0]


def _evidence(memory: Memory, study: Study):
    rows = evidence_rows(study)
    return rows, table_summaries(rows), printed_places(study)
