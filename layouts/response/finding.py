"""What a part of the Response page found, in one clause."""

from __future__ import annotations

import math

from analysis.response_depth import PARTIAL_RESPONSE
from layouts.response import numbers
from layouts.response.context import ResponseContext
from layouts.response.words import sentence
from layouts.shared.claims import Test, below, holds, list_of
from layouts.shared.findings import count_beside, finding, of_two, shares
from layouts.shared.numbers import p_key
from layouts.shared.words import counted, p_value, patients, time_value, within
from layouts.survival.context import DECIDED, median_beside, ratio_across, ratio_interval

NAMED_AT_MOST = 2


def response_finding(context: ResponseContext) -> str:
    """The finding of the shown part; why there is none where it cannot be shown."""
    if context.result is None:
        return sentence(context).rstrip(".")
    part = context.options.view
    compares = part == "landmark"
    if part == "by":
        compares = any(not variable.prespecified for variable, _, _ in context.result.factors)
    said = _FOUND[part](context)
    exploratory = compares or (bool(context.arms) and not context.unfiltered)
    illustrative = context.study.reconstructed and not context.unfiltered
    return finding(said, exploratory=exploratory, illustrative=illustrative)


def _best(context: ResponseContext) -> str:
    row = context.result.sums[0]
    groups = context.arms or context.groups
    parts = [
        (f"with {within(group.label, context.study)}" if context.arms else "", rate.events, rate.n)
        for group, rate in zip(groups, row.rates, strict=False)
    ]
    said = f"{row.label.lower()} in {shares(parts, 1)}"
    if context.arms and row.fisher is not None and math.isfinite(row.fisher.p_value):
        p = row.fisher.p_value
        key = p_key(numbers.fisher(row.name))
        said += f"; Fisher {p_value(p)}{context.across.bracket(key, f'{p:.3f}', '{:.3f}'.format)}"
    elif math.isfinite(row.rates[0].lower):
        low, high = 100 * row.rates[0].lower, 100 * row.rates[0].upper
        said += f"; 95 % CI {low:.1f}–{high:.1f} %"
    return said


def _depth(context: ResponseContext) -> str:
    shown = context.result.waterfall
    if not shown.n:
        return f"none of {patients(context.in_cohort)} has a measurement of the depth of response"
    rates = context.result.rows[0].rates
    parts = [
        (f"with {within(group.label, context.study)}", rate.events, rate.n)
        for group, rate in zip(context.arms, rates, strict=False)
    ] or [("", rates[context.whole].events, rates[context.whole].n)]
    without = context.in_cohort - shown.n
    tail = f"; {without} have no measurement" if without else ""
    return f"shrinkage by {-PARTIAL_RESPONSE:.0f} % or more in {shares(parts, 1)} measured{tail}"


def _course(context: ResponseContext) -> str:
    return sentence(context).rstrip(".")


def _by(context: ResponseContext) -> str:
    tests = [
        Test(variable.label, numbers.fisher(variable.id), factor.p_value)
        for variable, _, factor in context.result.factors
        if math.isfinite(factor.p_value)
    ]
    if not tests:
        return "objective response can be compared by no variable"
    if len(context.result.factors) == 1:
        return _of_one(context, *context.result.factors[0])
    found = [one for one in below(tests) if holds(context.across, one)]
    shown = count_beside(context.across, len(below(tests)), numbers.FOUND)
    names = f": {list_of(context.across, found, NAMED_AT_MOST)}" if found else ""
    many = counted(len(tests), "variable")
    return (
        f"objective response differs by {shown} of {many} at p < 0.05 "
        f"({0.05 * len(tests):.1f} expected by chance){names}"
    )


def _of_one(context: ResponseContext, variable, labels, factor) -> str:
    levels = zip(labels, factor.levels, strict=True)
    parts = [(f"in {label}", one.rate.events, one.rate.n) for label, one in levels if one.rate.n]
    key, p = p_key(numbers.fisher(variable.id)), factor.p_value
    across = context.across.bracket(key, f"{p:.3f}", "{:.3f}".format)
    return f"objective response by {variable.label}: {shares(parts)}; Fisher {p_value(p)}{across}"


def _landmark(context: ResponseContext) -> str:
    survival = context.result.survival
    result = survival.result
    if len(result.shown) != 2:
        return sentence(context).rstrip(".")
    pairs, words = [], []
    for group in result.shown:
        days = group.median.value
        text = time_value(days, "months", survival.decimals)
        unit = " months" if math.isfinite(days) else ""
        pairs.append((f"with {within(group.label, context.study)}", days))
        words.append(f"{text}{unit}{median_beside(survival, group, 'months')}")
    tail = f"log-rank {p_value(result.test.p_value)}"
    if survival.ratio is not None and math.isfinite(survival.ratio.value):
        beside = ratio_across(survival)
        tail = f"hazard ratio {survival.ratio.value:.2f} (95 % CI {ratio_interval(survival)})"
        tail += f" [{beside}]" if beside else ""
    undecided = survival.across.open_on(*DECIDED[1:])
    said = of_two(
        survival.endpoint_word,
        *pairs,
        tuple(words),
        result.test.p_value,
        undecided=undecided,
        tail=tail,
    )
    return f"from day {survival.landmark_days}, {said}"


_FOUND = {"best": _best, "depth": _depth, "course": _course, "by": _by, "landmark": _landmark}
