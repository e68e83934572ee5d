"""Response by arm as HTML: rates and their comparison, and the forest by baseline factor."""

from __future__ import annotations

import math
from dataclasses import replace

from analysis.odds_ratio import OddsRatio
from analysis.response import Comparison
from layouts.arms import event_numbers, numbers
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html
from layouts.arms.family import all_arms_words, holm_words, pair_name
from layouts.charts.interval import signed
from layouts.charts.swatch import swatch
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.theme import Theme
from layouts.shared.words import (
    capitalised,
    minus,
    p_equals,
    p_number,
    percent,
    percent_interval,
    simulated,
    span,
)


def present(context: ArmContext) -> list[tuple[str, int]]:
    """(label, position) of the arms with patients; of two arms the compared one first."""
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
    """Rates by arm; difference, odds ratio and tests of two arms, or of each pair of more."""
    arms = present(context)
    two = len(arms) == 2 and not context.parts
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
    if two:
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
            tag("tbody", bodies, _depth(context, arms, two)),
            class_=f"by-arm response{' pairs' if context.parts else ''}",
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
    tests = several_tests(context, name, len(arms) + 1)
    if len(arms) == 2 and not context.parts:
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
                    pair_tests(context, name, one),
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


def several_tests(context: ArmContext, name: str, columns: int) -> str:
    """Of three arms or more: a line for each pair, and one for the tests over all arms."""
    if not context.parts:
        return ""
    lines = [_pair_line(context, part, name) for part in context.shown]
    overall = _named(replace(context, result=context.everyone), name)
    if overall.fisher is not None:
        fisher, chi = overall.fisher, overall.chi_square
        tests = f"Fisher {p_equals(fisher.p_value)}{simulated(fisher.exact)}"
        tests += f" · χ² {p_equals(chi.p_value)}"
        lines.append(joined(tag("b", capitalised(all_arms_words(context))), f": {tests}"))
    said = joined(tag("span", line, class_="detail") for line in lines)
    return tag("tr", tag("td", said, colspan=columns), class_="tests-row")


def _named(context: ArmContext, name: str) -> Comparison:
    return next(comparison for row, _, _, comparison in rows_of(context) if row == name)


def _pair_line(context: ArmContext, part: ArmContext, name: str) -> str:
    """Difference, odds ratio and tests of one pair, or why there are none."""
    head = tag("b", pair_name(part))
    if part.result is None:
        return joined(head, f": {part.obstacle}")
    one = _named(part, name)
    change = one.difference
    limits = " to ".join(signed(f"{100 * x:.1f}") for x in (change.lower, change.upper))
    holm = holm_words(context, part, event_numbers.fisher(name)) or "Holm p –"
    return joined(
        head,
        f": {signed(f'{100 * change.value:.1f}')} ({limits}) points",
        difference_bracket(part, name, change),
        " · ",
        pair_tests(part, name, one),
        f" · {holm}",
    )


def pair_tests(context: ArmContext, name: str, one: Comparison) -> str:
    """``Odds ratio 2.1 (0.9–4.6) · Fisher p = 0.07 · χ² p = 0.06`` of two arms, with ranges."""
    return joined(
        _odds(one.ratio),
        _odds_across(context, name, one.ratio),
        " · Fisher ",
        p_equals(one.fisher.p_value),
        _p_across(context, event_numbers.fisher(name), one.fisher),
        " · χ² ",
        p_equals(one.chi_square.p_value),
        _p_across(context, event_numbers.chi_square(name), one.chi_square),
    )


def _rate_across(context: ArmContext, name: str, place: int, value: float) -> str:
    def words(share: float) -> str:
        return percent(share, 1)

    return context.across.html(event_numbers.rate(name, place), words(value), words)


def difference_bracket(context: ArmContext, name: str, change) -> str:
    """The range of a difference of shares, behind it."""

    def words(share: float) -> str:
        return signed(f"{100 * share:.1f}")

    return context.across.bracket(event_numbers.rate_difference(name), words(change.value), words)


def _difference_across(context: ArmContext, name: str, change) -> str:
    def words(share: float) -> str:
        return signed(f"{100 * share:.1f}")

    return context.across.html(event_numbers.rate_difference(name), words(change.value), words)


def _odds_across(context: ArmContext, name: str, ratio: OddsRatio) -> str:
    two = "{:.2f}".format
    return context.across.bracket(event_numbers.odds_ratio(name), two(ratio.value), two)


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


def _depth(context: ArmContext, arms, two: bool) -> str:
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
    rest = tag("td") if two else ""
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
