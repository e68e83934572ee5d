"""Competing risks by arm as HTML: cumulative incidence beside what 1 − Kaplan–Meier would say."""

from __future__ import annotations

import math

from layouts.arms import event_numbers, numbers
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html
from layouts.arms.options import LANDMARKS
from layouts.charts.swatch import swatch
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Key, Number, by_key
from layouts.shared.theme import Theme
from layouts.shared.words import capitalised, patients, percent, percent_interval, within


def competing_names(context: ArmContext) -> tuple[str, str]:
    """The event of interest and the competing one, as headings."""
    other = context.endpoint.competing or "the competing event"
    return context.endpoint.event_name, capitalised(other)


def competing_words(context: ArmContext) -> tuple[str, str]:
    """The same two within a sentence."""
    other = context.endpoint.competing or "the competing event"
    return within(context.endpoint.event_name, context.study), other


def competing_side(context: ArmContext, theme: Theme) -> str:
    """Incidence of both events at fixed times by arm."""
    heads, (event, other) = competing_names(context), competing_words(context)
    bodies, found = [], by_key(numbers.numbers_of(context.result))
    for position, group in enumerate(context.result.groups):
        if group is None:
            continue
        label = context.study.arms[position].label if context.study.arms else "All patients"
        head = tag(
            "tr",
            tag(
                "th",
                swatch(position, theme),
                label,
                tag(
                    "span",
                    f"{patients(group.n)}: {group.events} with {event}, "
                    f"{group.competing} with {other}",
                    class_="detail",
                ),
                scope="rowgroup",
                class_="name",
                colspan="4",
            ),
            class_="variable-row",
        )
        rows = joined(
            tag(
                "tr",
                tag("th", f"At {month} months", scope="row", class_="name level-name"),
                _cells(context, found, position, month),
                data_month=month,
            )
            for month in LANDMARKS
        )
        bodies.append(tag("tbody", head, rows))
    return joined(
        tag(
            "table",
            tag("caption", "Cumulative incidence by arm"),
            tag(
                "thead",
                tag(
                    "tr",
                    tag("th", "Cumulative incidence (95 % CI)", scope="col", class_="name"),
                    tag("th", heads[0], scope="col"),
                    tag("th", "1 − Kaplan–Meier", BREAK, "would say", scope="col"),
                    tag("th", heads[1], scope="col"),
                ),
            ),
            bodies,
            class_="by-arm competing",
        ),
        note_html(context),
    )


def _cells(context: ArmContext, found: dict[Key, Number], position: int, month: int) -> str:
    event, naive, competing = (
        found[key(month, position)]
        for key in (event_numbers.incidence, event_numbers.naive, event_numbers.competing_incidence)
    )

    def beside(number: Number) -> str:
        return context.across.html(number.key, percent(number.value), percent)

    cells = [
        tag("td", _share(event), beside(event), data_statistic="event"),
        tag("td", percent(naive.value), beside(naive), class_="aside", data_statistic="naive"),
        tag("td", _share(competing), beside(competing), data_statistic="competing"),
    ]
    return joined(cells)


def _share(number: Number) -> str:
    value, low, high = number.estimate
    if not math.isfinite(value):
        return "not estimable"
    limits = percent_interval(low, high)
    limits = "" if limits == "–" else joined(BREAK, tag("span", f"({limits})", class_="interval"))
    return joined(tag("b", percent(value)), limits)
