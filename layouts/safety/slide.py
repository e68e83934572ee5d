"""Adverse events before a room: the most frequent as bars by worst grade."""

from __future__ import annotations

import math

from data.sections.adverse_events import UNGRADED
from layouts.safety.context import SafetyContext
from layouts.shared.few import whole
from layouts.shared.theme import LIGHT
from layouts.slides.axes import even_axis
from layouts.slides.figure import Bar, Bars
from layouts.slides.slide import Drawn

# Bars that have room, and per cent of the axis that a number needs.
MOST = 14
_ROOM = 0.045


def safety_drawn(context: SafetyContext) -> Drawn | None:
    """The most frequent terms; None where no event was recorded."""
    if context.study.adverse_events is None or not context.recorded or context.counts is None:
        return None
    counts = context.counts
    arms = context.arms or (("", 0),)
    total = context.total(context.options.severe)
    order = sorted(context.order(), key=lambda i: -float(total[i]) if total[i] == total[i] else 0.0)
    terms = [i for i in order if total[i] != 0][: MOST // len(arms)]
    if not terms:
        return None
    rows = [(term, group) for term in terms for group in range(len(arms))]
    labels = tuple(
        f"{context.table.terms[term].label}{f' · {arms[group][0]}' if arms[group][0] else ''}"
        for term, group in rows
    )
    first = counts.first_severe if context.options.severe else 0
    shares = {
        place: [_share(counts, group, term, place) for term, group in rows]
        for place in range(first, len(context.table.grades))
    }
    longest = max(sum(x or 0 for x in one) for one in zip(*shares.values(), strict=True))
    axis = even_axis([longest], "Patients, %", grid=True)
    series = []
    for place, values in shares.items():
        grade = context.table.grades[place]
        if not any(values):
            continue
        colour, ink = (LIGHT.line, LIGHT.ink)
        if grade != UNGRADED:
            colour, ink = LIGHT.severity[grade.high - 1], LIGHT.severity_text[grade.high - 1]
        words = tuple(
            str(whole(counts.counts[group, term, place]))
            if value is not None and value >= _ROOM * axis.high
            else ""
            for value, (term, group) in zip(values, rows, strict=True)
        )
        name = f"Grade {grade.label}" if grade != UNGRADED else grade.label
        series.append(Bar(name, tuple(values), colour, words, ink))
    left = len([i for i in order if total[i] != 0]) - len(terms)
    more = f"; the {len(terms)} most frequent terms, {left} more on the page" if left else ""
    return Drawn(
        Bars(labels, tuple(series), axis, gap=30),
        None,
        f"Patients by worst grade of each term{more}",
        "Most frequent adverse events by worst grade",
        "arm" if context.arms else "",
        context.recorded,
    )


def _share(counts, group: int, term: int, place: int) -> float | None:
    """Per cent of a group; None where it may not be told."""
    count, n = whole(counts.counts[group, term, place]), whole(counts.n[group])
    share = 100 * count / n if n else math.nan
    return float(share) if math.isfinite(share) else None
