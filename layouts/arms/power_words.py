"""Sentence, finding, method and cautions of the section Power."""

from __future__ import annotations

import math

from layouts.arms import power_numbers as keys
from layouts.arms.context import ArmContext
from layouts.arms.numbers import numbers_of
from layouts.arms.power_side import both_sides
from layouts.shared.numbers import by_key
from layouts.shared.words import listed, percent, within

NOT_OBSERVED = (
    "The power for the ratio that was observed is not shown: it follows from its p alone (p = 0.05 "
    "is always about 50 %) and adds nothing (Hoenig & Heisey 2001). Which ratios the data leave "
    "open is said by the confidence interval."
)


def power_sentence(context: ArmContext) -> str:
    """What the events find with 80 % power, of the comparison and of an interaction."""
    said = [_of_two(context, part) for part in context.shown if part.result is not None]
    return f"{context.endpoint.name}: {'; '.join(said)}."


def _of_two(context: ArmContext, part: ArmContext) -> str:
    found, two = by_key(numbers_of(part.result)), "{:.2f}".format
    events, ratio = found[keys.EVENTS], found[keys.DETECTABLE]
    compared, reference = (within(arm.label, context.study) for arm in part.arms)
    count = f"{events.value}" + part.across.bracket(events.key, str(events.value), "{:.0f}".format)
    head = f"the {count} events in view with {compared} and {reference}"
    if not math.isfinite(ratio.value):
        return f"{head} find no hazard ratio"
    across = part.across.bracket(ratio.key, two(ratio.value), two)
    words = f"{head} find a hazard ratio of {both_sides(ratio.value)}{across} with 80 % power"
    if keys.PLANNED in found:
        power = found[keys.PLANNED]
        beside = part.across.bracket(power.key, percent(power.value), percent)
        words += f", the planned {part.result.planned:g} with {percent(power.value)}{beside}"
    best = _best(part)
    return words + (f"; {best}" if best else "")


def _best(part: ArmContext) -> str:
    """The interaction that is found soonest."""
    found = by_key(numbers_of(part.result))
    known = [
        (found[keys.interaction(one.variable.id)].value, one.variable.label)
        for one in part.result.interactions
    ]
    known = [one for one in known if math.isfinite(one[0])]
    if not known:
        return ""
    ratio, label = max(known)
    return (
        f"an interaction at best (with {label}) where the hazard ratios of the levels differ by a "
        f"factor of {1 / ratio:.1f}"
    )


def power_finding(context: ArmContext) -> str:
    """The same in a clause."""
    return power_sentence(context).rstrip(".")


def power_method(context: ArmContext) -> list[str]:
    """The formulas."""
    said = [
        "Hazard ratio found with 80 % power by a two-sided log-rank test at 0.05: its logarithm is "
        "(1.96 + 0.84) / √(events × the shares of both arms) (Schoenfeld 1981, 1983); it takes "
        "the hazard ratio as constant and the events as given.",
        "Interaction of the arm with a variable of two levels: the same with the information "
        "1 / Σ 1 / events over the four groups (Peterson & George 1993).",
    ]
    sources = [
        part.result.source
        for part in context.shown
        if part.result is not None and part.result.source
    ]
    if sources:
        said.append(f"Planned ratio: {listed(sorted(set(sources)))}.")
    return said


def power_cautions(context: ArmContext) -> list[str]:
    """Why the power of the observed effect is not there, and what is not declared."""
    said = [NOT_OBSERVED]
    planned = any(
        part.result is not None and math.isfinite(part.result.planned) for part in context.shown
    )
    if not planned:
        said.append(
            "The study declares no planned hazard ratio for this endpoint: there is no power for "
            "a plan."
        )
    return said
