"""The shares and the depth beside a figure of the Response page, as HTML."""

from __future__ import annotations

import math

from analysis.proportions import Proportion
from analysis.response_depth import Spread
from layouts.charts.swatch import swatch
from layouts.response import numbers
from layouts.response.context import Group, ResponseContext, ShareRow
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.theme import Theme
from layouts.shared.words import minus, p_equals, p_number, percent, percent_interval


def best_side(context: ResponseContext, theme: Theme) -> str:
    """Every category, then objective response, disease control and early shrinkage."""
    result = context.result
    # The pointer upon CR, PR … says what they stand for.
    rows = joined(_share(context, row, meaning=context.best.meaning) for row in result.categories)
    sums = joined(_share(context, row, strong=True) for row in result.sums)
    return side_table(context, theme, "Best response", "Patients (95 % CI)", rows + sums)


def depth_side(context: ResponseContext, theme: Theme) -> str:
    """Quartiles of the change, then who passed the marks of RECIST."""
    rows = spread_row(
        context,
        numbers.change,
        "Change, %",
        "median (quartiles), patients measured",
        context.result.spreads,
        context.study.variable(context.declared.depth).decimals,
    )
    rows += joined(_share(context, row, strong=True) for row in context.result.rows)
    return side_table(context, theme, "Depth of response", "Patients (95 % CI)", rows)


def side_table(
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


def spread_row(context, key_of, label: str, detail: str, spreads, decimals: int) -> str:
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
