"""What lifelines says of the same view."""

from __future__ import annotations

import math

from markupsafe import Markup

from analysis.witness import Witness
from layouts.shared.html import tag
from layouts.shared.words import counted, p_value

AGREEMENT = 1e-9


def witness_panel(witness: Witness | None) -> Markup:
    """The comparison in words, with its verdict."""
    if witness is None:
        return tag("div", tag("p", "There is no patient in view, so there is nothing to compare."))
    largest = witness.largest_difference
    agrees = largest <= AGREEMENT
    lines = [
        f"Largest difference in S(t) over {counted(witness.points, 'value')}: {largest:.1e}.",
    ]
    if math.isfinite(witness.own_p_value):
        agrees = agrees and abs(witness.p_value - witness.own_p_value) <= AGREEMENT
        lines.append(
            f"Log-rank: {p_value(witness.own_p_value)} here "
            f"({witness.own_p_value:.10f}), {p_value(witness.p_value)} by lifelines "
            f"({witness.p_value:.10f})."
        )
    verdict = "Both agree." if agrees else "They differ: do not use this view, and report it."
    return tag(
        "div",
        [
            tag("p", f"Computed again just now with lifelines {witness.version}."),
            *[tag("p", line) for line in lines],
            tag("p", tag("strong", verdict), class_="verdict agrees" if agrees else "verdict"),
        ],
        id="witness",
    )
