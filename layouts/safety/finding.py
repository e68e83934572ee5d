"""What a view of adverse events found, in one clause."""

from __future__ import annotations

from layouts.safety.context import SafetyContext
from layouts.safety.words import sentence
from layouts.shared.findings import finding, shares
from layouts.shared.words import within


def safety_finding(context: SafetyContext) -> str:
    """How many had an event of grade 3 or more, in each arm; of how many any event was recorded."""
    counts = context.by_arm[1] if context.recorded and context.study.adverse_events else None
    if counts is None or not counts.with_any().sum():
        return sentence(context).rstrip(".")
    arms = context.by_arm[0]
    severe, n = counts.with_any(True), counts.n
    names = [f"with {within(label, context.study)}" for label, _ in arms] or [""]
    parts = [(who, severe[i], n[i]) for i, who in enumerate(names)]
    unlike = context.study.reconstructed and not context.unfiltered
    return finding(f"adverse events of grade ≥ 3 in {shares(parts)}", illustrative=unlike)
