"""The numbers beside a figure of the Response page, as HTML: shares, depth, time to response."""

from __future__ import annotations

import math
from html import escape

import numpy as np

from analysis.proportions import Proportion
from analysis.response_depth import Spread
from layouts.arms.effect import swatch
from layouts.charts.axis import axis_end, time_ticks
from layouts.response.context import Group, ResponseContext, ShareRow
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import p_number, percent, percent_interval
from layouts.subgroups.published import p_words

READ_AT = (3, 6)


def best_side(context: ResponseContext, theme: Theme) -> str:
    """Every category, then objective response, disease control and early shrinkage."""
    result = context.result
    # The pointer upon CR, PR … says what they stand for.
    rows = "".join(_share(context, row, meaning=context.best.meaning) for row in result.categories)
    sums = "".join(_share(context, row, strong=True) for row in result.sums)
    return _table(context, theme, "Best response", "Patients (95 % CI)", f"{rows}{sums}")


def depth_side(context: ResponseContext, theme: Theme) -> str:
    """Quartiles of the change, then who passed the marks of RECIST."""
    rows = _spread(
        context,
        "change",
        "Change, %",
        "median (quartiles), patients measured",
        context.result.spreads,
        context.study.variable(context.declared.depth).decimals,
    )
    rows += "".join(_share(context, row, strong=True) for row in context.result.rows)
    return _table(context, theme, "Depth of response", "Patients (95 % CI)", rows)


def course_side(context: ResponseContext, theme: Theme) -> str:
    """Time to response among responders: curve and quartiles."""
    if not context.declared.time:
        return (
            '<p class="rail-note">The study does not record when patients responded, so that '
            "there is no time to response.</p>"
        )
    result = context.result
    if not result.spreads[context.whole].n:
        return '<p class="rail-note">No responder in view has a known time of response.</p>'
    variable = context.study.variable(context.declared.time)
    rows = _spread(
        context,
        "time",
        f"{variable.label}, months",
        "median (quartiles), responders",
        result.spreads,
        variable.decimals,
    )
    rows += _extremes(result.spreads, variable.decimals)
    for month in READ_AT:
        cells = "".join(_by_month(curve, month) for curve in result.curves)
        rows += (
            f'<tr data-response="by-{month}"><th scope="row" class="name">By {month} months'
            f'<span class="detail">of responders</span></th>{cells}</tr>'
        )
    title = "<h2>Time to response, responders only</h2>"
    return (
        f"{title}{_curves(context, theme)}"
        f"{_table(context, theme, 'Time to response', 'Responders', rows, responders=True)}"
    )


def _table(
    context: ResponseContext,
    theme: Theme,
    caption: str,
    first: str,
    rows: str,
    *,
    responders: bool = False,
) -> str:
    heads = ""
    for i, group in enumerate(context.groups):
        n = context.result.responders[i] if responders else group.n
        heads += f'<th scope="col">{_group(group, theme)}<br>n = {n}</th>'
    return (
        f'<table class="by-arm response-rows"><caption>{caption}</caption><thead><tr>'
        f'<th scope="col" class="name">{first}</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _group(group: Group, theme: Theme) -> str:
    mark = swatch(group.position, theme) if group.position >= 0 else ""
    return f"{mark}{escape(group.label)}"


def _share(
    context: ResponseContext, row: ShareRow, *, strong: bool = False, meaning: str = ""
) -> str:
    detail = f'<span class="detail">{escape(row.detail)}</span>' if row.detail else ""
    cells = "".join(
        _rate(rate, _rate_across(context, row.name, group, rate))
        for group, rate in enumerate(row.rates)
    )
    tests = ""
    if row.fisher is not None and math.isfinite(row.fisher.p_value):
        tests = (
            f'<tr class="tests-row"><td colspan="{len(row.rates) + 1}"><span class="detail">'
            f"{_arms(context)}: Fisher {_p(row.fisher.p_value)}"
            f"{_p_across(context, ('fisher', row.name), row.fisher)} · χ² "
            f"{_p(row.chi_square.p_value)}"
            f"{_p_across(context, ('chi-square', row.name), row.chi_square)}</span></td></tr>"
        )
    kind = ' class="sum"' if strong else ""
    title = f' title="{escape(meaning, quote=True)}"' if meaning else ""
    return (
        f'<tr data-response="{row.name}"{kind}><th scope="row" class="name"{title}>'
        f"{escape(row.label)}"
        f"{detail}</th>{cells}</tr>{tests}"
    )


def _arms(context: ResponseContext) -> str:
    return " against ".join(escape(group.label) for group in context.arms)


def _rate_across(context: ResponseContext, name: str, group: int, rate: Proportion) -> str:
    key = ("rate", name, group)
    return context.across.html(key, percent(rate.value, 1), lambda share: percent(share, 1))


def _rate(rate: Proportion, across: str) -> str:
    limits = percent_interval(rate.lower, rate.upper, 1)
    limits = f'<br><span class="interval">({limits})</span>' if limits != "–" else ""
    return (
        f'<td data-statistic="rate"><b>{rate.events}</b> '
        f'<span class="share">{percent(rate.value, 1)}</span>{limits}{across}</td>'
    )


def _p_across(context: ResponseContext, key: tuple, test) -> str:
    return escape(context.across.bracket(key, p_number(test.p_value), p_number, "no test"))


def _p(value: float) -> str:
    words = p_words(value)
    return "p –" if words == "–" else (f"p {words}" if words.startswith("&lt;") else f"p = {words}")


def number(value: float, decimals: int) -> str:
    """A number with a minus sign that is one."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:.{decimals}f}"
    return f"−{text[1:]}" if text.startswith("-") and float(text) else text.lstrip("-")


def quartiles(one: Spread, decimals: int) -> str:
    """``−80.2 to −30.1``; a dash of its own would read as a sign."""
    return f"{number(one.lower, decimals)} to {number(one.upper, decimals)}"


def _spread(context, name: str, label: str, detail: str, spreads, decimals: int) -> str:
    cells = ""
    for group, one in enumerate(spreads):
        if not one.n:
            cells += "<td>–</td>"
            continue
        beside = context.across.html(
            (name, group), number(one.median, decimals), lambda x: number(x, decimals), "–"
        )
        cells += (
            f'<td data-statistic="{name}"><b>{number(one.median, decimals)}</b> '
            f'<span class="share">n = {one.n}</span><br>'
            f'<span class="interval">({quartiles(one, decimals)})</span>{beside}</td>'
        )
    return (
        f'<tr data-response="{name}" class="sum"><th scope="row" class="name">{escape(label)}'
        f'<span class="detail">{detail}</span></th>{cells}</tr>'
    )


def _extremes(spreads, decimals: int) -> str:
    cells = "".join(
        f"<td>{number(one.mean, decimals)}<br>"
        f'<span class="interval">{number(one.smallest, decimals)} to '
        f"{number(one.largest, decimals)}</span></td>"
        for one in spreads
    )
    return (
        '<tr data-response="mean"><th scope="row" class="name">Mean'
        f'<span class="detail">shortest to longest</span></th>{cells}</tr>'
    )


def share_by(curve, month: float) -> float:
    """Share of responders who had responded by a month; NaN without responders."""
    time, share = curve
    if not len(time):
        return math.nan
    place = int(np.searchsorted(time, month, side="right"))
    return float(share[place - 1]) if place else 0.0


def _by_month(curve, month: float) -> str:
    return f'<td data-statistic="by">{percent(share_by(curve, month))}</td>'


def _curves(context: ResponseContext, theme: Theme) -> str:
    """Cumulative share of responders in a small drawing with its axis."""
    curves = context.result.curves
    shown = [i for i in range(len(curves)) if len(curves[i][0])]
    # With arms the whole cohort would lie between them and say nothing new.
    if len(shown) > 1:
        shown = [i for i in shown if i != context.whole]
    last = axis_end(max(float(curves[i][0][-1]) for i in shown) * 1.02, "months")
    lines = ""
    for i in shown:
        style = group_style(context.groups[i].position, theme)
        dash = "" if style.dash == "solid" else ";stroke-dasharray:6 3"
        lines += f'<path d="{_steps(curves[i], last)}" style="stroke:{style.colour}{dash}"/>'
    ticks = "".join(
        f'<span class="tick" style="left:{100 * tick / last:.2f}%">{tick:g}</span>'
        for tick in time_ticks(0, last, "months", 7)
    )
    return (
        '<div class="incidence"><span class="scale-top">100 % of responders</span>'
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" '
        f'aria-label="Cumulative share of responders by time">{lines}</svg>'
        f'<span class="axis">{ticks}</span><span class="axis-title">Months to response</span></div>'
    )


def _steps(curve, last: float) -> str:
    path = "M0 100"
    for time, share in zip(*curve, strict=True):
        path += f"H{100 * time / last:.2f}V{100 - 100 * share:.2f}"
    return f"{path}H100"
