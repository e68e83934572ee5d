"""Sentence of each section of the Compare arms page."""

from __future__ import annotations

import math

from analysis import balance
from layouts.arms.balance import named, ratio_of
from layouts.arms.competing import competing_names, naive_at
from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH, hazard_ratio
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS
from layouts.arms.response import present
from layouts.charts.interval import signed
from layouts.shared.ranges import explained
from layouts.shared.words import listed, p_number, p_value, percent, smd_size, time_value, within


def sentence(context: ArmContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if not context.in_cohort:
        return "No patient passes these filters. Remove one of them above."
    if context.obstacle:
        return context.obstacle
    said = _SENTENCES[context.options.show](context)
    decided = _DECIDED.get(context.options.show, ())
    return explained(context.across, said, *decided)


def _interval(estimate, decimals: int, sign: bool = False, unit: str = "") -> str:
    if not math.isfinite(estimate[0]):
        return "not estimable"
    texts = [f"{x:.{decimals}f}" for x in estimate]
    texts = [signed(text) for text in texts] if sign else texts
    if not all(map(math.isfinite, estimate)):
        return f"{texts[0]}{unit} (95 % CI not estimable)"
    return f"{texts[0]}{unit} (95 % CI {texts[1]} to {texts[2]})"


def _effect(context: ArmContext) -> str:
    result = context.result
    compared, reference = (within(arm.label) for arm in context.arms)
    groups = [result.groups.groups[context.position(arm)] for arm in context.arms]
    texts = [time_value(one.median.value, "months", context.study.decimals) for one in groups]
    beside = context.across.bracket
    ranges = [
        beside(("median", context.position(arm)), text, _months(context), "not reached")
        for arm, text in zip(context.arms, texts, strict=True)
    ]
    reached = [math.isfinite(one.median.value) for one in groups]
    # The unit is said once where both are numbers, and never after "not reached".
    texts = [
        (f"{text} months" if known and not (i == 0 and all(reached)) else text) + ranges[i]
        for i, (text, known) in enumerate(zip(texts, reached, strict=True))
    ]
    medians = " and ".join(texts)
    head = f"{context.endpoint.name} with {compared} against {reference}: medians {medians}"
    value = hazard_ratio(result)
    ratio = f"hazard ratio {_interval(value, 2)}"
    ratio += beside(("hazard-ratio",), f"{value[0]:.2f}", "{:.2f}".format)
    one = result.restricted_mean
    months = [x / MONTH for x in (one.value, one.lower, one.upper)]
    gained = _interval(months, 1, sign=True, unit=" months") + beside(
        ("rmst-difference",),
        signed(f"{one.value / MONTH:.1f}"),
        lambda days: signed(f"{days / MONTH:.1f}"),
    )
    mean = "mean time gained not estimable"
    if math.isfinite(one.tau):
        mean = f"mean time gained up to {one.tau / MONTH:.0f} months {gained}"
    p = result.groups.test.p_value
    test = f"log-rank {p_value(p)}{beside(('log-rank',), p_number(p), p_number, 'no test')}"
    # In the same order whatever the test of proportional hazards says, which is a caution.
    return f"{head}; {ratio}, {mean}, {test}."


def _months(context: ArmContext):
    return lambda days: time_value(days, "months", context.study.decimals)


def _balance(context: ArmContext) -> str:
    result = context.result
    large = [
        (abs(one.smd), variable.label)
        for variable, one in zip(result.variables, result.balances, strict=True)
        if abs(one.smd) > balance.RELEVANT
    ]
    count = len(result.variables)
    large.sort(reverse=True)
    head = f"None of {count} baseline variables has a standardised difference above 0.1"
    if large:
        head = (
            f"{len(large)} of {count} baseline variables have a standardised difference above 0.1"
        )
    head += _by_chance(result.chance)
    if large:
        names = listed([f"{label} ({smd_size(size)})" for size, label in large[:3]])
        head += f", most {names}"
    found = result.adjusted
    if found.adjusted is None:
        crude = _interval(ratio_of(found.crude), 2) + _ratio_beside(context, "crude", found.crude)
        return f"{head}; the crude hazard ratio is {crude}."
    # Where every patient has the covariates, the crude ratio is that of all of them.
    complete = "crude-complete" if found.crude_complete.n < found.crude.n else "crude"
    crude, adjusted = (
        (f"{ratio_of(one)[0]:.2f}" if math.isfinite(ratio_of(one)[0]) else "not estimable")
        + _ratio_beside(context, name, one)
        for name, one in ((complete, found.crude_complete), ("adjusted", found.adjusted))
    )
    return (
        f"{head}; the hazard ratio is {crude} crude and {adjusted} after adjustment for "
        f"{named(context, context.options.adjust)}."
    )


def _by_chance(chance) -> str:
    """How many that would be without any difference between the arms."""
    if chance is None:
        return ""
    return (
        f" (chance alone would give {chance.expected:.1f}, {chance.lower:.0f} to "
        f"{chance.upper:.0f} in 95 % of random allocations)"
    )


def _ratio_beside(context: ArmContext, name: str, fit) -> str:
    shown = f"{ratio_of(fit)[0]:.2f}"
    return context.across.bracket(("ratio", name), shown, "{:.2f}".format)


def _competing(context: ArmContext) -> str:
    event, other = (name.lower() for name in competing_names(context))
    month, day = LANDMARKS[0], LANDMARK_DAYS[0]
    parts = []
    for position, group in enumerate(context.result.groups):
        if group is None:
            continue
        found, both = group.event_incidence.at(day)[0], group.competing_incidence.at(day)[0]
        arm = f" with {within(context.study.arms[position].label)}" if context.study.arms else ""
        if not math.isfinite(found):
            parts.append(f"nobody{arm} was still followed")
            continue
        beside = {
            name: context.across.bracket((name, month, position), percent(value), percent)
            for name, value in (("event", found), ("competing", both))
        }
        parts.append(
            f"{percent(found)}{beside['event']}{arm} had {event} (1 − Kaplan–Meier would say "
            f"{percent(naive_at(group, day))}) and {percent(both)}{beside['competing']} {other}"
        )
    return f"By {month} months {'; '.join(parts)}."


def _response(context: ArmContext) -> str:
    result, arms = context.result, present(context)
    rates = [
        f"{result.objective.rates[place].events} of {result.n[place]} "
        f"({percent(result.objective.rates[place].value, 1)}{_rate_beside(context, place)}) "
        f"with {within(label)}"
        for label, place in arms
    ]
    head = f"Objective response in {' and '.join(rates)}"
    if len(arms) < 2:
        return f"{head}."
    change = result.objective.difference
    points = _interval([100 * x for x in (change.value, change.lower, change.upper)], 1, sign=True)
    points += " percentage points" + context.across.bracket(
        ("rate-difference", "objective"),
        signed(f"{100 * change.value:.1f}"),
        lambda share: signed(f"{100 * share:.1f}"),
    )
    p = result.objective.fisher.p_value
    beside = context.across.bracket(("fisher", "objective"), p_number(p), p_number, "no test")
    return f"{head}: difference {points}, Fisher {p_value(p)}{beside}."


def _rate_beside(context: ArmContext, place: int) -> str:
    def words(share: float) -> str:
        return percent(share, 1)

    shown = words(context.result.objective.rates[place].value)
    return context.across.bracket(("rate", "objective", place), shown, words)


# What a reader takes from the numbers of a sentence: the side of 1 or of 0.05 on which they are.
_DECIDED = {
    "effect": (
        ("which arm the hazard ratio favours", ("hazard-ratio",), 1),
        ("which arm gains time", ("rmst-difference",), 0),
        ("whether the log-rank p is below 0.05", ("log-rank",), 0.05),
    ),
    "balance": (
        ("which arm the crude hazard ratio favours", ("ratio", "crude"), 1),
        ("which arm the adjusted hazard ratio favours", ("ratio", "adjusted"), 1),
    ),
    "response": (("whether Fisher p is below 0.05", ("fisher", "objective"), 0.05),),
}
_SENTENCES = {
    "effect": _effect,
    "balance": _balance,
    "competing": _competing,
    "response": _response,
}
