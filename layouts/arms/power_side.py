"""What the events in view could find: the comparison, the plan and every interaction, as HTML."""

from __future__ import annotations

import math

from layouts.arms import power_numbers as keys
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html
from layouts.arms.family import pair_name
from layouts.arms.numbers import numbers_of
from layouts.shared.html import joined, tag
from layouts.shared.numbers import by_key
from layouts.shared.words import percent


def power_side(context: ArmContext, theme) -> str:
    """A table of each comparison, and its interactions."""
    shown = [one for one in context.shown if one.result is not None]
    parts = [joined(_comparison(context, one), _interactions(context, one)) for one in shown]
    return joined((*parts, note_html(context)))


def _table(caption: str, heads: tuple[str, ...], rows) -> str:
    head = joined(
        tag("th", one, scope="col", class_=None if i else "name") for i, one in enumerate(heads)
    )
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", head)),
        tag("tbody", rows),
        class_="by-arm",
    )


def _row(name: str, words: str, beside: str, statistic: str) -> str:
    return tag(
        "tr",
        tag("th", name, scope="row", class_="name"),
        tag("td", tag("b", words), beside, data_statistic=statistic),
    )


def both_sides(ratio: float) -> str:
    """``0.64 or 1.56``: a ratio and its inverse, which are found equally well."""
    if not math.isfinite(ratio):
        return "not estimable"
    return f"{ratio:.2f} or {1 / ratio:.2f}"


def _comparison(context: ArmContext, part: ArmContext) -> str:
    found, two = by_key(numbers_of(part.result)), "{:.2f}".format
    events, ratio = found[keys.EVENTS], found[keys.DETECTABLE]
    beside = part.across.html(ratio.key, two(ratio.value), two)
    count = part.across.html(events.key, str(events.value), "{:.0f}".format)
    rows = [
        _row("Events in view", str(events.value), count, "events"),
        _row("Found with 80 % power", both_sides(ratio.value), beside, "detectable"),
    ]
    if keys.PLANNED in found:
        power, needed = found[keys.PLANNED], found[keys.NEEDED]
        across = part.across.html(power.key, percent(power.value), percent)
        name = f"Power for the planned {part.result.planned:g}"
        rows.append(_row(name, percent(power.value), across, "planned"))
        rows.append(_row("Events that it needs for 80 %", f"{needed.value:.0f}", "", "needed"))
    of_pair = f", {pair_name(part)}" if context.each else ""
    heads = ("Comparison of the arms", "Value")
    return _table(f"{context.endpoint.name}: what the events find{of_pair}", heads, rows)


def _interactions(context: ArmContext, part: ArmContext) -> str:
    found, two, rows = by_key(numbers_of(part.result)), "{:.2f}".format, []
    order = sorted(
        part.result.interactions,
        key=lambda one: -_or_zero(found[keys.interaction(one.variable.id)].value),
    )
    for one in order:
        ratio = found[keys.interaction(one.variable.id)]
        beside = part.across.html(ratio.key, two(ratio.value), two)
        words = both_sides(ratio.value)
        if not math.isfinite(ratio.value):
            words = "an arm without events"
        levels = f"{one.variable.label}: {one.labels[0]}, {one.labels[1]}"
        rows.append(_row(levels, words, beside, "interaction"))
    if not rows:
        return ""
    heads = ("Interaction, variables of two levels", "Ratio of hazard ratios")
    of_pair = f", {pair_name(part)}" if context.each else ""
    return _table(f"Interactions found with 80 % power{of_pair}", heads, rows)


def _or_zero(value: float) -> float:
    return value if math.isfinite(value) else 0.0
