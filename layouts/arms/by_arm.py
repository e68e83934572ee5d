"""The arms side by side: patients, events, median and survival at fixed times, as HTML."""

from __future__ import annotations

from functools import partial

from layouts.arms import numbers
from layouts.arms.context import ArmContext
from layouts.arms.options import LANDMARKS
from layouts.charts.swatch import swatch
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Number, by_key
from layouts.shared.theme import Theme
from layouts.shared.words import NOT_ESTIMABLE, percent, percent_interval, time_interval, time_value


def arms_table(context: ArmContext, theme: Theme) -> str:
    """One row for each arm."""
    rows, decimals = [], context.study.decimals
    found = by_key(numbers.numbers_of(context.everyone or context.result))
    months = partial(time_value, unit="months", decimals=decimals)
    for arm in context.study.arms if context.everyone else context.arms:
        place = context.position(arm)
        n, events, median = (
            found[key(place)] for key in (numbers.patients, numbers.events, numbers.median)
        )
        limits = time_interval(median.lower, median.upper, "months", decimals)
        rates = joined(
            (
                tag(
                    "td",
                    percent(one.value),
                    _limits(percent_interval(one.lower, one.upper)),
                    # Only a median is "not reached"; a rate beyond the follow-up is not estimable.
                    context.across.html(one.key, percent(one.value), percent, NOT_ESTIMABLE),
                    data_statistic=f"survival-{month}",
                )
                for month, one in ((m, found[numbers.survival(m, place)]) for m in LANDMARKS)
            )
        )
        rows.append(
            tag(
                "tr",
                tag("th", swatch(place, theme), arm.label, scope="row", class_="name"),
                tag("td", n.value, _count(context, n), data_statistic="n"),
                tag("td", events.value, _count(context, events), data_statistic="events"),
                tag(
                    "td",
                    tag("b", months(median.value) if n.value else "–"),
                    _limits(limits),
                    context.across.html(median.key, months(median.value), months, "NR"),
                    data_statistic="median",
                ),
                rates,
                data_arm=arm.level,
            )
        )
    heads = joined(tag("th", f"{month} months", scope="col") for month in LANDMARKS)
    caption = f"{context.endpoint.name} by arm"
    return tag(
        "table",
        tag("caption", caption),
        tag(
            "thead",
            tag(
                "tr",
                tag("th", "Arm", scope="col", class_="name"),
                tag("th", "n", scope="col"),
                tag("th", "Events", scope="col"),
                tag("th", "Median, months", scope="col"),
                heads,
            ),
        ),
        tag("tbody", rows),
        class_="by-arm",
    )


def _count(context: ArmContext, number: Number) -> str:
    """The range of a count."""
    return context.across.html(number.key, str(number.value), "{:.0f}".format, NOT_ESTIMABLE)


def _limits(text: str) -> str:
    return "" if text == "–" else joined(" ", tag("span", f"({text})", class_="interval"))
