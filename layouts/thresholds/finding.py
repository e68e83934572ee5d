"""What a threshold found, in one clause."""

from __future__ import annotations

from layouts.shared.findings import finding
from layouts.thresholds.context import ThresholdContext
from layouts.thresholds.words import name_of, obstacle, ratio_words, sentence, tests


def threshold_finding(context: ThresholdContext) -> str:
    """Hazard ratio and adjusted p of the chosen threshold."""
    if obstacle(context) or context.result.ratio is None:
        return sentence(context).rstrip(".")
    said = (
        f"{context.endpoint.label} with {name_of(context)} of {context.options.cut_text} or more "
        f"against less: {ratio_words(context)}; {tests(context)}"
    )
    return finding(said, exploratory=True, illustrative=context.illustrative)
