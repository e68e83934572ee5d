"""What all endpoints side by side found, in one clause."""

from __future__ import annotations

import math

from layouts.endpoints import numbers
from layouts.endpoints.context import EndpointsContext
from layouts.endpoints.words import sentence
from layouts.shared.findings import finding
from layouts.shared.words import listed
from layouts.survival.numbers import HAZARD_RATIO


def endpoints_finding(context: EndpointsContext) -> str:
    """The hazard ratio of each endpoint with its interval; the sentence of other groups."""
    parts = [one.survival for one in context.with_patients]
    said = _ratios(context) if context.compared else ""
    if not said:
        return sentence(context).rstrip(".")
    return finding(
        said,
        exploratory=any(one.exploratory for one in parts),
        illustrative=any(one.illustrative for one in parts),
    )


def _ratios(context: EndpointsContext) -> str:
    found = []
    for one in context.with_patients:
        ratio = one.survival.ratio
        if ratio is None or not math.isfinite(ratio.value):
            continue
        key = numbers.of(one.id, HAZARD_RATIO)
        beside = context.across.bracket(key, f"{ratio.value:.2f}", "{:.2f}".format)
        limits = f"{ratio.lower:.2f}–{ratio.upper:.2f}"
        interval = limits if found else f"95 % CI {limits}"
        found.append(f"{one.word} {ratio.value:.2f} ({interval}){beside}")
    if not found:
        return ""
    return f"hazard ratio {context.who(context.compared[0])}: {listed(found)}"
