"""What a view of prognostic factors found, in one clause: always exploratory."""

from __future__ import annotations

import math

from layouts.prognostic import numbers
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.words import sentence
from layouts.shared.claims import Test, below, holds, list_of
from layouts.shared.findings import count_beside, finding

NAMED_AT_MOST = 3


def prognostic_finding(context: PrognosticContext) -> str:
    """Which factors alone go with the endpoint, of how many that were tested."""
    tests = [
        Test(context.label(one.name), numbers.variable_alone(one.name), one.p_value)
        for one in context.result.univariable
        if math.isfinite(one.p_value)
    ]
    if not context.with_endpoint or not tests:
        return sentence(context).rstrip(".")
    found, label = below(tests), context.endpoint.label
    shown = count_beside(context.across, len(found), numbers.FOUND)
    if not found and shown == "0":
        return finding(f"none of {len(tests)} factors alone goes with {label}", exploratory=True)
    # By name only what is so whichever data set is the true one.
    sure = [one for one in found if holds(context.across, one)]
    names = f": {list_of(context.across, sure, NAMED_AT_MOST)}" if sure else ""
    said = f"{shown} of {len(tests)} factors go with {label} alone at p < 0.05{names}"
    return finding(said, exploratory=True)
