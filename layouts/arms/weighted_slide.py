"""The section Adjusted as it is put before a room."""

from __future__ import annotations

import math

import numpy as np

from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH
from layouts.arms.numbers import numbers_of
from layouts.arms.weighted_numbers import model_ratio
from layouts.charts.axis import time_ticks
from layouts.charts.thin import drawn_places
from layouts.shared.numbers import by_key, p_key
from layouts.shared.theme import LIGHT, group_style
from layouts.shared.words import p_number, p_words
from layouts.slides.curves import per_cent, stepped
from layouts.slides.figure import Axis, Chart, Series
from layouts.slides.slide import Drawn
from layouts.slides.tables import text_table
from layouts.tables.blocks import Table
from layouts.tables.text_width import text_width

WAYS = {"crude": "Crude", "adjusted": "Adjusted (Cox)", "weighted": "Weighted (IPTW)"}
METHOD = (
    "Stabilised inverse-probability weights, weighted Kaplan–Meier, Cox regression with robust "
    "variance; dotted: without weights"
)


def weighted_drawn(context: ArmContext) -> Drawn:
    """Weighted curves and the three ratios; of each arm against the reference the table alone."""
    parts = [one for one in context.shown if one.result is not None]
    words = f"Weighted curves of {context.endpoint.name} by arm"
    chart = None if context.each else _chart(context)
    return Drawn(chart, _table(context, parts), METHOD, words, "arm")


def _table(context: ArmContext, parts: list[ArmContext]) -> Table:
    rows = []
    for part in parts:
        found = by_key(numbers_of(part.result))
        head = f"{part.compared.label}: " if context.each else ""
        for model, name in WAYS.items():
            one = found[model_ratio(model)]
            if not math.isfinite(one.value):
                rows.append((head + name, "not estimable", ""))
                continue
            two = "{:.2f}".format
            across = part.across.words(one.key, two(one.value), two)
            p = part.across.words(p_key(one.key), p_number(one.p), p_number, "no test")
            value = f"{one.value:.2f} ({one.lower:.2f}–{one.upper:.2f})"
            rows.append(
                (
                    head + name,
                    value + (f"\n[{across}]" if across else ""),
                    p_words(one.p) + (f"\n[{p}]" if p else ""),
                )
            )
    return text_table(("Hazard ratio", "Estimate (95 % CI)", "p"), rows)


def _chart(context: ArmContext) -> Chart:
    result, series, last, labels = context.result, [], 1.0, []
    places = (result.compared, result.reference)
    for place, curve, crude in zip(
        places, result.found.curves, result.found.crude_curves, strict=True
    ):
        style, label = group_style(place, LIGHT), context.study.arms[place].label
        labels.append(label)
        last = max(last, float(curve.time[-1]) / MONTH)
        name = f"{label}: without weights"
        series.append(_curve(crude, name, style.colour, 1, "dot", ""))
        series.append(_curve(curve, f"{label}: weighted", style.colour, 2.25, style.dash, label))
    ticks = time_ticks(0, last, "months", 8)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else last
    x = Axis(f"Months since {context.endpoint.origin}", 0, 1.01 * last, step, form="0.##")
    longest = max(text_width(label, 12) for label in labels)
    title = f"{context.endpoint.curve}, %"
    return Chart(tuple(series), x, per_cent(title), room=(48, 14, 20 + min(longest, 150), 46))


def _curve(curve, name: str, colour: str, width: float, dash: str, label: str) -> Series:
    places = drawn_places(curve.time)
    x, y = stepped(
        np.append(0.0, curve.time[places] / MONTH), np.append(100.0, 100 * curve.survival[places])
    )
    return Series(name, x, y, colour, width, dash, label=label)
