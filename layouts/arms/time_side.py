"""Hazard ratios in stretches and differences at fixed months beside the curves, as HTML."""

from __future__ import annotations

import math

from layouts.arms import time_numbers as keys
from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH, difference_words, note_html, p_beside, ratio_words
from layouts.arms.family import pair_name
from layouts.arms.numbers import numbers_of
from layouts.arms.tests import test_across, tests_html
from layouts.charts.interval import axis_ticks, favours, interval, signed
from layouts.charts.log_axis import log_axis
from layouts.shared.few import Few
from layouts.shared.html import joined, tag
from layouts.shared.numbers import by_key
from layouts.shared.words import p_value, p_words


def time_side(context: ArmContext, theme) -> str:
    """The stretches, the differences, and the tests of each comparison."""
    shown = [one for one in context.shown if one.result is not None]
    parts = [joined(_stretches(context, one), _differences(context, one)) for one in shown]
    return joined((*parts, _tests(context, shown), note_html(context)))


def stretch(piece) -> str:
    """``Months 6 to 12``."""
    start = f"{piece.start / MONTH:.0f}"
    if not math.isfinite(piece.end):
        return f"After month {start}"
    return f"Months {start} to {piece.end / MONTH:.0f}"


def _caption(context: ArmContext, part: ArmContext, words: str) -> str:
    return f"{words}, {pair_name(part)}" if context.each else words


def _stretches(context: ArmContext, part: ArmContext) -> str:
    found = by_key(numbers_of(part.result))
    pieces = part.result.found.pieces.pieces
    ratios = [found[keys.piece(i)] for i in range(len(pieces))]
    axis, rows = log_axis([one.estimate for one in ratios]), []
    two = "{:.2f}".format
    for one, ratio in zip(pieces, ratios, strict=True):
        events = ["fewer" if isinstance(n, Few) else n for n in one.events]
        detail = f"events {one.events[0]} and {one.events[1]}" if "fewer" not in events else ""
        why = "an arm without events" if one.reason else ""
        rows.append(
            tag(
                "tr",
                tag(
                    "th",
                    stretch(one),
                    tag("span", detail, class_="detail"),
                    scope="row",
                    class_="name",
                ),
                tag("td", interval(ratio.estimate, axis, null=1, side=11), class_="drawing"),
                tag(
                    "td",
                    ratio_words(ratio.estimate),
                    part.across.html(ratio.key, two(ratio.value), two),
                    tag("span", why, class_="detail"),
                    class_="numbers-cell",
                ),
                tag("td", p_words(ratio.p), p_beside(part, ratio), class_="p"),
            )
        )
    compared, reference = (arm.label for arm in part.arms)
    head = tag(
        "tr",
        tag("th", "Hazard ratio", scope="col", class_="name"),
        tag(
            "th",
            favours(f"favours {compared}", reference),
            tag("span", axis_ticks(axis, few=True), class_="axis"),
            scope="col",
            class_="drawing",
        ),
        tag("th", "HR (95 % CI)", scope="col"),
        tag("th", "p", scope="col"),
    )
    caption = _caption(context, part, f"{context.endpoint.name}: hazard ratio in stretches")
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", head),
        tag("tbody", rows),
        class_="estimates",
    )


def _differences(context: ArmContext, part: ArmContext) -> str:
    found, rows = by_key(numbers_of(part.result)), []

    def months(days: float) -> str:
        return signed(f"{days / MONTH:.1f}")

    def points(share: float) -> str:
        return signed(f"{100 * share:.0f}")

    for month in keys.CUTS:
        one, mean = found[keys.gap(month)], found.get(keys.mean_until(month))
        shown = difference_words(tuple(100 * x for x in one.estimate), 0)
        across = part.across.html(one.key, points(one.value), points)
        gained, beside = "not estimable", ""
        if mean is not None:
            gained = difference_words(tuple(x / MONTH for x in mean.estimate), 1)
            beside = part.across.html(mean.key, months(mean.value), months)
        name = tag("th", f"Month {month}", scope="row", class_="name")
        rows.append(tag("tr", name, tag("td", shown, across), tag("td", gained, beside)))
    heads = ("At, or up to", "Survival, points", "Mean time gained, months")
    head = joined(
        tag("th", one, scope="col", class_=None if i else "name") for i, one in enumerate(heads)
    )
    return tag(
        "table",
        tag("caption", _caption(context, part, "Differences at fixed months")),
        tag("thead", tag("tr", head)),
        tag("tbody", rows),
        class_="by-arm",
    )


def _tests(context: ArmContext, shown: list[ArmContext]) -> str:
    items = []
    for part in shown:
        of_pair = f", {pair_name(part)}" if context.each else ""
        found = by_key(numbers_of(part.result))
        test = found[keys.CONSTANT]
        p = p_value(test.p) if math.isfinite(test.p) else "no test possible"
        items.append((f"One ratio for all stretches{of_pair}", p, test_across(part, test), "one"))
        test = found[keys.ANY_DIFFERENCE]
        p = p_value(test.p) if math.isfinite(test.p) else "no test possible"
        items.append((f"Any difference of the curves{of_pair}", p, "largest, by resampling", "any"))
    return tests_html(items)
