"""The parts of the Response page as they are put before a room."""

from __future__ import annotations

import math

import numpy as np

from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.category_ramp import ramp
from layouts.response.context import ResponseContext
from layouts.response.course_side import course_side
from layouts.response.figure import categories_of
from layouts.response.side import best_side, depth_side
from layouts.shared.theme import LIGHT, group_style
from layouts.shared.words import DAYS_PER, p_words, percent, percent_interval
from layouts.slides.axes import even_axis
from layouts.slides.curves import survival_curves
from layouts.slides.figure import GAP, Axis, Bar, Bars, Chart, Series
from layouts.slides.forests import ForestRow, forest_of
from layouts.slides.slide import Drawn
from layouts.slides.stacks import response_bars
from layouts.slides.tables import first_table
from layouts.survival.side import survival_side

MONTH = DAYS_PER["months"]
SHARES = "Shares with Clopper–Pearson intervals"


def response_drawn(context: ResponseContext) -> Drawn | None:
    """The figure of the shown part with its table; None where it cannot be shown."""
    if context.result is None:
        return None
    return _DRAWN[context.options.view](context)


def _best(context: ResponseContext) -> Drawn:
    names, steps = categories_of(context)
    rows = context.result.categories
    figure = response_bars(
        [[rate.events for rate in row.rates] for row in rows],
        names[: len(rows)],
        [(group.label, i, group.n) for i, group in enumerate(context.groups)],
        steps,
    )
    test = "; Fisher's exact test" if context.arms else ""
    alt = "Best response as stacked bars"
    return Drawn(
        figure, first_table(best_side(context, LIGHT)), f"{SHARES}{test}", alt, _split(context)
    )


def _split(context: ResponseContext) -> str:
    return "arm" if context.arms else ""


def _depth(context: ResponseContext) -> Drawn | None:
    table = first_table(depth_side(context, LIGHT))
    shown = context.result.waterfall
    method = "Largest change of the target lesions from baseline; one bar for each patient"
    if not context.single_patients or not shown.n:
        return Drawn(None, table, "Quartiles of the change from baseline") if shown.n else None
    if context.options.colour == "arm" and context.result.arms.size:
        names = tuple(arm.label for arm in context.study.arms)
        colours = tuple(group_style(i, LIGHT).colour for i in range(len(names)))
        codes = context.result.arms
    else:
        names, steps = categories_of(context)
        tones, _ = ramp(LIGHT, thin=True)
        colours, codes = tuple(tones[step] for step in steps), shown.category % len(names)
    series = tuple(
        Bar(
            name,
            tuple(
                float(x) if code == i else GAP for x, code in zip(shown.change, codes, strict=True)
            ),
            colours[i],
        )
        for i, name in enumerate(names)
        if (codes == i).any()
    )
    axis = even_axis(shown.change, "Change from baseline, %", grid=True)
    numbered = tuple(str(i + 1) for i in range(shown.n))
    figure = Bars(numbered, series, axis, upright=True, gap=15, named=False)
    return Drawn(
        figure, table, method, "Waterfall of the change of each patient", _split(context), shown.n
    )


def _course(context: ResponseContext) -> Drawn | None:
    table = first_table(course_side(context, LIGHT))
    lanes = context.result.lanes
    if lanes is None or not lanes.n:
        return Drawn(None, table, "Quartiles of the time to response") if table else None
    names, steps = categories_of(context)
    tones, _ = ramp(LIGHT, thin=True)
    place = np.arange(lanes.n, 0, -1).astype(float)
    width = min(max(240 / lanes.n, 1.0), 7.0)
    series = []
    for i, name in enumerate(names):
        here = lanes.category % len(names) == i
        if here.any():
            x = [p for end in lanes.end[here] / MONTH for p in (0.0, float(end), GAP)]
            y = [p for at in place[here] for p in (float(at), float(at), GAP)]
            series.append(Series(name, tuple(x[:-1]), tuple(y[:-1]), tones[steps[i]], width))
    for name, days, mark, colour, hollow in (
        ("Response", lanes.response, "diamond", LIGHT.ink, True),
        ("Progression", lanes.progression, "tick", LIGHT.caution, False),
        ("Death", np.where(lanes.died, lanes.end, math.nan), "circle", LIGHT.ink, False),
        (
            "Alive at last follow-up",
            np.where(lanes.died, math.nan, lanes.end),
            "triangle",
            LIGHT.groups[2],
            False,
        ),
    ):
        known = np.isfinite(days)
        if known.any():
            x, y = (tuple(one[known].tolist()) for one in (days / MONTH, place))
            series.append(Series(name, x, y, colour, mark=mark, size=5, hollow=hollow))
    last = axis_end(1.02 * float(lanes.end.max()) / MONTH, "months")
    ticks = time_ticks(0, last, "months", 9)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else last
    origin = context.study.endpoint(context.declared.survival).origin
    across = Axis(f"Months since {origin}", 0, last, step, form="0.##")
    up = Axis("", 0, lanes.n + 1, lanes.n + 1, shown=False)
    figure = Chart(tuple(series), across, up, legend=True, room=(20, 50, 20, 46))
    method = "One lane for each patient, the longest time on study first"
    return Drawn(
        figure,
        table,
        method,
        "Lane of each patient with response and end",
        _split(context),
        lanes.n,
    )


def _by(context: ResponseContext) -> Drawn:
    whole = context.result.whole
    rows = [_rate("All patients", whole, "all")]
    for variable, labels, factor in context.result.factors:
        cells = ("", "", "", p_words(factor.p_value))
        rows.append(ForestRow(variable.label, cells, kind="variable"))
        rows += [
            _rate(label, one.rate, "level")
            for label, one in zip(labels, factor.levels, strict=True)
        ]
    head = ("Objective response by", "n", "Responders", "% (95 % CI)", "Fisher p")
    axis = Axis("Responders, %", 0, 100, 25, form="0")
    figure = forest_of(head, rows, axis, null=100 * whole.value, kinds=("Responders, %",))
    method = f"{SHARES}; Fisher's exact test, not adjusted"
    return Drawn(figure, None, method, "Share of responders in each level with its interval")


def _rate(label: str, rate, kind: str) -> ForestRow:
    estimate = tuple(100 * x for x in (rate.value, rate.lower, rate.upper))
    interval = percent_interval(rate.lower, rate.upper)
    share = percent(rate.value) if interval == "–" else f"{percent(rate.value)} ({interval})"
    return ForestRow(label, (str(rate.n), str(rate.events), share), (estimate,), kind)


def _landmark(context: ResponseContext) -> Drawn | None:
    survival = context.result.survival
    if not survival.result.n:
        return None
    names = [f"{g.label} by day {survival.landmark_days}" for g in survival.result.groups]
    figure = survival_curves(
        survival.result,
        names,
        title=f"{survival.endpoint.curve}, %",
        origin=survival.origin,
        options=survival.options.drawn,
        theme=survival.coloured(LIGHT),
    )
    return Drawn(
        figure,
        first_table("".join(map(str, survival_side(survival, LIGHT)))),
        "Landmark analysis: Kaplan–Meier, log-rank test, Cox regression",
        f"Curves of {survival.endpoint.name} by response until the landmark",
        "response by the landmark",
        survival.result.n,
    )


_DRAWN = {"best": _best, "depth": _depth, "course": _course, "by": _by, "landmark": _landmark}
