"""Rows of the files of competing risks and of response on the Compare arms page."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from callbacks.arms.rows import ALL_ARMS, MONTH, more_columns, of_pair, rows_of_pairs
from callbacks.files import across_columns, own_columns
from layouts.arms import event_numbers, numbers
from layouts.arms.context import ArmContext
from layouts.arms.figure import NOT_EVALUABLE
from layouts.shared.numbers import NAN, NO_KEY

# What a row compares where there are three arms or more.
COMPARISON = (
    "compared",
    "reference",
    "difference",
    "difference_lower",
    "difference_upper",
    "odds_ratio",
    "odds_ratio_lower",
    "odds_ratio_upper",
    "p_value",
    "holm_p",
    "chi_square_p",
)
NOBODY = {"compared": "", "reference": ""}


def incidence_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each arm, cause and day on which anything happened."""
    names = (
        "group",
        "cause",
        "time_months",
        "incidence",
        "lower",
        "upper",
        "one_minus_kaplan_meier",
        "event_free",
        "gray_statistic",
        "gray_p",
    )
    if context.result is None:
        yield dict.fromkeys(names)
        return
    labels = tuple(arm.label for arm in context.study.arms) or ("All patients",)
    result = context.result
    for label, group in zip(labels, result.groups, strict=True):
        if group is None:
            continue
        each = zip(result.causes, group.incidences, result.tests, strict=True)
        for place, (cause, one, test) in enumerate(each):
            naive = NAN if place else 1 - group.naive.at(one.time).survival
            free = group.free.at(one.time).survival
            columns = (one.time / MONTH, one.value, one.lower, one.upper, naive, free)
            tests = (float(test.statistic), float(test.p_value))
            for row in np.column_stack(np.broadcast_arrays(*columns)).tolist():
                yield dict(zip(names, (label, cause.label, *row, *tests), strict=True))


def response_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each arm, with a column for each category of response.

    Of three arms or more then a row for each pair and one for the test over all arms.
    """
    names = ("group", "n", "responders", "rate", "rate_lower", "rate_upper")
    if context.result is None:
        yield dict.fromkeys((*names, *(COMPARISON if more_columns(context) else ())))
        return
    result = context.result
    variable = context.study.variable(context.study.comparison.response.variable)
    categories = (*(level.label for level in variable.levels), NOT_EVALUABLE)
    categories = own_columns(categories, "category", names)
    labels = tuple(arm.label for arm in context.study.arms) or ("All patients",)
    for place, label in enumerate(labels):
        rate = result.objective.rates[place]
        cells = (label, rate.n, rate.events, rate.value, rate.lower, rate.upper)
        counts = {name: result.categories[i][place] for i, name in enumerate(categories)}
        ranges = {"n": numbers.patients(place), "rate": event_numbers.rate("objective", place)}
        made = dict(zip(names, cells, strict=True)) | counts
        made |= dict.fromkeys(COMPARISON, NAN) | NOBODY if context.parts else {}
        yield made | across_columns(context.across, ranges)
    if context.parts:
        empty = dict.fromkeys((*names, *categories), NAN) | {"group": ""}
        ranges = across_columns(context.across, {"n": NO_KEY, "rate": NO_KEY})
        for compared in _compared(context):
            yield empty | compared | ranges


def _compared(context: ArmContext) -> Iterable[dict]:
    """The objective response of each pair, and the test over all arms."""
    for part in context.shown:
        if part.result is None:
            continue
        one = part.result.objective
        change, ratio = one.difference, one.ratio
        cells = (change.value, change.lower, change.upper, ratio.value, ratio.lower, ratio.upper)
        pair = of_pair(context, part, event_numbers.fisher("objective"))
        holm = pair.pop("holm_p")
        tests = (float(one.fisher.p_value), float(holm), float(one.chi_square.p_value))
        yield dict(zip(COMPARISON, (*pair.values(), *map(float, cells), *tests), strict=True))
    overall = context.everyone.objective
    if overall.fisher is not None:
        tests = (float(overall.fisher.p_value), NAN, float(overall.chi_square.p_value))
        yield dict(zip(COMPARISON, (ALL_ARMS, "", *[NAN] * 6, *tests), strict=True))


def response_factor_rows(context: ArmContext) -> Iterable[dict]:
    """Response in each level of each baseline factor, and the odds ratios of the forest."""
    names = (
        "variable",
        "level",
        "n",
        "responders",
        "rate",
        "odds_ratio",
        "odds_ratio_lower",
        "odds_ratio_upper",
        "fisher_p",
        "fisher_test",
        "arm_odds_ratio",
        "arm_odds_ratio_lower",
        "arm_odds_ratio_upper",
    )
    return rows_of_pairs(context, names, lambda part: _factors_of(part, names))


def _factors_of(context: ArmContext, names) -> Iterable[dict]:
    for variable, labels, factor in context.result.factors:
        for label, one in zip(labels, factor.levels, strict=True):
            ratios = [
                x
                for ratio in (one.against_first, one.arms)
                for x in ((NAN,) * 3 if ratio is None else (ratio.value, ratio.lower, ratio.upper))
            ]
            cells = (
                variable.label,
                label,
                one.rate.n,
                one.rate.events,
                one.rate.value,
                *ratios[:3],
                factor.p_value,
                "exact" if factor.fisher.exact else "simulated",
                *ratios[3:],
            )
            yield dict(zip(names, cells, strict=True))
