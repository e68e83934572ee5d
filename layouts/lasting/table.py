"""Response over time by arm, as HTML."""

from __future__ import annotations

import math

from layouts.charts.swatch import swatch
from layouts.lasting import numbers
from layouts.lasting.context import READ_AT, Arm, LastingContext
from layouts.lasting.words import difference, months
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Number, by_key
from layouts.shared.theme import Theme
from layouts.shared.words import percent, percent_interval


def lasting_table(context: LastingContext, theme: Theme) -> str:
    """A row for each number, a column for each arm."""
    if context.obstacle:
        return ""
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    arms = context.arms
    rows = [_row("Responders / all", [f"{one.responders}/{one.states.n}" for one in arms])]
    rows.append(
        _row(
            "Median duration, months",
            [_months(context, found.get(numbers.median(one.position))) for one in arms],
        )
    )
    for month in READ_AT:
        keys = (("Responded by", numbers.responded), ("In response at", numbers.in_response))
        for words, key in keys:
            cells = [_share(context, found[key(month, one.position)]) for one in arms]
            rows.append(_row(f"{words} {month} months", cells))
    means = [_months(context, found[numbers.mean_time(one.position)]) for one in arms]
    rows.append(_row(f"Months in response up to {months(context.tau)}", means))
    if numbers.DIFFERENCE in found:
        cell = tag("td", difference(found[numbers.DIFFERENCE]), colspan="2")
        rows.append(tag("tr", tag("th", "Difference", scope="row", class_="name"), cell))
    heads = [tag("th", _name(context, one, theme), scope="col") for one in arms]
    return tag(
        "table",
        tag("caption", "Response over time (95 % CI)"),
        tag("thead", tag("tr", tag("td", "", class_="name"), heads)),
        tag("tbody", rows),
        class_="by-arm lasting-table",
    )


def _name(context: LastingContext, one: Arm, theme: Theme) -> str:
    return joined(swatch(one.position, theme) if len(context.arms) > 1 else None, one.label)


def _row(name: str, cells: list) -> str:
    return tag("tr", tag("th", name, scope="row", class_="name"), [tag("td", x) for x in cells])


def _share(context: LastingContext, one: Number) -> str:
    if not math.isfinite(one.value):
        return "not estimable"
    found = percent_interval(one.lower, one.upper)
    found = "" if found == "–" else joined(BREAK, tag("span", f"({found})", class_="interval"))
    beside = context.across.html(one.key, percent(one.value), percent)
    return joined(tag("b", percent(one.value)), found, beside)


def _months(context: LastingContext, one: Number | None) -> str:
    if one is None:
        return "–"
    found = ""
    if math.isfinite(one.lower) or math.isfinite(one.upper):
        words = f"({months(one.lower)}–{months(one.upper)})"
        found = joined(BREAK, tag("span", words, class_="interval"))
    beside = context.across.html(one.key, months(one.value), months)
    return joined(tag("b", months(one.value)), found, beside)
