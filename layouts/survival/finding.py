"""What a survival view found, in one clause."""

from __future__ import annotations

import math

from layouts.shared.findings import finding, of_two
from layouts.shared.numbers import p_key
from layouts.shared.words import time_interval, time_value
from layouts.survival.context import (
    SurvivalContext,
    empty_sentence,
    median_beside,
    ratio_across,
    ratio_interval,
    test_beside,
)
from layouts.survival.numbers import LOG_RANK
from layouts.survival.printed_words import median_said, p_said


def survival_finding(context: SurvivalContext) -> str:
    """The longer of two groups, the range of several, the median of one."""
    result = context.result
    if not result.n:
        return empty_sentence(context).rstrip(".")
    shown = result.shown
    said = {1: _one, 2: _two}.get(len(shown), _several)(context, shown)
    return finding(said, exploratory=context.exploratory, illustrative=context.illustrative)


def _one(context: SurvivalContext, shown) -> str:
    (group,) = shown
    value, lower, upper, _ = median_said(context, group)
    unit = context.options.unit
    who = "" if context.split is None else f" {context.who(group)}"
    head = f"median {context.endpoint_word}{who} was {_words(context, group)}"
    interval = time_interval(lower, upper, unit, context.decimals)
    limits = f" (95 % CI {interval})" if math.isfinite(value) and interval != "–" else ""
    return f"{head}{limits}; {group.events} of {group.n} had the event"


def _two(context: SurvivalContext, shown) -> str:
    if context.compared:
        shown = [context.result.groups[place] for place in context.compared]
    pairs = [(context.who(group), median_said(context, group)[0]) for group in shown]
    words, printed = p_said(context)
    p, tail = context.result.test.p_value, f"log-rank {words}{printed or test_beside(context)}"
    if context.ratio is not None and math.isfinite(context.ratio.value):
        beside = ratio_across(context)
        tail = f"hazard ratio {context.ratio.value:.2f} (95 % CI {ratio_interval(context)})"
        tail += f" [{beside}]" if beside else ""
    undecided = context.across.open_on(p_key(LOG_RANK), 0.05)
    medians = tuple(_words(context, group) for group in shown)
    return of_two(context.endpoint_word, *pairs, medians, p, undecided=undecided, tail=tail)


def _several(context: SurvivalContext, shown) -> str:
    medians = [(median_said(context, group)[0], group) for group in shown]
    known = [one for one in medians if math.isfinite(one[0])]
    words, printed = p_said(context)
    test = f"log-rank {words}" if math.isfinite(context.result.test.p_value) else words
    test += printed or test_beside(context)
    if not known:
        return (
            f"median {context.endpoint_word} was not reached in any of {len(shown)} groups; {test}"
        )
    low, high = (pick(known, key=lambda one: one[0])[1] for pick in (min, max))
    name = context.group_name
    return (
        f"median {context.endpoint_word} ranged from {_words(context, low)} ({name(low.label)}) to "
        f"{_words(context, high)} ({name(high.label)}) over {len(shown)} groups; {test}"
    )


def _words(context: SurvivalContext, group) -> str:
    value, unit = median_said(context, group)[0], context.options.unit
    text = time_value(value, unit, context.decimals)
    text = f"{text} {unit}" if math.isfinite(value) else text
    return text + median_beside(context, group, unit)
