"""Rows of the Safety page's files."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data.pairs import against_reference
from layouts.safety.context import SafetyContext
from layouts.shared.few import whole
from layouts.shared.words import DAYS_PER


def grade_column(label: str) -> str:
    """``grade_3``, or ``grade_1_2`` of a band."""
    return f"grade_{label.replace('–', '_')}"


def adverse_event_rows(context: SafetyContext) -> Iterable[dict]:
    """One row for each term (and arm): patients, then those at each worst grade.

    Of three arms or more the difference stands in the row of the compared arm: of each arm from
    the reference, or of the chosen pair.
    """
    if context.counts is None:
        yield dict.fromkeys(("category", "term", "n", "any", "grade_3_or_more"))
        return
    groups, counts = context.by_arm
    arms = [label for label, _ in groups] or [""]
    limits = counts.interval(False), counts.interval(True)
    differences = _differences(context)
    order = context.order()
    for position in order:
        for group, arm in enumerate(arms):
            yield _term_row(context, position, group, arm, limits, differences)
    if not order:
        # No term has the words that are searched for: a header all the same.
        yield dict.fromkeys(_term_row(context, 0, 0, arms[0], limits, differences))


def _differences(context: SafetyContext) -> dict[int, tuple[int, np.ndarray]]:
    """By group: from which other group, and each term's difference with its limits."""
    severe = context.options.severe
    if context.every_counts is None:
        if not context.compares:
            return {}
        made = context.counts.difference(severe)
        return {0: (1, made), 1: (1, made)}
    places = [place for _, place in context.every_arm]
    chosen = context.options.pair
    pairs = (chosen,) if chosen else against_reference(context.study)
    return {
        places.index(one.compared): (
            places.index(one.reference),
            context.every_counts.of_groups(
                places.index(one.compared), places.index(one.reference)
            ).difference(severe),
        )
        for one in pairs
        if one.places <= set(places)
    }


def _term_row(
    context: SafetyContext, position: int, group: int, arm: str, limits, differences: dict
) -> dict:
    groups, counts = context.by_arm
    term = context.table.terms[position]
    row = {"category": term.category, "term": term.label}
    row |= {"arm": arm} if groups else {}
    row["n"] = whole(counts.n[group])
    for grade, count in zip(context.table.grades, counts.counts[group, position], strict=True):
        row[grade_column(grade.label)] = whole(count)
    for name, severe in (("any", False), ("grade_3_or_more", True)):
        row[name] = whole(counts.with_term(severe)[group, position])
        row[f"{name}_lower"] = float(limits[severe][0][group, position])
        row[f"{name}_upper"] = float(limits[severe][1][group, position])
    if not groups:
        return row
    names = ("difference", "difference_lower", "difference_upper")
    other, found = differences.get(group, (None, None))
    values = (float("nan"),) * 3 if found is None else map(float, found[position])
    row |= dict(zip(names, values, strict=True))
    if context.every_counts is not None:
        reference = "" if other is None else groups[other][0]
        row |= {"compared": arm if reference else "", "reference": reference}
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
