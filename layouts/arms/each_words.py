"""Sentences of the Compare arms page where each of several arms is set against the reference."""

from __future__ import annotations

import math

from layouts.arms import event_numbers, numbers
from layouts.arms.context import ArmContext
from layouts.arms.family import all_arms_words, all_log_rank, holm_words
from layouts.charts.interval import signed
from layouts.shared.numbers import by_key, p_key
from layouts.shared.words import (
    listed,
    p_equals,
    p_number,
    p_value,
    time_value,
    within,
)


def each_effect(context: ArmContext) -> str:
    """Medians of all arms, the test over them, and the hazard ratio of each with its adjusted p."""
    study, found = context.study, by_key(numbers.numbers_of(context.everyone))
    medians = []
    for place, arm in enumerate(study.arms):
        one = found[numbers.median(place)]
        if not found[numbers.patients(place)].value:
            continue
        text = time_value(one.value, "months", study.decimals)
        unit = " months" if math.isfinite(one.value) else ""
        beside = context.across.bracket(one.key, text, _months(context), "not reached")
        medians.append(f"{within(arm.label, study)} {text}{unit}{beside}")
    head = f"{context.endpoint.name}: medians {listed(medians)}"
    return f"{head}; {overall_words(context)}; {_ratios(context, numbers.HAZARD_RATIO)}."


def each_models(context: ArmContext) -> str:
    """Crude and adjusted hazard ratio of each arm against the reference."""
    adjusted = any(
        part.result is not None and part.result.adjusted.adjusted is not None
        for part in context.parts
    )
    name = "adjusted" if adjusted else "crude"
    return f"{name}, {_ratios(context, numbers.model_ratio(name))}"


def overall_words(context: ArmContext) -> str:
    """``log-rank over all 3 arms p = 0.003``."""
    test = all_log_rank(context)
    beside = context.across.bracket(p_key(test.key), p_number(test.p), p_number, "no test")
    return f"log-rank over {all_arms_words(context)} {p_value(test.p)}{beside}"


def _ratios(context: ArmContext, key) -> str:
    """``hazard ratio against Obs: Lev 0.97 (95 % CI …), Holm p = 0.8, …``."""
    study = context.study
    reference = within(study.arms[study.reference].label, study)
    if all(part.result is None for part in context.parts):
        return f"nothing is compared with {reference}"
    said = []
    # Adjusted is what the table adjusts beside the same number.
    tested, test = key, ""
    if key == numbers.HAZARD_RATIO:
        tested, test = numbers.LOG_RANK, "log-rank "
    for part in context.parts:
        label = within(part.compared.label, study)
        one = by_key(numbers.numbers_of(part.result)).get(key)
        holm = holm_words(context, part, tested)
        holm = f"{test}{holm}" if holm else ""
        if one is None or not math.isfinite(one.value):
            said.append(f"{label} not estimable{f' ({holm})' if holm else ''}")
            continue
        interval = "95 % CI not estimable"
        if math.isfinite(one.lower) and math.isfinite(one.upper):
            interval = f"95 % CI {one.lower:.2f} to {one.upper:.2f}"
        two = "{:.2f}".format
        beside = part.across.bracket(one.key, two(one.value), two)
        within_brackets = ", ".join(filter(None, (interval, holm)))
        said.append(f"{label} {one.value:.2f}{beside} ({within_brackets})")
    return f"hazard ratio against {reference}: {listed(said)}"


def each_response(context: ArmContext, rates: list[str]) -> str:
    """Objective response of all arms, the test over them, and each against the reference."""
    overall, study = context.everyone.objective, context.study
    head = f"Objective response in {listed(rates)}"
    if overall.fisher is None:
        return f"{head}."
    said = []
    for part in context.parts:
        label = within(part.compared.label, study)
        holm = holm_words(context, part, event_numbers.fisher("objective"))
        if part.result is None or not holm:
            said.append(f"{label} no test")
            continue
        change = part.result.objective.difference
        points, low, high = (
            signed(f"{100 * x:.1f}") for x in (change.value, change.lower, change.upper)
        )
        said.append(f"{label} {points} (95 % CI {low} to {high}, {holm})")
    reference = within(study.arms[study.reference].label, study)
    return (
        f"{head}: Fisher over {all_arms_words(context)} {p_equals(overall.fisher.p_value)}; "
        f"percentage points above {reference}: {listed(said)}."
    )


def _months(context: ArmContext):
    return lambda days: time_value(days, "months", context.study.decimals)
