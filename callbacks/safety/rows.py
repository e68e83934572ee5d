"""Rows of the Safety page's files."""

from __future__ import annotations

from collections.abc import Iterable

from layouts.safety.context import SafetyContext
from layouts.shared.few import whole
from layouts.shared.words import DAYS_PER


def grade_column(label: str) -> str:
    """``grade_3``, or ``grade_1_2`` of a band."""
    return f"grade_{label.replace('–', '_')}"


def adverse_event_rows(context: SafetyContext) -> Iterable[dict]:
    """One row for each term (and arm): patients, then those at each worst grade."""
    if context.counts is None:
        yield dict.fromkeys(("category", "term", "n", "any", "grade_3_or_more"))
        return
    counts = context.counts
    arms = [label for label, _ in context.arms] or [""]
    limits = counts.interval(False), counts.interval(True)
    differences = counts.difference(context.options.severe) if context.compares else None
    order = context.order()
    for position in order:
        for group, arm in enumerate(arms):
            yield _term_row(context, position, group, arm, limits, differences)
    if not order:
        # No term has the words that are searched for: a header all the same.
        yield dict.fromkeys(_term_row(context, 0, 0, arms[0], limits, differences))


def _term_row(
    context: SafetyContext, position: int, group: int, arm: str, limits, differences
) -> dict:
    counts, term = context.counts, context.table.terms[position]
    row = {"category": term.category, "term": term.label}
    row |= {"arm": arm} if context.compares else {}
    row["n"] = whole(counts.n[group])
    for grade, count in zip(context.table.grades, counts.counts[group, position], strict=True):
        row[grade_column(grade.label)] = whole(count)
    for name, severe in (("any", False), ("grade_3_or_more", True)):
        row[name] = whole(counts.with_term(severe)[group, position])
        row[f"{name}_lower"] = float(limits[severe][0][group, position])
        row[f"{name}_upper"] = float(limits[severe][1][group, position])
    if differences is not None:
        names = ("difference", "difference_lower", "difference_upper")
        row |= dict(zip(names, map(float, differences[position]), strict=True))
    return row


def exposure_rows(context: SafetyContext) -> Iterable[dict]:
    """One row for each number and each level of the treatment received."""
    empty = True
    for one in context.exposure:
        numbers = (one.median, one.smallest, one.largest)
        for level, n in one.levels or (("", one.known),):
            empty = False
            row = {"variable": one.variable.label, "level": level, "n": n, "known": one.known}
            yield row | dict(zip(("median", "min", "max"), map(float, numbers), strict=True))
    if empty:
        yield dict.fromkeys(("variable", "level", "n", "known", "median", "min", "max"))


def first_severe_rows(context: SafetyContext) -> Iterable[dict]:
    """One row for each arm and day: cumulative incidence of the first severe event."""
    names = ("group", "time_months", "incidence", "lower", "upper")
    empty = True
    for label, _, risks in context.first_severe.groups if context.first_severe else ():
        one = risks.event_incidence
        for day, *values in zip(one.time, one.value, one.lower, one.upper, strict=True):
            empty = False
            months = float(day) / DAYS_PER["months"]
            yield dict(zip(names, (label, months, *map(float, values)), strict=True))
    if empty:
        yield dict.fromkeys(names)
