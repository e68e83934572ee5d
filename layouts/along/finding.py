"""What an effect along a number found, in one clause."""

from __future__ import annotations

import math

from layouts.along import numbers
from layouts.along.context import AlongContext
from layouts.along.words import name_of, obstacle, sentence
from layouts.shared.claims import LEVEL
from layouts.shared.findings import finding
from layouts.shared.numbers import p_key
from layouts.shared.words import p_number, p_value, within


def along_finding(context: AlongContext) -> str:
    """Whether the effect changes along the number, with the ends of it."""
    if obstacle(context):
        return sentence(context).rstrip(".")
    across, key, p = context.across, p_key(numbers.CHANGE), context.effect.test.p_value
    ratios = context.effect.quartiles
    said = []
    for place in (0, 2):
        value, lower, upper = ratios.estimate(place)
        beside = across.bracket(numbers.ratio(place), f"{value:.2f}", "{:.2f}".format)
        at = context.number(ratios.at[place])
        said.append(f"{value:.2f} ({lower:.2f}–{upper:.2f}){beside} at {at}")
    ends = f"hazard ratio {said[0]}, {said[1]}{context.unit}"
    if context.arms is None:
        middle = context.number(ratios.at[1])
        ends += f" against {middle}{context.unit}"
        what, verb = f"{context.endpoint.label} along {name_of(context)}", "differs"
    else:
        arm, reference = context.arms
        against = within(reference, context.study)
        what = f"the effect of {arm} against {against} on {context.endpoint.label}"
        verb = f"changes with {name_of(context)}"
    test = f"{p_value(p)}{across.bracket(key, p_number(p), p_number, 'no test')}"
    if across.open_on(key, LEVEL):
        head = f"the publication does not decide whether {what} {verb}"
    elif math.isfinite(p) and p < LEVEL:
        head = f"{what} {verb}"
    else:
        head = f"it is not shown that {what} {verb}"
    illustrative = context.study.reconstructed and (
        not context.unfiltered or context.endpoint.id not in context.options.variable.published
    )
    return finding(f"{head}: {ends}; {test}", exploratory=True, illustrative=illustrative)
