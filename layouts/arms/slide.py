"""The sections of Compare arms as they are put before a room."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import cycle

import numpy as np

from analysis.balance import RELEVANT
from layouts.arms import numbers
from layouts.arms.competing import competing_names, competing_side
from layouts.arms.context import ArmContext
from layouts.arms.each import each_side
from layouts.arms.effect import MONTH
from layouts.arms.options import LANDMARKS
from layouts.arms.power_slide import power_drawn
from layouts.arms.response import present, response_side
from layouts.arms.time_slide import time_drawn
from layouts.arms.weighted_slide import weighted_drawn
from layouts.charts.axis import time_ticks
from layouts.charts.category_ramp import ramp_steps
from layouts.charts.interval import signed
from layouts.shared.numbers import Number, by_key, p_key
from layouts.shared.theme import LIGHT, group_style
from layouts.shared.words import listed, p_number, p_words, smd_words
from layouts.slides.axes import even_axis
from layouts.slides.curves import per_cent, stepped, survival_curves
from layouts.slides.figure import Axis, Chart, Series
from layouts.slides.forests import ForestRow, forest_of
from layouts.slides.slide import Drawn
from layouts.slides.stacks import response_bars
from layouts.slides.tables import first_table, text_table
from layouts.tables.blocks import Table
from layouts.tables.text_width import text_width

SPLIT = "arm"
# Dashes of what competes, which are not those of the arms.
THIN = ("longdashdot", "longdash", "dashdot")
NOT_EVALUABLE = "Not evaluable"


def arm_drawn(context: ArmContext) -> Drawn | None:
    """The figure of the shown section with its table; None where it cannot be shown."""
    if context.result is None:
        return None
    return _DRAWN[context.options.show](context)


def _effect(context: ArmContext) -> Drawn:
    groups = (context.everyone or context.result).groups
    origin = context.endpoint.origin
    if context.landmark_days is not None:
        origin = f"day {context.landmark_days} after {origin}"
    figure = survival_curves(
        groups,
        [arm.label for arm in context.study.arms],
        title=f"{context.endpoint.curve}, %",
        origin=origin,
    )
    table = first_table(each_side(context, LIGHT)) if context.each else _estimates(context)
    return Drawn(
        figure,
        table,
        "Kaplan–Meier, Cox regression, restricted mean survival time, log-rank test",
        f"Curves of {context.endpoint.name} by arm, with numbers at risk",
        SPLIT,
        groups.n,
    )


def _estimates(context: ArmContext) -> Table:
    """Hazard ratio, mean time gained and differences at fixed times, each with its range."""
    found = by_key(numbers.numbers_of(context.result))
    ratio, gained = found[numbers.HAZARD_RATIO], found[numbers.MEAN_GAINED]
    tau = found[numbers.TAU].value
    until = f" to month {tau / MONTH:.0f}" if math.isfinite(tau) else ""
    rows = [_estimate(context, "Hazard ratio", ratio, "{:.2f}".format, 1.0)]
    rows.append(_estimate(context, f"Mean months gained{until}", gained, _signed(1), 1 / MONTH))
    for month in LANDMARKS:
        one = found[numbers.difference_at(month)]
        rows.append(_estimate(context, f"Points at {month} months", one, _signed(0), 100.0))
    compared, reference = (arm.label for arm in context.arms)
    head = (f"{compared} against {reference}", "Estimate (95 % CI)", "p")
    return text_table(head, rows)


def _signed(digits: int):
    return lambda value: signed(f"{value:.{digits}f}")


def _estimate(context: ArmContext, name: str, one: Number, words, scale: float) -> tuple:
    value, low, high = (scale * x for x in one.estimate)
    if not math.isfinite(value):
        return name, "not estimable", p_words(one.p)
    limits = f"{words(low)} to {words(high)}" if scale != 1 else f"{words(low)}–{words(high)}"
    limits = f" ({limits})" if math.isfinite(low) else ""
    across = context.across.words(one.key, words(value), lambda x: words(scale * x))
    p = context.across.words(p_key(one.key), p_number(one.p), p_number, "no test")
    return (
        name,
        f"{words(value)}{limits}" + (f"\n[{across}]" if across else ""),
        p_words(one.p) + (f"\n[{p}]" if p else ""),
    )


def _balance(context: ArmContext) -> Drawn:
    result = context.result
    found = [
        (abs(one.smd), variable.label)
        for variable, one in zip(result.variables, result.balances, strict=True)
        if not math.isnan(one.smd)
    ]
    found.sort(key=lambda one: -one[0])
    rows = [
        ForestRow(label, (smd_words(size),), ((size, math.nan, math.nan),)) for size, label in found
    ]
    axis = even_axis([0.3, *(x for x, _ in found if math.isfinite(x))], "Standardised difference")
    kinds = ("Standardised difference",)
    figure = forest_of(
        ("Baseline variable", "Difference"),
        rows,
        axis,
        null=RELEVANT,
        kinds=kinds,
        favours=("", f"dashed: {RELEVANT}, relevant above"),
    )
    method = "Standardised mean differences without their sign"
    return Drawn(figure, None, method, "Size of each difference between the arms", SPLIT)


def _competing(context: ArmContext) -> Drawn:
    labels = [arm.label for arm in context.study.arms] or ["All patients"]
    event, *others = competing_names(context)
    series, last = [], 1.0
    for place, group in enumerate(context.result.groups):
        if group is None:
            continue
        style, label = group_style(place, LIGHT), labels[place]
        incidence, *beside = group.incidences
        last = max(last, float(incidence.time[-1]) / MONTH)
        naive = 1 - group.naive.survival
        series.append(
            _curve(f"{label}: 1 − Kaplan–Meier", group.naive.time, naive, style.colour, 1, "dot")
        )
        for other, one, dash in zip(others, beside, cycle(THIN), strict=False):
            series.append(_curve(f"{label}: {other}", one.time, one.value, style.colour, 1, dash))
        made = _curve(
            f"{label}: {event}", incidence.time, incidence.value, style.colour, 2.25, style.dash
        )
        series.append(replace(made, label=label))
    ticks = time_ticks(0, last, "months", 8)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else last
    x = Axis(f"Months since {context.endpoint.origin}", 0, 1.01 * last, step, form="0.##")
    longest = max(text_width(label, 12) for label in labels)
    room = (48, 14, 20 + min(longest, 150), 46)
    chart = Chart(tuple(series), x, per_cent("Cumulative incidence, %"), room=room)
    return Drawn(
        chart,
        first_table(competing_side(context, LIGHT)),
        f"Thick: {event} (Aalen–Johansen); dotted: 1 − Kaplan–Meier; thin: {listed(others)}",
        f"Cumulative incidence of {event} and of {listed(others)} by arm",
        SPLIT,
    )


def _curve(name: str, times, values, colour: str, width: float, dash: str) -> Series:
    x, y = stepped(np.append(0.0, times / MONTH), np.append(0.0, 100 * values))
    return Series(name, x, y, colour, width, dash)


def _response(context: ArmContext) -> Drawn:
    variable = context.study.variable(context.study.comparison.response.variable)
    names = (*(level.label for level in variable.levels), NOT_EVALUABLE)
    steps = ramp_steps((*(True for _ in variable.levels), False))
    groups = [(label, place, context.result.n[place]) for label, place in present(context)]
    return Drawn(
        response_bars(context.result.categories, names, groups, steps),
        first_table(response_side(context, LIGHT)),
        "Shares with Clopper–Pearson intervals; difference by Newcombe; Fisher's exact test",
        "Best response of each arm as stacked bars",
        SPLIT,
    )


_DRAWN = {
    "effect": _effect,
    "balance": _balance,
    "adjusted": weighted_drawn,
    "time": time_drawn,
    "competing": _competing,
    "response": _response,
    "power": power_drawn,
}
