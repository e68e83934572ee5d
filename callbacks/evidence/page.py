"""The Evidence page, served: summary by table, the part asked for, words."""

from __future__ import annotations

from callbacks.evidence.ask import ask, ask_counted
from callbacks.evidence.rows import discrepancy_rows, evidence_rows
from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from layouts.evidence.context import EvidenceContext
from layouts.evidence.finding import evidence_finding
from layouts.evidence.page import EVIDENCE, evidence_body
from layouts.evidence.slide import evidence_drawn
from layouts.evidence.table import evidence_summary
from layouts.evidence.words import cautions, method, sentence, whole_study
from layouts.frame.page import Words
from layouts.shared.look import Look
from layouts.shared.words import shown_provenance


def show(context: EvidenceContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {"summary": evidence_summary(context), "table": evidence_body(context)}


def words(context: EvidenceContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


SERVED = Served(
    EVIDENCE,
    ask,
    show,
    words,
    files={"evidence.csv": File(evidence_rows), "discrepancies.csv": File(discrepancy_rows)},
    picture=picture_of_table(EVIDENCE, evidence_body, words, cohort=whole_study),
    pictured=("table",),
    finding=evidence_finding,
    drawn=evidence_drawn,
    counted=ask_counted,
)
