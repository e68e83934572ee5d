"""The places in which a publication disagrees with itself, as HTML."""

from __future__ import annotations

from data.sections.evidence import Discrepancy
from layouts.evidence.context import EvidenceContext
from layouts.shared.html import joined, tag

FIXED = (
    "“What the recomputation says” is text: as recomputed from the shipped data when this list "
    "was written."
)


def disagreements(context: EvidenceContext) -> str:
    """One row for each: what stands in two places, and what the recomputation says."""
    rows = joined(_row(one) for one in context.study.evidence.discrepancies)
    head = joined(
        tag("th", words, scope="col")
        for words in ("About", "In one place", "In another", "What the recomputation says")
    )
    return joined(
        tag("p", FIXED, class_="looks"),
        tag(
            "table",
            tag("caption", "Where the publication disagrees with itself"),
            tag("thead", tag("tr", head)),
            tag("tbody", rows),
            class_="evidence-said",
        ),
    )


def _row(one: Discrepancy) -> str:
    return tag(
        "tr",
        tag("th", one.topic, scope="row"),
        _place(one.first, one.first_place),
        _place(one.second, one.second_place),
        tag("td", one.recomputed),
    )


def _place(said: str, place: str) -> str:
    where = tag("span", place, class_="place") if place else ""
    return tag("td", said, where)
