"""Power as it leaves: of counts that may leave."""

from __future__ import annotations

from dataclasses import replace

from callbacks.disclosure.about import About
from data.disclosure import few
from layouts.arms.more_results import PowerResult


def released_power(found: PowerResult, about: About) -> PowerResult:
    """Nothing of small arms or few events; interactions of levels with few events are left out."""
    if any(few(n, about.least) for n in found.n):
        raise about.withheld(filter(None, found.n))
    if any(few(one, about.cell) for one in found.events):
        raise about.too_few()
    told = tuple(
        one
        for one in found.interactions
        if not any(few(n, about.cell) for n in one.cells)
        and not few(sum(found.events) - sum(one.cells), about.cell)
    )
    return replace(found, interactions=told)
