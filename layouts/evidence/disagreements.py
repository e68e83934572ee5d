"""The places in which a publication disagrees with itself, as HTML."""

from __future__ import annotations

from html import escape

from data.sections.evidence import Discrepancy
from layouts.evidence.context import EvidenceContext

FIXED = (
    "“What the recomputation says” is text: as recomputed from the shipped data when this list "
    "was written."
)


def disagreements(context: EvidenceContext) -> str:
    """One row for each: what stands in two places, and what the recomputation says."""
    rows = "".join(_row(one) for one in context.study.evidence.discrepancies)
    head = "".join(
        f'<th scope="col">{words}</th>'
        for words in ("About", "In one place", "In another", "What the recomputation says")
    )
    return (
        f'<p class="looks">{FIXED}</p>'
        '<table class="evidence-said"><caption>Where the publication disagrees with itself'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(one: Discrepancy) -> str:
    return (
        f'<tr><th scope="row">{escape(one.topic)}</th>{_place(one.first, one.first_place)}'
        f"{_place(one.second, one.second_place)}<td>{escape(one.recomputed)}</td></tr>"
    )


def _place(said: str, place: str) -> str:
    where = f'<span class="place">{escape(place)}</span>' if place else ""
    return f"<td>{escape(said)}{where}</td>"
