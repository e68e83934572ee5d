"""Response by arm as HTML: rates and their comparison, and the forest by baseline factor."""

from __future__ import annotations

import math

from analysis.odds_ratio import OddsRatio
from analysis.response import Comparison
from layouts.arms import numbers
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html
from layouts.charts.interval import signed
from layouts.charts.swatch import swatch
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.theme import Theme
from layouts.shared.words import minus, p_equals, p_number, percent, percent_interval, span


def present(context: ArmContext) -> list[tuple[str, int]]:
    """(label, position) of the arms with patients, the compared one first."""
    if not context.study.arms:
        return [("All patients", 0)]
    arms = context.arms if len(context.study.arms) == 2 else context.study.arms
    placed = [(arm.label, context.position(arm)) for arm in arms]
    return [(label, place) for label, place in placed if context.result.n[place]]


def rows_of(context: ArmContext) -> list[tuple[str, str, str, Comparison]]:
    """(id, words, detail, Comparison) of what is compared between the arms."""
    declared = context.study.comparison.response
    variable = context.study.variable(declared.variable)
    result = context.result

    def levels(ids):
        return ", ".join(variable.level(name).label for name in ids)

    rows = [("objective", "Objective response", levels(declared.responders), result.objective)]
    if len(declared.responders) > 1:
        first = declared.responders[:1]
        rows.append(("best", f"{levels(first)} alone", "", result.complete))
    rows.append(("control", "Disease control", levels(declared.controlled), result.control))
    if result.shrinkage is not None:
        shrinkage = context.study.variable(declared.early_shrinkage)
        rows.append(("shrinkage", shrinkage.label, "", result.shrinkage))
    return rows


def response_side(context: ArmContext, theme: Theme) -> str:
    """Rates by arm; for two arms difference, odds ratio and tests."""
    arms = present(context)
    heads = joined(
        (
            tag(
                "th",
                swatch(place, theme),
                label,
                BREAK,
                f"n = {context.result.n[place]}",
                _n_across(context, place),
                scope="col",
            )
            for label, place in arms
        )
    )
    compared = len(arms) == 2
    if compared:
        heads += tag("th", "Difference,", BREAK, "points", scope="col")
    bodies = joined(
        (
            _comparison(context, name, words, detail, one, arms)
            for name, words, detail, one in rows_of(context)
        )
    )
    return joined(
        tag(
            "table",
            tag("caption", "Response by arm"),
            tag(
                "thead",
                tag("tr", tag("th", "Patients (95 % CI)", scope="col", class_="name"), heads),
            ),
            tag("tbody", bodies, _depth(context, arms)),
            class_="by-arm response",
        ),
        note_html(context),
    )


def _points(share: float) -> str:
    """A difference in points with its sign; a dash where there is none."""
    return signed(f"{100 * share:.1f}") if math.isfinite(share) else "–"


def _comparison(
    context: ArmContext, name: str, words: str, detail: str, one: Comparison, arms
) -> str:
    detail = tag("span", detail, class_="detail") if detail else ""
    cells = joined(
        (
            tag(
                "td",
                tag("b", percent(one.rates[place].value, 1)),
                " ",
                tag(
                    "span",
                    f"{one.rates[place].events}/{one.rates[place].n}",
                    BREAK,
                    f"({percent_interval(one.rates[place].lower, one.rates[place].upper, 1)})",
                    class_="interval",
                ),
                _rate_across(context, name, place, one.rates[place].value),
                data_statistic="rate",
            )
            for _, place in arms
        )
    )
    tests = ""
    if len(arms) == 2:
        change = one.difference
        limits = " to ".join(_points(x) for x in (change.lower, change.upper))
        cells += tag(
            "td",
            tag("b", _points(change.value)),
            BREAK,
            tag("span", f"({limits})", class_="interval") if math.isfinite(change.value) else "",
            _difference_across(context, name, change),
            data_statistic="difference",
        )
        tests = tag(
            "tr",
            tag(
                "td",
                tag(
                    "span",
                    _odds(one.ratio),
                    _odds_across(context, name, one.ratio),
                    " · Fisher ",
                    p_equals(one.fisher.p_value),
                    _p_across(context, numbers.fisher(name), one.fisher),
                    " · χ² ",
                    p_equals(one.chi_square.p_value),
                    _p_across(context, numbers.chi_square(name), one.chi_square),
                    class_="detail",
                ),
                colspan="4",
            ),
            class_="tests-row",
        )
    return joined(
        tag("tr", tag("th", words, detail, scope="row", class_="name"), cells, data_response=name),
        tests,
    )


def _rate_across(context: ArmContext, name: str, place: int, value: float) -> str:
    def words(share: float) -> str:
        return percent(share, 1)

    return context.across.html(numbers.rate(name, place), words(value), words)


def _difference_across(context: ArmContext, name: str, change) -> str:
    def words(share: float) -> str:
        return signed(f"{100 * share:.1f}")

    return context.across.html(numbers.rate_difference(name), words(change.value), words)


def _odds_across(context: ArmContext, name: str, ratio: OddsRatio) -> str:
    two = "{:.2f}".format
    return context.across.bracket(numbers.odds_ratio(name), two(ratio.value), two)


def _p_across(context: ArmContext, key: Key, test) -> str:
    return context.across.bracket(p_key(key), p_number(test.p_value), p_number, "no test")


def _n_across(context: ArmContext, place: int) -> str:
    shown = str(context.result.n[place])
    return context.across.html(numbers.patients(place), shown, "{:.0f}".format)


def _odds(ratio: OddsRatio) -> str:
    if not math.isfinite(ratio.value):
        why = f" ({ratio.reason.clause})" if ratio.reason else ""
        return f"Odds ratio not estimable{why}"
    return f"Odds ratio {ratio.value:.2f} ({ratio.lower:.2f}–{ratio.upper:.2f})"


def _depth(context: ArmContext, arms) -> str:
    result, declared = context.result, context.study.comparison.response
    if result.depth is None:
        return ""
    variable = context.study.variable(declared.depth)

    def cell(place: int) -> str:
        low, middle, high = result.depth[place]
        if not math.isfinite(middle):
            return tag("td", "–")
        digits = variable.decimals
        return tag(
            "td",
            tag("b", minus(f"{middle:.{digits}f}")),
            " ",
            tag(
                "span",
                f"n = {result.depth_known[place]}",
                BREAK,
                f"({span(*(minus(f'{x:.{digits}f}') for x in (low, high)))})",
                class_="interval",
            ),
            data_statistic="depth",
        )

    unit = f", {variable.unit}" if variable.unit else ""
    rest = tag("td") if len(arms) == 2 else ""
    return tag(
        "tr",
        tag(
            "th",
            variable.label + unit,
            tag("span", "median (quartiles), patients with a value", class_="detail"),
            scope="row",
            class_="name",
        ),
        (cell(place) for _, place in arms),
        rest,
        data_response="depth",
    )
