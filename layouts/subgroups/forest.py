"""The forest: the effect of the arm within each level, as cells of the table of subgroups."""

from __future__ import annotations

import math

from layouts.charts.log_axis import LogAxis, log_axis
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Key
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.numbers import arm_events, arm_patients, everywhere, hazard_ratio, within

EFFECT_COLUMNS = 4
_NORMAL_975 = 1.959963984540054


def effect_axis(context: SubgroupContext) -> LogAxis:
    """The common axis of all hazard ratios."""
    effects = [level for one in context.result.effects for level in one.levels]
    effects.append(context.result.overall_effect)
    return log_axis([(e.hazard_ratio, e.lower, e.upper) for e in effects])


def effect_heads(context: SubgroupContext, axis: LogAxis) -> list[str]:
    """Heads of the forest's columns: events, drawing, numbers, interaction."""
    arm, reference = context.arms
    marks = joined(
        tag("span", f"{tick:g}", class_="tick", style=f"left:{axis.place(tick)}")
        for tick in axis.ticks
    )
    return [
        tag("th", "Events / n", BREAK, arm, BREAK, f"· {reference}", scope="col", class_="arms"),
        tag(
            "th",
            tag(
                "span",
                tag("span", f"← favours {arm}"),
                tag("span", f"{reference} →"),
                class_="favours",
            ),
            tag("span", marks, class_="axis"),
            scope="col",
            class_="drawing forest",
        ),
        tag("th", "Hazard ratio", BREAK, "(95 % CI)", scope="col"),
        tag("th", "Inter-", BREAK, "action p", scope="col"),
    ]


def effect_cells(context: SubgroupContext, position: int, level: int, axis: LogAxis) -> str:
    """The forest's cells of one level; what cannot be estimated is said in words."""
    effect = context.result.effects[position].levels[level]
    return _cells(context, effect, within(position, level), axis)


def overall_cells(context: SubgroupContext, axis: LogAxis) -> str:
    """The forest's cells of all patients, with a diamond as wide as the interval."""
    effect = context.result.overall_effect
    return _cells(context, effect, everywhere(), axis, diamond=True)


def _cells(context, effect, where: tuple, axis: LogAxis, *, diamond: bool = False) -> str:
    # The reference is the first of the pair, the compared arm is named first on screen.
    reference, arm = zip(effect.events, effect.n, strict=True)
    counts = tag(
        "td",
        f"{arm[0]}/{arm[1]} · {reference[0]}/{reference[1]}",
        _counts_beside(context, effect, where),
        class_="arms",
        data_statistic="arms",
    )
    if not math.isfinite(effect.hazard_ratio):
        reason = effect.reason.words() if effect.reason else "Not estimable."
        beside = context.across.html(hazard_ratio(where), "", "{:.2f}".format)
        return joined(counts, tag("td", reason, beside, class_="reason", colspan="3"))
    numbers = f"({effect.lower:.2f}–{effect.upper:.2f})"
    ratio = f"{effect.hazard_ratio:.2f}"
    beside = context.across.html(hazard_ratio(where), ratio, "{:.2f}".format)
    overall = context.result.overall_effect.hazard_ratio
    drawing = _diamond(effect, axis) if diamond else _drawing(effect, axis, overall)
    return joined(
        counts,
        tag("td", drawing, class_="drawing forest"),
        tag(
            "td",
            tag("b", ratio),
            " ",
            tag("span", numbers, class_="interval"),
            beside,
            data_statistic="hazard-ratio",
        ),
        tag("td"),
    )


def _counts_beside(context: SubgroupContext, effect, where: tuple) -> str:
    """The ranges of events and patients of both arms, in the order of the numbers above."""

    def words(key: Key, shown: int) -> str:
        return context.across.words(key, str(shown), "{:.0f}".format) or str(shown)

    sides = [
        f"{words(arm_events(where, side), effect.events[side])}/"
        f"{words(arm_patients(where, side), effect.n[side])}"
        for side in (1, 0)
    ]
    plain = [f"{effect.events[side]}/{effect.n[side]}" for side in (1, 0)]
    if sides == plain:
        return ""
    return tag("span", "[", joined(BREAK, "· ").join(sides), "]", class_="across")


def _lines(axis: LogAxis, overall: float) -> str:
    """The line of no difference, and a dotted one at the ratio of all patients."""
    lines = tag("span", class_="none", style=f"left:{axis.place(1)}")
    if math.isfinite(overall):
        lines += tag("span", class_="all", style=f"left:{axis.place(overall)}")
    return lines


def _diamond(effect, axis: LogAxis) -> str:
    low, high = axis.place(effect.lower), axis.place(effect.upper)
    shape = tag("span", class_="diamond", style=f"left:{low};right:calc(100% - {high})")
    return tag("span", _lines(axis, effect.hazard_ratio), shape, class_="plot")


def _drawing(effect, axis: LogAxis, overall: float) -> str:
    """Box and interval; an arrow where the interval leaves the axis."""
    arrows = " left" * (effect.lower < axis.low) + " right" * (effect.upper > axis.high)
    low, high = axis.place(effect.lower), axis.place(effect.upper)
    # Area by information: the inverse of the variance of log HR, so the side goes by its root.
    std_err = math.log(effect.upper / effect.lower) / (2 * _NORMAL_975)
    side = min(max(2.2 / std_err, 3), 13)
    box = f"left:{axis.place(effect.hazard_ratio)};--side:{side:.1f}px"
    return tag(
        "span",
        _lines(axis, overall),
        tag("span", class_=f"range{arrows}", style=f"left:{low};right:calc(100% - {high})"),
        tag("span", class_="box", style=box),
        class_="plot",
    )
