"""Competing risks by arm as HTML: cumulative incidence beside what 1 − Kaplan–Meier would say."""

from __future__ import annotations

import math
from dataclasses import replace

from data.address import address
from layouts.arms import event_numbers, numbers
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html
from layouts.arms.event_numbers import gray, incidence
from layouts.arms.options import LANDMARKS
from layouts.arms.tests import test_across, tests_html
from layouts.charts.swatch import swatch
from layouts.shared.html import BREAK, joined, link, tag
from layouts.shared.numbers import Key, Number, by_key
from layouts.shared.theme import Theme
from layouts.shared.words import (
    capitalised,
    listed,
    p_value,
    patients,
    percent,
    percent_interval,
    within,
)


def competing_names(context: ArmContext) -> tuple[str, ...]:
    """The causes as headings, the event of interest first."""
    return tuple(capitalised(one.label) for one in context.result.causes)


def competing_words(context: ArmContext) -> tuple[str, ...]:
    """The same within a sentence."""
    study = context.study
    return tuple(one.name or within(one.label, study) for one in context.result.causes)


def competing_side(context: ArmContext, theme: Theme) -> str:
    """Incidence of every cause at fixed times by arm, and Gray's tests."""
    found = by_key(numbers.numbers_of(context.result))
    heads = [tag("th", f"{month} months", scope="col") for month in LANDMARKS]
    bodies = [
        tag("tbody", _head(context, theme, place), _rows(context, found, place))
        for place, group in enumerate(context.result.groups)
        if group is not None
    ]
    return joined(
        tag(
            "table",
            tag("caption", "Cumulative incidence by arm"),
            tag(
                "thead",
                tag(
                    "tr",
                    tag("th", "Cumulative incidence (95 % CI) by", scope="col", class_="name"),
                    heads,
                ),
            ),
            bodies,
            class_="by-arm competing",
        ),
        _tests(context, found),
        note_html(context),
        _states(context),
    )


def _states(context: ArmContext) -> str:
    """The way to the states of the same patients."""
    target = address(replace(context.view, page="states", options=()), context.study)
    return tag("p", link("States over time", href=target), class_="elsewhere")


def _head(context: ArmContext, theme: Theme, place: int) -> str:
    """The arm, and how many of its patients left in which way first."""
    group = context.result.groups[place]
    label = context.study.arms[place].label if context.study.arms else "All patients"
    each = zip(group.counts, competing_words(context), strict=True)
    counts = listed([f"{count} with {words}" for count, words in each])
    detail = tag("span", f"{patients(group.n)}: {counts} first", class_="detail")
    name = tag(
        "th",
        swatch(place, theme),
        label,
        detail,
        scope="rowgroup",
        class_="name",
        colspan=str(1 + len(LANDMARKS)),
    )
    return tag("tr", name, class_="variable-row")


def _rows(context: ArmContext, found: dict[Key, Number], place: int) -> str:
    """A row for each cause, what 1 − Kaplan–Meier would say of the first, and who is left."""
    rows = [
        _row(
            context,
            name,
            "competing" if cause else "event",
            [found[incidence(m, place, cause)] for m in LANDMARKS],
        )
        for cause, name in enumerate(competing_names(context))
    ]
    naive = [found[event_numbers.naive(month, place)] for month in LANDMARKS]
    rows.insert(1, _row(context, "1 − Kaplan–Meier would say", "naive", naive, quiet=True))
    free = [found[event_numbers.event_free(month, place)] for month in LANDMARKS]
    rows.append(_row(context, "Free of these events", "free", free))
    return joined(rows)


def _row(
    context: ArmContext, name: str, statistic: str, cells: list[Number], quiet: bool = False
) -> str:
    made = [
        tag(
            "td",
            percent(one.value) if quiet else _share(one),
            context.across.html(one.key, percent(one.value), percent),
            class_="aside" if quiet else None,
            data_statistic=statistic,
        )
        for one in cells
    ]
    return tag("tr", tag("th", name, scope="row", class_="name level-name"), made)


def _tests(context: ArmContext, found: dict[Key, Number]) -> str:
    """Gray's test of each cause; nothing where there are no arms to compare."""
    if sum(group is not None for group in context.result.groups) < 2:
        return ""
    items = [
        (f"Gray's test, {words}", p_value(found[gray(i)].p), test_across(context, found[gray(i)]))
        for i, words in enumerate(competing_words(context))
    ]
    return tests_html([(*one, "gray") for one in items])


def _share(number: Number) -> str:
    value, low, high = number.estimate
    if not math.isfinite(value):
        return "not estimable"
    limits = percent_interval(low, high)
    limits = "" if limits == "–" else joined(BREAK, tag("span", f"({limits})", class_="interval"))
    return joined(tag("b", percent(value)), limits)
