"""Sentence of each section of the Compare arms page."""

from __future__ import annotations

import math

from analysis import balance
from layouts.arms import numbers
from layouts.arms.balance import named
from layouts.arms.competing import competing_words
from layouts.arms.context import ArmContext
from layouts.arms.each_words import each_effect, each_models, each_response, overall_words
from layouts.arms.effect import MONTH
from layouts.arms.event_numbers import (
    fisher,
    gray,
    incidence,
    naive,
    rate,
    rate_difference,
)
from layouts.arms.family import family_words, holm_words, pair_name
from layouts.arms.options import LANDMARKS
from layouts.arms.power_words import power_sentence
from layouts.arms.response import present
from layouts.arms.time_numbers import CONSTANT
from layouts.arms.time_words import time_sentence
from layouts.arms.weighted_numbers import WEIGHTED_LOG_RANK
from layouts.arms.weighted_words import weighted_sentence
from layouts.charts.interval import signed
from layouts.shared.imbalance_words import by_chance
from layouts.shared.nobody import nobody
from layouts.shared.numbers import Key, Number, by_key, p_key
from layouts.shared.ranges import explained
from layouts.shared.words import (
    counted,
    foremost,
    listed,
    p_number,
    p_value,
    percent,
    smd_words,
    time_value,
    within,
)


def sentence(context: ArmContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if not context.in_cohort:
        return nobody(context.study, context.view.cohort)
    if context.obstacle:
        return context.obstacle
    said = _SENTENCES[context.options.show](context)
    decided = () if context.each else _DECIDED.get(context.options.show, ())
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
    if context.each:
        return each_effect(context)
    result = context.result
    compared, reference = (within(arm.label, context.study) for arm in context.arms)
    found, beside = by_key(numbers.numbers_of(result)), context.across.bracket
    medians = [found[numbers.median(context.position(arm))] for arm in context.arms]
    texts = [time_value(one.value, "months", context.study.decimals) for one in medians]
    ranges = [
        beside(one.key, text, _months(context), "not reached")
        for one, text in zip(medians, texts, strict=True)
    ]
    reached = [math.isfinite(one.value) for one in medians]
    # The unit is said once where both are numbers, and never after "not reached".
    texts = [
        (f"{text} months" if known and not (i == 0 and all(reached)) else text) + ranges[i]
        for i, (text, known) in enumerate(zip(texts, reached, strict=True))
    ]
    head = f"{context.endpoint.name} with {compared} against {reference}"
    one = found[numbers.HAZARD_RATIO]
    ratio = f"hazard ratio {_interval(one.estimate, 2)}"
    ratio += beside(one.key, f"{one.value:.2f}", "{:.2f}".format)
    one = found[numbers.MEAN_GAINED]
    months = [x / MONTH for x in one.estimate]
    gained = _interval(months, 1, sign=True, unit=" months") + beside(
        one.key,
        signed(f"{one.value / MONTH:.1f}"),
        lambda days: signed(f"{days / MONTH:.1f}"),
    )
    mean, tau = "mean time gained not estimable", found[numbers.TAU].value
    if math.isfinite(tau):
        mean = f"mean time gained up to {tau / MONTH:.0f} months {gained}"
    test = f"log-rank {_p_words(context, found[numbers.LOG_RANK])}{_beside_all(context)}"
    # In the same order whatever the test of proportional hazards says, which is a caution.
    return f"{head}: {ratio}, {mean}; medians {' and '.join(texts)}; {test}."


def _beside_all(context: ArmContext) -> str:
    """Of a pair among several arms: its p adjusted, and the test over all arms."""
    if not context.parts:
        return ""
    holm = holm_words(context, context, numbers.LOG_RANK)
    return f" ({holm} of {family_words(context)}; {overall_words(context)})"


def _p_words(context: ArmContext, test: Number) -> str:
    """A p-value with its range."""
    beside = context.across.bracket(p_key(test.key), p_number(test.p), p_number, "no test")
    return p_value(test.p) + beside


def _months(context: ArmContext):
    return lambda days: time_value(days, "months", context.study.decimals)


def _balance(context: ArmContext) -> str:
    result = context.result
    large = [
        (abs(one.smd), variable.label, numbers.smd_size(variable.id))
        for variable, one in zip(result.variables, result.balances, strict=True)
        if abs(one.smd) > balance.RELEVANT
    ]
    compared = len(result.variables)
    if context.study.disclosure.protects:
        compared = sum(not math.isnan(one.smd) for one in result.balances)
    count = counted(compared, "baseline variable")
    large.sort(reverse=True)
    beside = _count_beside(context, len(large))
    of_two = " between two of the arms" if context.each else ""
    head = f"None{beside} of {count} has a standardised difference above 0.1{of_two}"
    if large:
        verb = "has" if len(large) == 1 else "have"
        head = f"{len(large)}{beside} of {count} {verb} a standardised difference above 0.1{of_two}"
    head += by_chance(result.chance)
    if large:
        head += _most(context, large)
    if context.each:
        return f"{head}; {each_models(context)}."
    of_pair = f" of {pair_name(context)}" if context.parts else ""
    found = result.adjusted
    ratios = by_key(numbers.numbers_of(result))
    if found.adjusted is None:
        one = ratios[numbers.model_ratio("crude")]
        crude = _interval(one.estimate, 2) + _ratio_beside(context, one)
        return f"{head}; the crude hazard ratio{of_pair} is {crude}."
    # Where every patient has the covariates, the crude ratio is that of all of them.
    complete = "crude-complete" if found.crude_complete.n < found.crude.n else "crude"
    shown = (ratios[numbers.model_ratio(name)] for name in (complete, "adjusted"))
    crude, adjusted = (
        (f"{one.value:.2f}" if math.isfinite(one.value) else "not estimable")
        + _ratio_beside(context, one)
        for one in shown
    )
    return (
        f"{head}; the hazard ratio{of_pair} is {crude} crude and {adjusted} after adjustment for "
        f"{named(context, context.options.adjust)}."
    )


def _most(context: ArmContext, large: list) -> str:
    """The largest differences, as far as every data set has them above 0.1."""
    ranges = context.across.ranges
    sure = [one for one in large if one[2] not in ranges or ranges[one[2]].low > balance.RELEVANT]
    # Equal as printed is equal: of a tie all are named or none.
    named = foremost([round(size, 2) for size, *_ in sure], 3)
    if not named:
        return ""
    first = [sure[i] for i in named]
    head = "most" if first == large[: len(first)] else "among those in every data set"
    return f", {head} {listed([_difference(context, *one) for one in first])}"


def _count_beside(context: ArmContext, large: int) -> str:
    """The range of the number of large differences."""
    return context.across.bracket(numbers.LARGE, str(large), "{:.0f}".format)


def _difference(context: ArmContext, size: float, label: str, key: Key) -> str:
    """A variable with its standardised difference."""
    words = smd_words(size)
    return f"{label} ({words}{context.across.bracket(key, words, smd_words)})"


def _ratio_beside(context: ArmContext, ratio: Number) -> str:
    return context.across.bracket(ratio.key, f"{ratio.value:.2f}", "{:.2f}".format)


def _competing(context: ArmContext) -> str:
    event, *others = competing_words(context)
    month, numbered = LANDMARKS[0], by_key(numbers.numbers_of(context.result))
    parts = []
    for position, group in enumerate(context.result.groups):
        if group is None:
            continue
        had, plain = numbered[incidence(month, position)], numbered[naive(month, position)]
        arm = (
            f" with {within(context.study.arms[position].label, context.study)}"
            if context.study.arms
            else ""
        )
        if not math.isfinite(had.value):
            parts.append(f"nobody{arm} was still followed")
            continue
        beside = [
            f"{_share(context, numbered[incidence(month, position, place)])} {other}"
            for place, other in enumerate(others, 1)
        ]
        other = listed(beside)
        parts.append(
            f"{_share(context, had)}{arm} had {event} (1 − Kaplan–Meier would say "
            f"{percent(plain.value)}){',' if len(beside) > 1 else ' and'} {other}"
        )
    return f"By {month} months {'; '.join(parts)}.{_gray(context, numbered)}"


def _gray(context: ArmContext, numbered: dict[Key, Number]) -> str:
    """`` Gray's test of progression p = 0.02``; empty where no arms are compared."""
    test = numbered[gray()]
    if not math.isfinite(test.p):
        return ""
    event = competing_words(context)[0]
    return f" Gray's test of {event} over the arms: {_p_words(context, test)}."


def _share(context: ArmContext, number: Number) -> str:
    """A share with its range."""
    shown = percent(number.value)
    return shown + context.across.bracket(number.key, shown, percent)


def _response(context: ArmContext) -> str:
    result, arms = context.result, present(context)
    rates = [
        f"{result.objective.rates[place].events} of {result.n[place]} "
        f"({percent(result.objective.rates[place].value, 1)}{_rate_beside(context, place)}) "
        f"with {within(label, context.study)}"
        for label, place in arms
    ]
    if context.each:
        return each_response(context, rates)
    head = f"Objective response in {listed(rates)}"
    if len(arms) < 2:
        return f"{head}."
    if context.parts:
        head = f"{head}; {pair_name(context)}"
    change = result.objective.difference
    if not math.isfinite(change.value):
        return f"{head}."
    points = _interval([100 * x for x in (change.value, change.lower, change.upper)], 1, sign=True)
    points += " percentage points" + context.across.bracket(
        rate_difference("objective"),
        signed(f"{100 * change.value:.1f}"),
        lambda share: signed(f"{100 * share:.1f}"),
    )
    test = by_key(numbers.numbers_of(result))[fisher("objective")]
    holm = holm_words(context, context, test.key)
    holm = f" ({holm} of {family_words(context)})" if holm else ""
    return f"{head}: difference {points}, Fisher {_p_words(context, test)}{holm}."


def _rate_beside(context: ArmContext, place: int) -> str:
    def words(share: float) -> str:
        return percent(share, 1)

    shown = words(context.result.objective.rates[place].value)
    return context.across.bracket(rate("objective", place), shown, words)


# What a reader takes from the numbers of a sentence: the side of 1 or of 0.05 on which they are.
_DECIDED = {
    "effect": (
        ("which arm the hazard ratio favours", numbers.HAZARD_RATIO, 1),
        ("which arm gains time", numbers.MEAN_GAINED, 0),
        ("whether the log-rank p is below 0.05", p_key(numbers.LOG_RANK), 0.05),
    ),
    "balance": (
        ("which arm the crude hazard ratio favours", numbers.model_ratio("crude"), 1),
        ("which arm the adjusted hazard ratio favours", numbers.model_ratio("adjusted"), 1),
    ),
    "adjusted": (
        ("which arm the weighted hazard ratio favours", numbers.model_ratio("weighted"), 1),
        ("whether the weighted log-rank p is below 0.05", p_key(WEIGHTED_LOG_RANK), 0.05),
    ),
    "time": (("whether the test of one ratio is below 0.05", p_key(CONSTANT), 0.05),),
    "competing": (("whether Gray's p is below 0.05", p_key(gray()), 0.05),),
    "response": (("whether Fisher p is below 0.05", p_key(fisher("objective")), 0.05),),
}
_SENTENCES = {
    "effect": _effect,
    "balance": _balance,
    "adjusted": weighted_sentence,
    "time": time_sentence,
    "competing": _competing,
    "response": _response,
    "power": power_sentence,
}
