"""The sentence and the cautions of an effect along a number."""

from __future__ import annotations

import math

from layouts.along import numbers
from layouts.along.context import AlongContext
from layouts.shared.claims import LEVEL
from layouts.shared.competing_words import counts_as_censored
from layouts.shared.late_words import broken_randomisation
from layouts.shared.nobody import nobody
from layouts.shared.numbers import p_key
from layouts.shared.ranges import explained
from layouts.shared.words import (
    FEW_EVENTS,
    counted,
    listed,
    p_number,
    p_value,
    patients,
    within,
)

FEW_FOR_A_CURVE = 10
"""Events for each term of the model, below which a curve is marked as unstable."""


def obstacle(context: AlongContext) -> str:
    """Why there is nothing to draw; empty where there is."""
    study = context.study
    if context.options.variable is None:
        return "This study has no number that is known before treatment began."
    if not context.in_cohort:
        return nobody(study, context.view.cohort)
    if not context.with_endpoint:
        if context.landmark_days is not None:
            return f"Nobody in this cohort was still followed at day {context.landmark_days}."
        return f"Nobody in this cohort has {within(context.endpoint.name, study)}."
    name = name_of(context)
    if not context.n:
        return f"Nobody in this cohort has a value of {name}."
    if not context.effect.fitted:
        return f"No effect along {name} can be estimated: too few patients, values or events."
    return ""


def name_of(context: AlongContext) -> str:
    """The number within a sentence."""
    return within(context.options.variable.label, context.study)


def sentence(context: AlongContext) -> str:
    """One sentence for the minutes of a tumour board: estimates first, the tests behind."""
    if blocked := obstacle(context):
        return blocked
    if context.arms is None:
        return _of_the_number(context)
    arm, reference = context.arms
    head = (
        f"{context.endpoint.label} with {arm} against {within(reference, context.study)} by "
        f"{name_of(context)}: hazard ratio {estimates(context, (0, 1, 2))}"
    )
    said = f"{head}; {change(context)}{_windows(context)}."
    return explained(
        context.across,
        said,
        (f"whether the effect changes with {name_of(context)}", p_key(numbers.CHANGE), LEVEL),
    )


def estimates(context: AlongContext, places: tuple[int, ...]) -> str:
    """``0.95 (95 % CI 0.62–1.45) at 58, 0.88 (…) at 66 and 1.10 (…) at 72 years``."""
    found = []
    for place in places:
        value, lower, upper = context.effect.quartiles.estimate(place)
        said = "95 % CI " if not found else ""
        beside = context.across.bracket(numbers.ratio(place), f"{value:.2f}", "{:.2f}".format)
        at = context.number(context.effect.quartiles.at[place])
        found.append(f"{value:.2f} ({said}{lower:.2f}–{upper:.2f}){beside} at {at}")
    return f"{listed(found)}{context.unit}"


def change(context: AlongContext) -> str:
    """Whether the effect changes along the number, as far as a test says so."""
    p = context.effect.test.p_value
    beside = context.across.bracket(p_key(numbers.CHANGE), p_number(p), p_number, "no test")
    test = f"interaction {p_value(p)}{beside}"
    if not math.isfinite(p):
        return "whether it changes cannot be tested"
    if p < LEVEL:
        return f"it changes with {name_of(context)}, {test}"
    return f"that it changes is not shown, {test}"


def _windows(context: AlongContext) -> str:
    found = context.stepp
    if found is None or not math.isfinite(found.p_value):
        return ""
    shown = " in the data set shown" if context.across.n else ""
    count = counted(len(found.windows), "sliding window")
    return f" ({p_value(found.p_value)} over {count}{shown})"


def _of_the_number(context: AlongContext) -> str:
    name = name_of(context)
    p = context.effect.test.p_value
    beside = context.across.bracket(p_key(numbers.CHANGE), p_number(p), p_number, "no test")
    middle = context.number(context.effect.quartiles.at[1])
    said = (
        f"Hazard of {within(context.endpoint.event_name, context.study)} against {name} of "
        f"{middle}{context.unit}, the median: ratio {estimates(context, (0, 2))}; "
        f"{p_value(p)}{beside} for {name}."
    )
    return explained(
        context.across, said, (f"whether {name} matters", p_key(numbers.CHANGE), LEVEL)
    )


def cautions(context: AlongContext) -> list[str]:
    """What the reader must know before using the numbers."""
    if obstacle(context):
        return []
    study, variable = context.study, context.options.variable
    looks = context.numbers * len(study.endpoints)
    said = [
        f"Exploratory: one of {counted(context.numbers, 'number')} for {len(study.endpoints)} "
        f"endpoint{'' if len(study.endpoints) == 1 else 's'}; of {looks} such tests about "
        f"{LEVEL * looks:.1f} would be below {LEVEL:g} by chance. Intervals are pointwise"
        f"{' and windows overlap' if context.stepp else ''}: no single one of them is a finding."
    ]
    said += _few(context)
    if context.landmark_days is not None:
        said.append(
            "Landmark analysis: a filter is known only after treatment began, so time starts at "
            f"day {context.landmark_days}, among those still followed without the event then."
        )
    said += broken_randomisation(study, context.view.cohort)
    if study.reconstructed and not context.unfiltered:
        said.append("Illustrative: the paper does not publish this combination of filters.")
    elif study.reconstructed and context.endpoint.id not in variable.published:
        said.append(
            f"Illustrative: the paper does not relate {name_of(context)} to this endpoint, so that "
            "its relation to it here is made up."
        )
    if context.endpoint.competing:
        said.append(counts_as_censored(context.endpoint))
    if context.without_value:
        said.append(f"Without a value, and left out: {patients(context.without_value)}.")
    return said


def _few(context: AlongContext) -> list[str]:
    terms = 5 if context.arms else 2
    events = context.effect.n_events
    if not events or events >= FEW_FOR_A_CURVE * terms:
        return []
    return [
        f"{counted(events, 'event')} for {terms} terms of a model: the curve is unstable and its "
        "band too narrow."
    ]


def few_windows(context: AlongContext, place: int) -> bool:
    """Whether an arm of a window has so few events that its ratio is marked."""
    return bool(context.stepp.events[place].min() < FEW_EVENTS)
