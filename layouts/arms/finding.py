"""What a section of Compare arms found, in one clause."""

from __future__ import annotations

import math

from analysis import balance
from data.cohort import without_idle
from data.pairs import several
from layouts.arms import numbers
from layouts.arms.balance import named
from layouts.arms.competing import competing_words
from layouts.arms.context import ArmContext
from layouts.arms.each_words import overall_words
from layouts.arms.event_numbers import incidence, naive, rate_difference
from layouts.arms.options import LANDMARKS
from layouts.arms.power_words import power_finding
from layouts.arms.response import present
from layouts.arms.time_words import time_finding
from layouts.arms.weighted_words import weighted_finding
from layouts.arms.words import sentence
from layouts.charts.interval import signed
from layouts.shared.findings import finding, of_two, shares
from layouts.shared.numbers import by_key, p_key
from layouts.shared.words import counted, listed, percent, time_value, within


def arm_finding(context: ArmContext) -> str:
    """The finding of the shown section; why there is none where it cannot be shown."""
    if context.result is None:
        return sentence(context).rstrip(".")
    said = _FOUND[context.options.show](context)
    return finding(said, exploratory=filtered(context))


def filtered(context: ArmContext) -> bool:
    """Whether a filter leaves out patients of the set."""
    return bool(without_idle(context.study, context.view.cohort).filters)


def _who(context: ArmContext, place: int) -> str:
    return f"with {within(context.study.arms[place].label, context.study)}"


def _effect(context: ArmContext) -> str:
    endpoint = within(context.endpoint.name, context.study)
    if context.each:
        return f"{endpoint} in {len(context.study.arms)} arms: {overall_words(context)}"
    found, beside = by_key(numbers.numbers_of(context.result)), context.across.bracket
    places = [context.position(arm) for arm in context.arms]
    medians = [found[numbers.median(place)] for place in places]
    words = []
    for one in medians:
        text = time_value(one.value, "months", context.study.decimals)
        unit = " months" if math.isfinite(one.value) else ""
        across = beside(one.key, text, lambda d: time_value(d, "months", context.study.decimals))
        words.append(f"{text}{unit}{across}")
    test, one, tail = found[numbers.LOG_RANK], found[numbers.HAZARD_RATIO], ""
    if math.isfinite(one.value):
        tail = f"hazard ratio {one.value:.2f} (95 % CI {one.lower:.2f}–{one.upper:.2f})"
        tail += beside(one.key, f"{one.value:.2f}", "{:.2f}".format)
    pairs = [(_who(context, p), one.value) for p, one in zip(places, medians, strict=True)]
    undecided = context.across.open_on(p_key(test.key), 0.05)
    return of_two(endpoint, *pairs, tuple(words), test.p, undecided=undecided, tail=tail)


def _balance(context: ArmContext) -> str:
    result = context.result
    known = [one for one in result.balances if not math.isnan(one.smd)]
    large = sum(abs(one.smd) > balance.RELEVANT for one in known)
    beside = context.across.bracket(numbers.LARGE, str(large), "{:.0f}".format)
    variables = counted(len(known), "baseline variable")
    said = f"{large}{beside} of {variables} differ by more than {balance.RELEVANT} between the arms"
    if result.chance is not None:
        said += f" ({result.chance.expected:.1f} by chance)"
    if context.each or several(context.study) or result.adjusted.adjusted is None:
        return said
    ratios = by_key(numbers.numbers_of(result))
    one = ratios[numbers.model_ratio("adjusted")]
    if not math.isfinite(one.value):
        return said
    across = context.across.bracket(one.key, f"{one.value:.2f}", "{:.2f}".format)
    return (
        f"{said}; hazard ratio {one.value:.2f}{across} (95 % CI {one.lower:.2f}–{one.upper:.2f}) "
        f"adjusted for {named(context, context.options.adjust)}"
    )


def _competing(context: ArmContext) -> str:
    event, *others = competing_words(context)
    month, found = LANDMARKS[0], by_key(numbers.numbers_of(context.result))
    parts = []
    for place, group in enumerate(context.result.groups):
        if group is None:
            continue
        had, plain = (found[key(month, place)] for key in (incidence, naive))
        if math.isfinite(had.value):
            who = f" {_who(context, place)}" if context.study.arms else ""
            across = context.across.bracket(had.key, percent(had.value), percent)
            parts.append(
                f"{percent(had.value)}{across}{who} (1 − Kaplan–Meier: {percent(plain.value)})"
            )
    said = ", ".join(parts) or "nobody was still followed"
    return f"{event} by {month} months with {listed(others)} competing: {said}"


def _response(context: ArmContext) -> str:
    result = context.result
    rates = [
        (
            _who(context, place) if context.study.arms else "",
            result.objective.rates[place].events,
            result.n[place],
        )
        for _, place in present(context)
    ]
    said = f"objective response in {shares(rates, 1)}"
    change = result.objective.difference
    if context.each or len(rates) != 2 or not math.isfinite(change.value):
        return said
    points = [signed(f"{100 * x:.1f}") for x in (change.value, change.lower, change.upper)]
    across = context.across.bracket(
        rate_difference("objective"), points[0], lambda x: signed(f"{100 * x:.1f}")
    )
    return f"{said}: {points[0]} points{across} (95 % CI {points[1]} to {points[2]})"


_FOUND = {
    "effect": _effect,
    "balance": _balance,
    "adjusted": weighted_finding,
    "time": time_finding,
    "competing": _competing,
    "response": _response,
    "power": power_finding,
}
