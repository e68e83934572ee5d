"""What an overview found, in one clause."""

from __future__ import annotations

import math

from analysis.balance import RELEVANT
from layouts.overview import numbers
from layouts.overview.context import OverviewContext
from layouts.overview.words import sentence
from layouts.shared.findings import finding
from layouts.shared.words import counted, listed, patients, within


def overview_finding(context: OverviewContext) -> str:
    """Who is on screen, and in how much the arms differ."""
    if not context.n:
        return sentence(context).rstrip(".")
    if not context.arms:
        return finding(f"{patients(context.n)}, {counted(len(context.rows), 'baseline variable')}")
    parts = [
        f"{n} {within(label, context.study)}"
        for (label, _), n in zip(context.arms, context.sizes[1:], strict=True)
    ]
    head = f"{patients(context.n)}: {listed(parts)}"
    known = [row for row in context.rows if not math.isnan(row.summary.smd)]
    if not known:
        return head
    above = sum(row.summary.smd > RELEVANT for row in known)
    beside = context.across.bracket(numbers.LARGE, str(above), "{:.0f}".format)
    chance = f" ({context.chance.expected:.1f} by chance)" if context.chance else ""
    differ = f"{counted(len(known), 'variable')} differ by more than {RELEVANT}{chance}"
    return f"{head}; {above}{beside} of {differ}"
