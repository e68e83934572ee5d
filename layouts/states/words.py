"""The sentence, the cautions, the footnote and the finding of the states."""

from __future__ import annotations

import math

from analysis.multistate import MOST
from data.cohort import without_idle
from layouts.charts.interval import signed
from layouts.shared.findings import finding
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.numbers import Number, by_key
from layouts.shared.ranges import explained
from layouts.shared.words import SUBGROUP, listed, patients, within
from layouts.states import numbers
from layouts.states.context import STATES, StatesContext

MONTH = numbers.MONTH


def months(days: float) -> str:
    """Days as months with one decimal."""
    return f"{days / MONTH:.1f}" if math.isfinite(days) else "not estimable"


def interval(one: Number) -> str:
    """`` (95 % CI 6.1–8.4)``; empty where there is none."""
    if not math.isfinite(one.lower):
        return ""
    return f" (95 % CI {months(one.lower)}–{months(one.upper)})"


def difference(one: Number) -> str:
    """``+1.2 (95 % CI −0.3 to +2.7)``."""
    low, high = (signed(months(x)) for x in (one.lower, one.upper))
    beside = f" (95 % CI {low} to {high})" if math.isfinite(one.lower) else ""
    return f"{signed(months(one.value))}{beside}"


def sentence(context: StatesContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if context.obstacle:
        return context.obstacle
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    beside = context.across.bracket
    parts = []
    for one in context.arms:
        made = [found[numbers.mean_time(one.position, state)] for state in (0, 1)]
        said = [
            f"{months(x.value)}{interval(x)}{beside(x.key, months(x.value), months)} {state}"
            for x, state in zip(made, STATES, strict=False)
        ]
        who = f"{one.label}: " if len(context.arms) > 1 else ""
        parts.append(f"{who}{listed(said)}")
    text = f"Mean months of the first {months(context.tau)}: {'; '.join(parts)}"
    gap = found.get(numbers.difference(0))
    if gap is not None:
        text += (
            f". Difference in months without progression {difference(gap)}"
            f"{beside(gap.key, signed(months(gap.value)), lambda x: signed(months(x)))}"
        )
    decided = ("whose time without progression is longer", numbers.difference(0), 0.0)
    return explained(context.across, f"{text}.", decided)


def cautions(context: StatesContext) -> list[str]:
    """What the reader must know before using the numbers."""
    if context.obstacle:
        return []
    said = []
    if without_idle(context.study, context.view.cohort).filters:
        said.append(SUBGROUP)
    if context.study.reconstructed:
        said.append(
            "Illustrative: the paper does not print who progressed and died when; these patients "
            "follow its separate curves of progression and death."
        )
    if context.known < context.in_cohort:
        said.append(f"{patients(context.in_cohort - context.known)} without these endpoints.")
    said.append(
        "Not a comparison of what happens after progression: who gets there differs by arm."
    )
    return said


def method(context: StatesContext) -> str:
    """Method and cohort."""
    study = context.study
    if context.obstacle:
        return nothing_computed(study, context.view, context.in_cohort)
    errors = "intervals on the plain scale with the infinitesimal-jackknife variance of R's survfit"
    if any(one.found.n > MOST for one in context.arms):
        errors = f"no intervals above {MOST:,} patients"
    return (
        "Aalen–Johansen estimate of three states (alive without progression, alive after "
        f"progression, dead), counted from {context.origin}; {errors}. Mean times are areas up to "
        f"{months(context.tau)} months, the shortest follow-up of the arms. Without a recorded "
        "progression a patient counts as without it until death or last follow-up; a progression "
        f"on the day of death counts as death. {study.title}, "
        f"{context.view.cohort.sentence(study)}, n\u00a0=\u00a0{context.known}."
    )


def states_finding(context: StatesContext) -> str:
    """Mean time without progression of each arm, in one clause."""
    if context.obstacle:
        return sentence(context).rstrip(".")
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    said = []
    for one in context.arms:
        made = found[numbers.mean_time(one.position, 0)]
        who = f" with {within(one.label, context.study)}" if len(context.arms) > 1 else ""
        beside = context.across.bracket(made.key, months(made.value), months)
        said.append(f"{months(made.value)}{interval(made)}{beside}{who}")
    filtered = bool(without_idle(context.study, context.view.cohort).filters)
    text = f"of {months(context.tau)} months alive without progression: {listed(said)}"
    return finding(text, exploratory=filtered, illustrative=context.study.reconstructed)
