"""Crude, adjusted and weighted beside each other; the arms, their weights and the love plot."""

from __future__ import annotations

import math

from analysis.balance import RELEVANT
from layouts.arms import weighted_numbers as keys
from layouts.arms.balance import models_table
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html
from layouts.arms.family import pair_name
from layouts.arms.numbers import numbers_of
from layouts.arms.options import LANDMARKS
from layouts.arms.tests import test_across, tests_html
from layouts.arms.weighted_words import balance_words
from layouts.charts.interval import axis_ticks
from layouts.charts.swatch import swatch
from layouts.shared.html import joined, tag
from layouts.shared.numbers import by_key
from layouts.shared.theme import Theme
from layouts.shared.words import (
    p_value,
    percent,
    percent_interval,
    smd_words,
    time_value,
)


def weighted_side(context: ArmContext, theme: Theme) -> str:
    """Hazard ratios of the three ways, the weighted arms, the test, and the weights."""
    shown = [one for one in context.shown if one.result is not None]
    parts = [models_table(context)]
    for one in shown:
        parts += [_arms(context, one, theme), _weights(context, one, theme)]
    return joined((*parts, _tests(context, shown), note_html(context)))


def _caption(context: ArmContext, part: ArmContext, words: str) -> str:
    return f"{words}: {pair_name(part)}" if context.each else words


def _table(caption: str, heads: tuple[str, ...], rows, class_: str = "by-arm") -> str:
    head = joined(
        tag("th", one, scope="col", class_=None if i else "name") for i, one in enumerate(heads)
    )
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", head)),
        tag("tbody", rows),
        class_=class_,
    )


def _places(part: ArmContext) -> tuple[int, int]:
    return part.result.compared, part.result.reference


def _arms(context: ArmContext, part: ArmContext, theme: Theme) -> str:
    found, rows = by_key(numbers_of(part.result)), []
    sizes = zip(_places(part), part.result.found.n, strict=True)
    for place, n in sizes:
        arm, across = context.study.arms[place], part.across
        effective, median = found[keys.effective_size(place)], found[keys.weighted_median(place)]

        def months(days: float) -> str:
            return time_value(days, "months", context.study.decimals)

        one_digit = "{:.1f}".format
        cells = [
            tag(
                "td",
                f"{one_digit(effective.value)} of {n}",
                across.html(effective.key, one_digit(effective.value), one_digit),
                data_statistic="effective-size",
            ),
            tag(
                "td",
                tag("b", months(median.value)),
                across.html(median.key, months(median.value), months, "NR"),
            ),
        ]
        for month in LANDMARKS:
            one = found[keys.weighted_survival(month, place)]
            limits = percent_interval(one.lower, one.upper)
            small = "" if limits == "–" else tag("span", f" ({limits})", class_="interval")
            shown = percent(one.value)
            cells.append(tag("td", shown, small, across.html(one.key, shown, percent)))
        name = tag("th", swatch(place, theme), arm.label, scope="row", class_="name")
        rows.append(tag("tr", name, cells, data_arm=arm.level))
    heads = ("Arm", "Effective n", "Median, months", *(f"{m} months" for m in LANDMARKS))
    words = f"{context.endpoint.name}, weighted"
    return _table(_caption(context, part, words), heads, rows)


def _weights(context: ArmContext, part: ArmContext, theme: Theme) -> str:
    """How the weights are spread: a drawing of the quartiles, and the five numbers."""
    two, rows = "{:.2f}".format, []
    for place, one in zip(_places(part), part.result.found.weights.arms, strict=True):
        arm = context.study.arms[place]
        name = tag("th", swatch(place, theme), arm.label, scope="row", class_="name")
        cells = [tag("td", two(x) if math.isfinite(x) else "–") for x in one.quartiles]
        rows.append(tag("tr", name, cells))
    heads = ("Weights", "Smallest", "Q1", "Median", "Q3", "Largest")
    return _table(_caption(context, part, "Distribution of the weights"), heads, rows)


def _tests(context: ArmContext, shown: list[ArmContext]) -> str:
    items = []
    for one in shown:
        test = by_key(numbers_of(one.result))[keys.WEIGHTED_LOG_RANK]
        name = "Weighted log-rank" + (f", {pair_name(one)}" if context.each else "")
        detail = test_across(one, test)
        items.append((name, p_value(test.p), detail, "log-rank-weighted"))
    return tests_html(items)


class _SizeAxis:
    """From 0 to the largest difference that is drawn."""

    def __init__(self, sizes):
        finite = [size for size in sizes if math.isfinite(size)]
        self.high = max(0.3, *(1.05 * size for size in finite)) if finite else 0.3
        self.low = 0.0
        step = 0.1 if self.high < 0.6 else 0.2 if self.high < 1.2 else 0.5
        self.ticks = tuple(round(i * step, 1) for i in range(int(self.high / step + 1e-9) + 1))

    def place(self, value: float) -> str:
        """Per cent of the width, kept within the axis."""
        return f"{100 * min(max(value / self.high, 0), 1):.2f}%"


def love_table(context: ArmContext) -> str:
    """Every baseline variable: its difference before and after weighting, in one drawing."""
    return joined(_love(context, part) for part in context.shown if part.result is not None)


def _love(context: ArmContext, part: ArmContext) -> str:
    known = [one for one in part.result.balances if not math.isnan(one.before)]
    known.sort(key=lambda one: -abs(one.before))
    axis = _SizeAxis([abs(x) for one in known for x in (one.before, one.after)])
    rows = [_love_row(part, one, axis) for one in known]
    ticks = tag("span", axis_ticks(axis, lambda x: f"{x:g}"), class_="axis")
    legend = tag(
        "span",
        tag("span", "○ before", class_="legend"),
        tag("span", "● after weighting", class_="legend"),
        class_="favours",
    )
    heads = joined(
        tag("th", "Baseline variable", scope="col", class_="name"),
        tag("th", legend, ticks, scope="col", class_="drawing"),
        tag("th", tag("abbr", "SMD", title="Standardised mean difference"), " before", scope="col"),
        tag("th", "after", scope="col"),
    )
    of_pair = f", {pair_name(part)}" if context.each else ""
    title = f"Balance before and after weighting{of_pair}"
    return joined(
        tag("h2", title, class_="section-head"),
        tag("p", f"{balance_words(part)}.", class_="rail-note"),
        tag(
            "div",
            tag(
                "table",
                tag("caption", title),
                tag("thead", tag("tr", heads)),
                tag("tbody", rows),
                class_="estimates love-table",
            ),
            class_="scroll-x",
            tabindex="0",
            role="region",
            aria_label=title,
        ),
    )


def _love_row(part: ArmContext, one, axis: _SizeAxis) -> str:
    drawn = [
        tag("span", class_="all", style=f"left:{axis.place(RELEVANT)}"),
        tag("span", class_="dot hollow", style=f"left:{axis.place(abs(one.before))}"),
    ]
    if not math.isnan(one.after):
        drawn.append(tag("span", class_="dot", style=f"left:{axis.place(abs(one.after))}"))
    two = "{:.2f}".format
    cells = []
    for key, size in ((keys.smd_before, one.before), (keys.smd_after, one.after)):
        shown = smd_words(abs(size)) if not math.isnan(size) else "–"
        strong = "p found" if abs(size) > RELEVANT else "p"
        across = part.across.html(key(one.variable.id), shown, two)
        cells.append(tag("td", shown, across, class_=strong))
    ticked = one.variable.id in part.result.ticked
    detail = tag("span", "in the weights", class_="detail") if ticked else ""
    name = tag("th", one.variable.label, detail, scope="row", class_="name")
    plot = tag("td", tag("span", drawn, class_="plot"), class_="drawing")
    return tag("tr", name, plot, cells, data_variable=one.variable.id)
