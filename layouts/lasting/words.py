"""The sentence, the cautions, the footnote and the finding of lasting responses."""

from __future__ import annotations

import math

from data.cohort import without_idle
from layouts.charts.interval import signed
from layouts.lasting import numbers
from layouts.lasting.context import Arm, LastingContext
from layouts.shared.findings import finding
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.numbers import Number, by_key
from layouts.shared.ranges import explained
from layouts.shared.words import FEW_EVENTS, SUBGROUP, listed, patients, within

MONTH = numbers.MONTH


def months(days: float) -> str:
    """Days as months with one decimal."""
    return f"{days / MONTH:.1f}" if math.isfinite(days) else "not reached"


def limits(one: Number) -> str:
    """`` (95 % CI 4.1–not reached)``; empty where neither is known."""
    if not (math.isfinite(one.lower) or math.isfinite(one.upper)):
        return ""
    return f" (95 % CI {months(one.lower)}–{months(one.upper)})"


def difference(one: Number) -> str:
    """``+1.2 (95 % CI −0.3 to +2.7)``."""
    low, high = (signed(months(x)) for x in (one.lower, one.upper))
    beside = f" (95 % CI {low} to {high})" if math.isfinite(one.lower) else ""
    return f"{signed(months(one.value))}{beside}"


def _of_arm(context: LastingContext, one: Arm, found: dict) -> str:
    who = f"{one.label}: " if len(context.arms) > 1 else ""
    said = f"{who}{one.responders} of {patients(one.states.n)} responded"
    beside = context.across.bracket
    made = found.get(numbers.median(one.position))
    if made is not None:
        shown = months(made.value)
        lasted = shown if shown == "not reached" else f"{shown} months"
        said += f", median duration {lasted}{limits(made)}{beside(made.key, shown, months)}"
    mean = found[numbers.mean_time(one.position)]
    shown = months(mean.value)
    return f"{said}, {shown}{limits(mean)}{beside(mean.key, shown, months)} months in response"


def sentence(context: LastingContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if context.obstacle:
        return context.obstacle
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    said = "; ".join(_of_arm(context, one, found) for one in context.arms)
    text = f"{said}, of the first {months(context.tau)} and over all patients"
    gap = found.get(numbers.DIFFERENCE)
    if gap is not None:
        shown = signed(months(gap.value))
        beside = context.across.bracket(gap.key, shown, lambda x: signed(months(x)))
        text += f". Difference in months in response {difference(gap)}{beside}"
    return explained(
        context.across, f"{text}.", ("who is in response for longer", numbers.DIFFERENCE, 0.0)
    )


def cautions(context: LastingContext) -> list[str]:
    """What the reader must know before using the numbers."""
    if context.obstacle:
        return []
    said = [
        "Duration is of responders only, whom no randomisation chose: arms are compared by the "
        "months in response of all patients."
    ]
    if without_idle(context.study, context.view.cohort).filters:
        said.insert(0, SUBGROUP)
    if context.study.reconstructed:
        said.append("Illustrative: the paper does not print when each response began and ended.")
    if context.undated:
        said.append(f"{patients(context.undated)} responded on an unknown day and are left out.")
    few = [one.label for one in context.arms if one.responders < FEW_EVENTS]
    if few:
        said.append(f"Fewer than {FEW_EVENTS} responders: {listed(few)}.")
    return said


def method(context: LastingContext) -> str:
    """Method and cohort."""
    study = context.study
    if context.obstacle:
        return nothing_computed(study, context.view, context.in_cohort)
    return (
        "Probability of being in response (Temkin 1978) by Aalen–Johansen in three states: no "
        "response yet, in response, progressed or dead, counted from "
        f"{context.origin}; intervals on the plain scale with the infinitesimal-jackknife variance "
        "of R's survfit. Duration from response to progression or death by Kaplan–Meier (log "
        "interval); response by a time by Aalen–Johansen, progression and death without response "
        "competing (log(−log) interval). A response on or after the day of progression does not "
        f"count. {study.title}, {context.view.cohort.sentence(study)}, n\u00a0=\u00a0"
        f"{context.known}."
    )


def lasting_finding(context: LastingContext) -> str:
    """Months in response of each arm, in one clause."""
    if context.obstacle:
        return sentence(context).rstrip(".")
    found, said = by_key(numbers.numbers_of(context.arms, context.tau)), []
    for one in context.arms:
        mean = found[numbers.mean_time(one.position)]
        who = f" with {within(one.label, context.study)}" if len(context.arms) > 1 else ""
        beside = context.across.bracket(mean.key, months(mean.value), months)
        said.append(f"{months(mean.value)}{limits(mean)}{beside}{who}")
    filtered = bool(without_idle(context.study, context.view.cohort).filters)
    text = f"of {months(context.tau)} months in response: {listed(said)}"
    return finding(text, exploratory=filtered, illustrative=context.study.reconstructed)
