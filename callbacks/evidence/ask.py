"""Asks for the evidence of a study, once: it depends on no filter."""

from __future__ import annotations

from functools import lru_cache

from callbacks.evidence.cells import evidence_rows, table_summaries
from callbacks.memory import VIEWS
from data.address import View
from data.sections.evidence_places import printed_places
from data.study import Study
from layouts.evidence.context import EvidenceContext
from layouts.evidence.options import EvidenceOptions


class EvidenceAnswers:
    """Holds the printed cells of one catalog's studies against their data."""

    def __init__(self, studies: tuple[Study, ...]):
        self._studies = {study.id: study for study in studies}
        # Bound per instance: two servers in one process (tests) must not share a memory.
        self._evidence = lru_cache(VIEWS)(self._compute)

    def __call__(self, study: Study, view: View, options: EvidenceOptions) -> EvidenceContext:
        """The Evidence page of a study."""
        rows, tables, places = self._evidence(study.version, study.id)
        return EvidenceContext(study, view, options, rows, tables, places)

    def _compute(self, version: str, study_id: str):
        study = self._studies[study_id]
        rows = evidence_rows(study)
        return rows, table_summaries(rows), printed_places(study)
