"""The numbers beside a figure of the Response page, as HTML: shares, depth, time to response."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from analysis.proportions import Proportion
from analysis.response_depth import Spread
from data.address import address
from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.small_curves import curve_path, small_curves, step_path
from layouts.charts.swatch import swatch
from layouts.response import numbers
from layouts.response.context import Group, ResponseContext, ShareRow
from layouts.shared.html import BREAK, joined, link, tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import minus, p_equals, p_number, percent, percent_interval

READ_AT = (3, 6)


def best_side(context: ResponseContext, theme: Theme) -> str:
    """Every category, then objective response, disease control and early shrinkage."""
    result = context.result
    # The pointer upon CR, PR … says what they stand for.
    rows = joined(_share(context, row, meaning=context.best.meaning) for row in result.categories)
    sums = joined(_share(context, row, strong=True) for row in result.sums)
    return _table(context, theme, "Best response", "Patients (95 % CI)", rows + sums)


def depth_side(context: ResponseContext, theme: Theme) -> str:
    """Quartiles of the change, then who passed the marks of RECIST."""
    rows = _spread(
        context,
        numbers.change,
        "Change, %",
        "median (quartiles), patients measured",
        context.result.spreads,
        context.study.variable(context.declared.depth).decimals,
    )
    rows += joined(_share(context, row, strong=True) for row in context.result.rows)
    return _table(context, theme, "Depth of response", "Patients (95 % CI)", rows)


def course_side(context: ResponseContext, theme: Theme) -> str:
    """Time to response among responders: curve and quartiles."""
    if not context.declared.time:
        return tag(
            "p",
            "The study does not record when patients responded, so that there is no time to "
            "response.",
            class_="rail-note",
        )
    result = context.result
    if not result.spreads[context.whole].n:
        return tag("p", "No responder in view has a known time of response.", class_="rail-note")
    variable = context.study.variable(context.declared.time)
    rows = _spread(
        context,
        numbers.time,
        f"{variable.label}, months",
        "median (quartiles), responders",
        result.spreads,
        variable.decimals,
    )
    rows += _extremes(result.spreads, variable.decimals)
    for month in READ_AT:
        cells = joined(_by_month(curve, month) for curve in result.curves)
        rows += tag(
            "tr",
            tag(
                "th",
                f"By {month} months",
                tag("span", "of responders", class_="detail"),
                scope="row",
                class_="name",
            ),
            cells,
            data_response=f"by-{month}",
        )
    title = tag("h2", "Time to response, responders only")
    table = _table(context, theme, "Time to response", "Responders", rows, responders=True)
    target = address(replace(context.view, page="lasting", options=()), context.study)
    way = tag("p", link("How long responses last", href=target), class_="elsewhere")
    return joined(title, _curves(context, theme), table, way)


def _table(
    context: ResponseContext,
    theme: Theme,
    caption: str,
    first: str,
    rows: str,
    *,
    responders: bool = False,
) -> str:
    heads = []
    for i, group in enumerate(context.groups):
        n = context.result.responders[i] if responders else group.n
        heads.append(tag("th", _group(group, theme), BREAK, f"n = {n}", scope="col"))
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", tag("th", first, scope="col", class_="name"), heads)),
        tag("tbody", rows),
        class_="by-arm response-rows",
    )


def _group(group: Group, theme: Theme) -> str:
    mark = swatch(group.position, theme) if group.position >= 0 else ""
    return joined(mark, group.label)


def _share(
    context: ResponseContext, row: ShareRow, *, strong: bool = False, meaning: str = ""
) -> str:
    detail = tag("span", row.detail, class_="detail") if row.detail else ""
    cells = joined(
        (
            _rate(rate, _rate_across(context, row.name, group, rate))
            for group, rate in enumerate(row.rates)
        )
    )
    tests = ""
    if row.fisher is not None and math.isfinite(row.fisher.p_value):
        tests = tag(
            "tr",
            tag(
                "td",
                tag(
                    "span",
                    _arms(context),
                    ": Fisher ",
                    p_equals(row.fisher.p_value),
                    _p_across(context, numbers.fisher(row.name), row.fisher),
                    " · χ² ",
                    p_equals(row.chi_square.p_value),
                    _p_across(context, numbers.chi_square(row.name), row.chi_square),
                    class_="detail",
                ),
                colspan=len(row.rates) + 1,
            ),
            class_="tests-row",
        )
    return joined(
        tag(
            "tr",
            tag("th", row.label, detail, scope="row", class_="name", title=meaning or None),
            cells,
            data_response=row.name,
            class_="sum" if strong else None,
        ),
        tests,
    )


def _arms(context: ResponseContext) -> str:
    return " against ".join(group.label for group in context.arms)


def _rate_across(context: ResponseContext, name: str, group: int, rate: Proportion) -> str:
    key = numbers.share(name, group)
    return context.across.html(key, percent(rate.value, 1), lambda share: percent(share, 1))


def _rate(rate: Proportion, across: str) -> str:
    limits = percent_interval(rate.lower, rate.upper, 1)
    limits = joined(BREAK, tag("span", f"({limits})", class_="interval")) if limits != "–" else ""
    return tag(
        "td",
        tag("b", rate.events),
        " ",
        tag("span", percent(rate.value, 1), class_="share"),
        limits,
        across,
        data_statistic="rate",
    )


def _p_across(context: ResponseContext, key: Key, test) -> str:
    return context.across.bracket(p_key(key), p_number(test.p_value), p_number, "no test")


def number(value: float, decimals: int) -> str:
    """A number with a minus sign that is one."""
    if not math.isfinite(value):
        return "–"
    return minus(f"{value:.{decimals}f}")


def quartiles(one: Spread, decimals: int) -> str:
    """``−80.2 to −30.1``; a dash of its own would read as a sign."""
    return f"{number(one.lower, decimals)} to {number(one.upper, decimals)}"


def _spread(context, key_of, label: str, detail: str, spreads, decimals: int) -> str:
    cells, name = [], key_of(0)[0]
    for group, one in enumerate(spreads):
        if not one.n:
            cells.append(tag("td", "–"))
            continue
        beside = context.across.html(
            key_of(group), number(one.median, decimals), lambda x: number(x, decimals), "–"
        )
        cells.append(
            tag(
                "td",
                tag("b", number(one.median, decimals)),
                " ",
                tag("span", f"n = {one.n}", class_="share"),
                BREAK,
                tag("span", f"({quartiles(one, decimals)})", class_="interval"),
                beside,
                data_statistic=name,
            )
        )
    return tag(
        "tr",
        tag("th", label, tag("span", detail, class_="detail"), scope="row", class_="name"),
        cells,
        data_response=name,
        class_="sum",
    )


def _extremes(spreads, decimals: int) -> str:
    cells = joined(
        tag(
            "td",
            number(one.mean, decimals),
            BREAK,
            tag(
                "span",
                f"{number(one.smallest, decimals)} to {number(one.largest, decimals)}",
                class_="interval",
            )
            if math.isfinite(one.smallest)
            else "",
        )
        for one in spreads
    )
    return tag(
        "tr",
        tag(
            "th",
            "Mean",
            tag("span", "shortest to longest", class_="detail")
            if any(math.isfinite(one.smallest) for one in spreads)
            else "",
            scope="row",
            class_="name",
        ),
        cells,
        data_response="mean",
    )


def share_by(curve, month: float) -> float:
    """Share of responders who had responded by a month; NaN without responders."""
    time, share = curve
    if not len(time):
        return math.nan
    place = int(np.searchsorted(time, month, side="right"))
    return float(share[place - 1]) if place else 0.0


def _by_month(curve, month: float) -> str:
    return tag("td", percent(share_by(curve, month)), data_statistic="by")


def _curves(context: ResponseContext, theme: Theme) -> str:
    """Cumulative share of responders in a small drawing with its axis."""
    curves = context.result.curves
    shown = [i for i in range(len(curves)) if len(curves[i][0])]
    # With arms the whole cohort would lie between them and say nothing new.
    if len(shown) > 1:
        shown = [i for i in shown if i != context.whole]
    if not shown:
        return ""
    last = axis_end(max(float(curves[i][0][-1]) for i in shown) * 1.02, "months")
    lines = []
    for i in shown:
        style = group_style(context.groups[i].position, theme)
        dash = "" if style.dash == "solid" else ";stroke-dasharray:6 3"
        lines.append(curve_path(_steps(curves[i], last), f"{style.colour}{dash}"))
    ticks = joined(
        tag("span", f"{tick:g}", class_="tick", style=f"left:{100 * tick / last:.2f}%")
        for tick in time_ticks(0, last, "months", 7)
    )
    return small_curves(
        lines,
        ticks,
        says=_spoken(context, shown),
        top="100 % of responders",
        along="Months to response",
    )


def _spoken(context: ResponseContext, shown: list[int]) -> str:
    """The drawing in words: what share had responded by the first of the months of the table."""
    month = READ_AT[0]
    shares = [
        f"{context.groups[i].label} {percent(share_by(context.result.curves[i], month))}"
        for i in shown
    ]
    return f"Cumulative share of responders by time; by {month} months: {', '.join(shares)}"


def _steps(curve, last: float) -> str:
    times, shares = (np.asarray(one, float) for one in curve)
    return f"{step_path(100, 100 * times / last, 100 - 100 * shares)}H100"
