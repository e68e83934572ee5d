"""Where the cohort stands among published medians, in one clause: a naive comparison."""

from __future__ import annotations

import math

from layouts.shared.findings import finding
from layouts.shared.words import counted, listed, within
from layouts.survival.context import empty_sentence
from layouts.trials.context import TrialsContext


def trials_finding(context: TrialsContext) -> str:
    """The medians of the cohort, and between which the published ones lie."""
    own = context.own_rows
    if not own:
        return empty_sentence(context.survival).rstrip(".")
    several = len(own) > 1
    here = [
        f"{row.words}{' months' if math.isfinite(row.median[0]) else ''}"
        f"{f' [{row.across}]' if row.across else ''}"
        f"{f' with {within(row.arm, context.study)}' if several else ''}"
        for row in own
    ]
    said = f"median {context.survival.endpoint_word} was {listed(here)}"
    medians = sorted(
        (row for row in context.published_rows if math.isfinite(row.median[0])),
        key=lambda row: row.median[0],
    )
    if not medians:
        return finding(f"{said}; no published median is quoted")
    low, high = medians[0].words, medians[-1].words
    between = f"{low} months" if low == high else f"{low} to {high} months"
    many = counted(len(medians), "published median")
    return finding(f"{said}, beside {between} of {many}: a naive comparison")
