"""Sentence, finding, method and cautions of the section Over time."""

from __future__ import annotations

import math

import numpy as np

from analysis.over_time.difference import DRAWS
from analysis.restricted_mean import FEWEST_PATIENTS, RULE
from layouts.arms import time_numbers as keys
from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH
from layouts.arms.family import holm_words, pair_name
from layouts.arms.numbers import numbers_of
from layouts.arms.time_side import stretch
from layouts.charts.interval import signed
from layouts.shared.few import Few
from layouts.shared.numbers import by_key, p_key
from layouts.shared.words import listed, p_number, p_value, uncapitalised, within

FEW_EVENTS = 10


def time_sentence(context: ArmContext) -> str:
    """Where the curves differ most, the ratios of the stretches, and the test of one ratio."""
    if context.each:
        said = []
        for part in context.parts:
            label = within(part.compared.label, context.study)
            if part.result is None:
                said.append(f"{label} not compared")
                continue
            holm = holm_words(context, part, keys.CONSTANT)
            test = f" ({holm} for one ratio)" if holm else ""
            said.append(f"{label} {_stretches(part, 2)}{test}")
        reference = within(context.study.arms[context.study.reference].label, context.study)
        head = f"{context.endpoint.name} over time, hazard ratio against {reference}"
        return f"{head}: {'; '.join(said)}."
    compared, reference = (within(arm.label, context.study) for arm in context.arms)
    test = by_key(numbers_of(context.result))[keys.CONSTANT]
    beside = context.across.bracket(p_key(test.key), p_number(test.p), p_number, "no test")
    one = "one ratio for all stretches cannot be tested"
    if math.isfinite(test.p):
        one = f"test of one ratio for all stretches {p_value(test.p)}{beside}"
    head = f"{context.endpoint.name} with {compared} against {reference}"
    return f"{head}: {_largest(context)}hazard ratio {_stretches(context, 4)}; {one}."


def _largest(context: ArmContext) -> str:
    """The largest difference with its interval on all days, and when the band leaves out 0."""
    one = context.result.found.difference
    known = np.isfinite(one.value)
    if not known.any():
        return ""
    place = int(np.nanargmax(np.where(known, np.abs(one.value), np.nan)))
    points = signed(f"{100 * one.value[place]:.0f}")
    low, high = one.band_lower[place], one.band_upper[place]
    words = f"the curves differ most at month {one.time[place] / MONTH:.1f}, by {points} points"
    if math.isfinite(low):
        ends = " to ".join(signed(f"{100 * x:.0f}") for x in (low, high))
        words += f" (95 % band {ends})"
    return f"{words}; {_outside(one)}; "


def _outside(one) -> str:
    """When the simultaneous band leaves out no difference."""
    apart = (one.band_lower > 0) | (one.band_upper < 0)
    if not np.isfinite(one.band_lower).any():
        return "no simultaneous band"
    if not apart.any():
        return "the band holds no difference throughout"
    days = one.time[apart] / MONTH
    if days[0] == days[-1]:
        return f"the band leaves out no difference at month {days[0]:.1f}"
    return f"the band leaves out no difference between months {days[0]:.1f} and {days[-1]:.1f}"


def _stretches(part: ArmContext, most: int) -> str:
    """``0.57 (95 % CI 0.40 to 0.81) in months 0 to 6 and …``."""
    found, said = by_key(numbers_of(part.result)), []
    for place, one in enumerate(part.result.found.pieces.pieces):
        ratio = found[keys.piece(place)]
        if not math.isfinite(ratio.value) or len(said) == most:
            continue
        two = "{:.2f}".format
        across = part.across.bracket(ratio.key, two(ratio.value), two)
        where = uncapitalised(stretch(one))
        where = f"in {where}" if where.startswith("months") else where
        limits = f"(95 % CI {ratio.lower:.2f} to {ratio.upper:.2f})"
        said.append(f"{ratio.value:.2f}{across} {limits} {where}")
    return listed(said) if said else "not estimable in any stretch"


def time_finding(context: ArmContext) -> str:
    """The differences of the stretches, in a clause."""
    if context.each:
        return time_sentence(context).rstrip(".")
    endpoint = within(context.endpoint.name, context.study)
    return f"{endpoint}: hazard ratio {_stretches(context, 3)}"


def time_method(context: ArmContext) -> list[str]:
    """How each of the three is made."""
    return [
        "Difference of Kaplan–Meier curves with pointwise 95 % limits (Greenwood, darker) and a "
        "simultaneous 95 % band (lighter): equal precision, its width from "
        f"{DRAWS:,} draws of the curves' Gaussian limit with a fixed seed (Parzen, Wei & Ying "
        f"1997), from the first day on which both arms have had an event to {RULE}.",
        "Mean time gained: difference of restricted means up to every month, Greenwood standard "
        "errors, pointwise.",
        "Smoothed hazard ratio: scaled Schoenfeld residuals against 1 − Kaplan–Meier, natural "
        "spline with 4 degrees of freedom, as R's plot.cox.zph; dashed: one Cox regression for "
        f"each stretch, cut at months {listed([str(month) for month in keys.CUTS])}; test of one "
        "ratio by the likelihood ratio.",
    ]


def time_cautions(context: ArmContext) -> list[str]:
    """What a difference over time cannot say."""
    said = [
        "A hazard ratio of a later stretch compares those who are left, whom treatment has "
        "selected: the arms are no longer alike by chance, and no stretch shows by itself when a "
        "treatment works."
    ]
    for part in context.shown:
        if part.result is None:
            continue
        head = f"{pair_name(part)}: " if context.each else ""
        found = part.result.found
        few = [
            one
            for one in found.pieces.pieces
            if not any(isinstance(n, Few) for n in one.events) and 0 < sum(one.events) < FEW_EVENTS
        ]
        if few:
            names = listed([uncapitalised(stretch(one)) for one in few])
            said.append(f"{head}Fewer than {FEW_EVENTS} events: {names}.")
        if not math.isfinite(found.horizon):
            said.append(
                f"{head}An arm has fewer than {FEWEST_PATIENTS} patients: no band and no means."
            )
    return said
