"""The section Over time as it is put before a room."""

from __future__ import annotations

import math

from layouts.arms import time_numbers as keys
from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH
from layouts.arms.numbers import numbers_of
from layouts.arms.time_side import stretch
from layouts.charts.axis import time_ticks
from layouts.charts.thin import drawn_places
from layouts.shared.numbers import by_key, p_key
from layouts.shared.theme import LIGHT, group_style
from layouts.shared.words import p_number, p_words
from layouts.slides.axes import even_axis
from layouts.slides.curves import stepped
from layouts.slides.figure import Axis, Chart, Series
from layouts.slides.slide import Drawn
from layouts.slides.tables import text_table

METHOD = (
    "Difference of Kaplan–Meier curves with its 95 % band on all days at once (dashed); Cox "
    "regression in stretches"
)


def time_drawn(context: ArmContext) -> Drawn:
    """The difference with its band, and the ratios of the stretches."""
    rows = []
    for part in context.shown:
        if part.result is None:
            continue
        found = by_key(numbers_of(part.result))
        head = f"{part.compared.label}: " if context.each else ""
        for place, one in enumerate(part.result.found.pieces.pieces):
            ratio = found[keys.piece(place)]
            if not math.isfinite(ratio.value):
                rows.append((head + stretch(one), "not estimable", ""))
                continue
            two = "{:.2f}".format
            across = part.across.words(ratio.key, two(ratio.value), two)
            p = part.across.words(p_key(ratio.key), p_number(ratio.p), p_number, "no test")
            value = f"{ratio.value:.2f} ({ratio.lower:.2f}–{ratio.upper:.2f})"
            rows.append(
                (
                    head + stretch(one),
                    value + (f"\n[{across}]" if across else ""),
                    p_words(ratio.p) + (f"\n[{p}]" if p else ""),
                )
            )
    table = text_table(("Hazard ratio", "Estimate (95 % CI)", "p"), rows)
    words = f"Difference of the curves of {context.endpoint.name} over time"
    chart = None if context.each else _chart(context)
    return Drawn(chart, table, METHOD, words, "arm")


def _chart(context: ArmContext) -> Chart | None:
    one = context.result.found.difference
    if not one.time.size:
        return None
    colour = group_style(context.result.compared, LIGHT).colour
    places = drawn_places(one.time)
    days, series = one.time[places], []
    for name, values, width, dash in (
        ("Band, lower", one.band_lower, 1, "dash"),
        ("Band, upper", one.band_upper, 1, "dash"),
        ("Difference", one.value, 2.25, "solid"),
    ):
        kept = [i for i in places if math.isfinite(values[i])]
        if len(kept) > 1:
            x, y = stepped(one.time[kept] / MONTH, 100 * values[kept])
            series.append(Series(name, x, y, colour, width, dash))
    last = float(days[-1]) / MONTH or 1.0
    ticks = time_ticks(0, last, "months", 8)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else last
    x = Axis(f"Months since {context.endpoint.origin}", 0, 1.01 * last, step, form="0.##")
    limits = [100 * v for s in series for v in (min(s.y) / 100, max(s.y) / 100)]
    high = even_axis([0.0, *(abs(v) for v in limits)], "").high
    y = Axis("Difference, percentage points", -high, high, high / 2, form="0", grid=True)
    return Chart(tuple(series), x, y)
