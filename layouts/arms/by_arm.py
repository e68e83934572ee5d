"""The arms side by side: patients, events, median and survival at fixed times, as HTML."""

from __future__ import annotations

from functools import partial

from layouts.arms.context import ArmContext
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS
from layouts.charts.swatch import swatch
from layouts.shared.html import joined, tag
from layouts.shared.theme import Theme
from layouts.shared.words import NOT_ESTIMABLE, percent, percent_interval, time_interval, time_value


def arms_table(context: ArmContext, theme: Theme) -> str:
    """One row for each arm."""
    rows = []
    for arm in context.arms:
        place = context.position(arm)
        group = context.result.groups.groups[place]
        median = time_value(group.median.value, "months", context.study.decimals)
        limits = time_interval(
            group.median.lower, group.median.upper, "months", context.study.decimals
        )
        read = group.curve.at(LANDMARK_DAYS)
        rates = joined(
            (
                tag(
                    "td",
                    percent(float(read.survival[i])),
                    _limits(percent_interval(float(read.lower[i]), float(read.upper[i]))),
                    _of_arm(context, f"survival-{month}", place, percent(float(read.survival[i]))),
                    data_statistic=f"survival-{month}",
                )
                for i, month in enumerate(LANDMARKS)
            )
        )
        rows.append(
            tag(
                "tr",
                tag("th", swatch(place, theme), arm.label, scope="row", class_="name"),
                tag("td", group.n, _of_arm(context, "n", place, str(group.n)), data_statistic="n"),
                tag(
                    "td",
                    group.events,
                    _of_arm(context, "events", place, str(group.events)),
                    data_statistic="events",
                ),
                tag(
                    "td",
                    tag("b", median),
                    _limits(limits),
                    _of_arm(context, "median", place, median),
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


def _of_arm(context: ArmContext, statistic: str, place: int, shown: str) -> str:
    words = percent
    if statistic in ("n", "events"):
        words = "{:.0f}".format
    elif statistic == "median":
        words = partial(time_value, unit="months", decimals=context.study.decimals)
    # Only a median is "not reached"; a rate beyond the follow-up is not estimable.
    none = "NR" if statistic == "median" else NOT_ESTIMABLE
    return context.across.html((statistic, place), shown, words, none)


def _limits(text: str) -> str:
    return "" if text == "–" else joined(" ", tag("span", f"({text})", class_="interval"))
