"""The sentence under each part of the Response page."""

from __future__ import annotations

import math

from analysis.response_depth import PARTIAL_RESPONSE, PROGRESSION
from layouts.response import numbers
from layouts.response.context import ResponseContext, ShareRow
from layouts.response.side import number, quartiles
from layouts.shared.claims import Test, below, claim, list_of, undecided
from layouts.shared.numbers import p_key
from layouts.shared.ranges import explained
from layouts.shared.words import (
    events,
    listed,
    p_number,
    p_value,
    patients,
    percent,
    percent_interval,
    simulated,
    time_value,
    within,
)
from layouts.survival.context import DECIDED, empty_sentence, median_beside, test_beside

NAMED_AT_MOST = 5
NON_BREAKING = "\u00a0"


def sentence(context: ResponseContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if context.result is None:
        return context.obstacle
    said = _SENTENCES[context.options.view](context)
    across, decided = context.across, _decided(context)
    if context.options.view == "landmark":
        across = context.result.survival.across
    return explained(across, said, *decided)


def _decided(context: ResponseContext) -> list[tuple[str, tuple, float]]:
    """The tests of the sentence, whose side of 0.05 is what a reader takes from them."""
    shown = context.options.view
    if shown == "best" and context.arms:
        return [
            (
                f"whether Fisher p of {row.label.lower()} is below 0.05",
                p_key(numbers.fisher(row.name)),
                0.05,
            )
            for row in context.result.sums[:2]
        ]
    if shown == "by" and len(context.result.factors) == 1:
        name = context.result.factors[0][0].id
        return [("whether p is below 0.05", p_key(numbers.fisher(name)), 0.05)]
    if shown == "landmark":
        return [DECIDED]
    return []


def _best(context: ResponseContext) -> str:
    objective, control, *_ = context.result.sums
    return f"{_shares(context, objective)}; {_shares(context, control, short=True)}."


def _shares(context: ResponseContext, row: ShareRow, *, short: bool = False) -> str:
    """``Objective response in 45 of 73 (61.6 %) with … (Fisher p < 0.001)``."""
    label = row.label.lower() if short else row.label
    if not context.arms:
        rate = row.rates[0]
        interval = percent_interval(rate.lower, rate.upper, 1)
        tail = f", 95 % CI {interval}" if interval != "–" else ""
        beside = _rate_beside(context, row, 0)
        return f"{label} in {rate.events} of {rate.n} ({percent(rate.value, 1)}{beside}{tail})"
    parts = [
        f"{rate.events} of {rate.n} ({percent(rate.value, 1)}{_rate_beside(context, row, place)}) "
        f"with {within(group.label, context.study)}"
        for place, (group, rate) in enumerate(zip(context.arms, row.rates, strict=False))
    ]
    test = ""
    if row.fisher is not None and math.isfinite(row.fisher.p_value):
        p = row.fisher.p_value
        test = f" (Fisher {p_value(p)}{_fisher_beside(context, row.name, p)})"
    return f"{label} in {listed(parts)}{test}"


def _fisher_beside(context: ResponseContext, name: str, p: float) -> str:
    """The range of a Fisher p."""
    key = p_key(numbers.fisher(name))
    return context.across.bracket(key, p_number(p), p_number, "no test")


def _rate_beside(context: ResponseContext, row: ShareRow, place: int) -> str:
    def words(share: float) -> str:
        return percent(share, 1)

    key = numbers.share(row.name, place)
    return context.across.bracket(key, words(row.rates[place].value), words)


def _depth(context: ResponseContext) -> str:
    result = context.result
    shown, whole = result.waterfall, result.spreads[context.whole]
    if not shown.n:
        return f"None of {patients(context.in_cohort)} in view has a measurement of the depth."
    decimals = context.study.variable(context.declared.depth).decimals
    without = context.in_cohort - shown.n
    unmeasured = f"; {patients(without)} without a measurement may have grown" if without else ""
    shrank, grew = (result.rows[i].rates[context.whole] for i in (0, 1))
    median = f"{number(whole.median, decimals)}{NON_BREAKING}%" + context.across.bracket(
        numbers.change(context.whole), number(whole.median, decimals), lambda x: number(x, decimals)
    )
    return (
        f"{shown.n} of {patients(context.in_cohort)} {'has' if shown.n == 1 else 'have'} a "
        f"measurement: median change {median} "
        f"(quartiles {quartiles(whole, decimals)}); "
        f"of these {shrank.events} shrank by {-PARTIAL_RESPONSE:.0f}{NON_BREAKING}% or more and "
        f"{grew.events} grew by {PROGRESSION:.0f}{NON_BREAKING}% or more{unmeasured}."
    )


def _course(context: ResponseContext) -> str:
    result = context.result
    total, whole = result.responders[context.whole], result.spreads[context.whole]
    if not total:
        return f"None of {patients(context.in_cohort)} in view responded."
    if not whole.n:
        return f"{total} of {patients(context.in_cohort)} responded; when is not recorded."
    decimals = context.study.variable(context.declared.time).decimals
    by_arm = ""
    if context.arms:
        parts = [
            f"{number(one.median, decimals)} with {within(group.label, context.study)}"
            for group, one in zip(context.arms, result.spreads, strict=False)
            if one.n
        ]
        by_arm = f"; {listed(parts)}"
    return (
        f"Of the {patients(total)} who responded, half had done so by "
        f"{number(whole.median, decimals)} months (quartiles {quartiles(whole, decimals)}{by_arm})."
    )


def _by(context: ResponseContext) -> str:
    factors = context.result.factors
    if len(factors) == 1:
        variable, labels, factor = factors[0]
        known = [
            (label, one.rate)
            for label, one in zip(labels, factor.levels, strict=True)
            if one.rate.n
        ]
        if not known:
            return f"No patient in view has a value of {variable.label}."
        beside = context.across.bracket
        keys = {label: numbers.rate((variable.id, place)) for place, label in enumerate(labels)}
        parts = [
            f"{rate.events} of {rate.n} ({percent(rate.value)}"
            f"{beside(keys[label], percent(rate.value), percent)}) in {label}"
            for label, rate in known
        ]
        test, p = "no test possible", factor.p_value
        if math.isfinite(p):
            test = f"Fisher {p_value(p)}{simulated(factor.fisher.exact)}"
            test += _fisher_beside(context, variable.id, p)
        return f"Objective response by {variable.label}: {listed(parts)}; {test}."
    tests = [
        Test(
            variable.label,
            numbers.fisher(variable.id),
            factor.p_value,
            simulated(factor.fisher.exact),
        )
        for variable, _, factor in factors
    ]
    if undecided(context.across, tests, numbers.FOUND):
        found = claim(context.across, tests, numbers.FOUND, NAMED_AT_MOST)
        return f"Objective response by variable, {found}; p-values are not adjusted."
    if not below(tests):
        return "Objective response differs by no variable at p < 0.05 in this cohort."
    named = list_of(context.across, below(tests), NAMED_AT_MOST)
    return f"Objective response differs by {named}; p-values are not adjusted."


def _landmark(context: ResponseContext) -> str:
    survival = context.result.survival
    result = survival.result
    if not result.n:
        return empty_sentence(survival)
    label = survival.endpoint_word
    if len(result.shown) == 1:
        group = result.shown[0]
        who, verb = ("1 patient", "is") if group.n == 1 else (f"{group.n} patients", "are all")
        return (
            f"The {who} still followed at day {survival.landmark_days} {verb} in one group "
            f"({within(group.label, context.study)} by then): there is nothing to compare."
        )
    parts = [
        f"{_median(group, survival)}{median_beside(survival, group, 'months')} in {group.n} "
        f"with {within(group.label, context.study)}"
        for group in result.shown
    ]
    test = p_value(result.test.p_value) + test_beside(survival)
    return (
        f"From day {survival.landmark_days} on, median {label} was {listed(parts)} by then "
        f"(log-rank {test}; {events(result.events)})."
    )


def _median(group, survival) -> str:
    text = time_value(group.median.value, "months", survival.decimals)
    return text if not math.isfinite(group.median.value) else f"{text} months"


_SENTENCES = {
    "best": _best,
    "depth": _depth,
    "course": _course,
    "by": _by,
    "landmark": _landmark,
}
