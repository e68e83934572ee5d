"""Shares and mean times of the three states by arm, as HTML."""

from __future__ import annotations

import math

from layouts.charts.interval import signed
from layouts.charts.swatch import swatch
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Number, by_key
from layouts.shared.theme import Theme
from layouts.shared.words import capitalised, patients, percent, percent_interval
from layouts.states import numbers
from layouts.states.context import READ_AT, STATES, Arm, StatesContext
from layouts.states.words import months


def states_table(context: StatesContext, theme: Theme) -> str:
    """A block of three rows for each arm, then the difference of two."""
    if context.obstacle:
        return ""
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    heads = [f"At {month} months" for month in READ_AT]
    heads.append(f"Months up to {months(context.tau)}")
    bodies = [
        tag("tbody", _head(context, one, theme), [_row(context, found, one, i) for i in range(3)])
        for one in context.arms
    ]
    if numbers.difference(0) in found:
        ours, theirs = (one.label for one in context.arms)
        label = f"Difference, {ours} against {theirs}"
        name = tag("th", label, scope="rowgroup", colspan=str(2 + len(READ_AT)), class_="name")
        rows = [_difference(context, found[numbers.difference(i)], i) for i in range(3)]
        bodies.append(tag("tbody", tag("tr", name, class_="variable-row"), rows))
    return tag(
        "table",
        tag("caption", "Share of patients in each state, and mean time in it (95 % CI)"),
        tag(
            "thead",
            tag(
                "tr",
                tag("th", "State", scope="col", class_="name"),
                [tag("th", head, scope="col") for head in heads],
            ),
        ),
        bodies,
        class_="by-arm states-table",
    )


def _head(context: StatesContext, one: Arm, theme: Theme) -> str:
    found = one.found
    detail = (
        f"{patients(found.n)}: {found.progressed} progressed, {found.died} died, "
        f"{found.died_first} of them without progression"
    )
    mark = swatch(one.position, theme) if len(context.arms) > 1 else None
    name = tag(
        "th",
        mark,
        one.label,
        tag("span", detail, class_="detail"),
        scope="rowgroup",
        colspan=str(2 + len(READ_AT)),
        class_="name",
    )
    return tag("tr", name, class_="variable-row")


def _row(context: StatesContext, found: dict, one: Arm, state: int) -> str:
    cells = [_share(context, found[numbers.share(m, one.position, state)]) for m in READ_AT]
    mean = found[numbers.mean_time(one.position, state)]
    cells.append(_months(context, mean, months))
    name = tag("th", capitalised(STATES[state]), scope="row", class_="name level-name")
    return tag("tr", name, cells)


def _share(context: StatesContext, one: Number) -> str:
    if not math.isfinite(one.value):
        return tag("td", "not estimable")
    beside = context.across.html(one.key, percent(one.value), percent)
    limits = percent_interval(one.lower, one.upper)
    return _cell(percent(one.value), "" if limits == "–" else limits, beside)


def _months(context: StatesContext, one: Number, words) -> str:
    beside = context.across.html(one.key, words(one.value), words)
    limits = ""
    if math.isfinite(one.lower):
        limits = f"{words(one.lower)}–{words(one.upper)}"
        if words is not months:
            limits = f"{words(one.lower)} to {words(one.upper)}"
    return _cell(words(one.value), limits, beside)


def _cell(value: str, limits: str, beside: str) -> str:
    shown = joined(BREAK, tag("span", f"({limits})", class_="interval")) if limits else ""
    return tag("td", tag("b", value), shown, beside)


def _difference(context: StatesContext, one: Number, state: int) -> str:
    name = tag("th", capitalised(STATES[state]), scope="row", class_="name level-name")
    gap = _months(context, one, lambda days: signed(months(days)))
    return tag("tr", name, [tag("td", "") for _ in READ_AT], gap)
