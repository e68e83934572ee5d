"""How far the data are the published ones, in one clause."""

from __future__ import annotations

from analysis.verdict import DIFFERS, EXACT, WITHIN
from layouts.evidence.context import EvidenceContext
from layouts.evidence.options import CELLS
from layouts.evidence.words import sentence
from layouts.shared.findings import finding


def evidence_finding(context: EvidenceContext) -> str:
    """How many printed cells come out again, and how many do not."""
    if context.study.evidence is None or context.options.view != CELLS or not context.rows:
        return sentence(context).rstrip(".")
    whole = context.whole
    near = f", {whole.counts[WITHIN]:,} within tolerance" if whole.counts[WITHIN] else ""
    return finding(
        f"{whole.counts[EXACT]:,} of {whole.recomputed:,} printed cells come out exactly{near}, "
        f"{whole.counts[DIFFERS]:,} differ"
    )
