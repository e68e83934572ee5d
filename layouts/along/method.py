"""The footnote of an effect along a number."""

from __future__ import annotations

import numpy as np

from layouts.along.context import AlongContext
from layouts.along.words import name_of, obstacle
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.pairs import pair_words
from layouts.shared.ranges import across_note
from layouts.shared.words import events, listed


def method(context: AlongContext) -> str:
    """Method, cohort and what is drawn."""
    study = context.study
    if obstacle(context):
        return nothing_computed(study, context.view, context.n)
    name, effect = name_of(context), context.effect
    of_arm = context.arms is not None
    terms = f"{pair_words(study, context.pair)}, {name} and their product" if of_arm else name
    spline = "linearly"
    if effect.knots.size:
        at = "at its 10th, 50th and 90th percentile"
        if np.isfinite(effect.knots).all():
            at += f" ({listed([context.number(one) for one in effect.knots])}{context.unit})"
        spline = f"as a natural cubic spline with knots {at}"
    log = ", by its logarithm" if context.options.variable.log else ""
    parts = [
        f"Cox regression on {terms}, the number {spline}{log}; Efron's method for ties; pointwise "
        "95 % Wald intervals",
        f"{'Interaction' if of_arm else 'Effect of the number'}: likelihood-ratio test "
        f"({effect.test.df} df)",
    ]
    if context.stepp is not None:
        parts.append(context.stepp.method)
        parts.append(
            "Those permutations take the number to have nothing to do with the outcome in either "
            "arm; the interaction test allows it an effect of its own"
        )
    if of_arm:
        parts.append("Points: windows at the mean of their patients, bars: their 95 % CI")
    parts.append("The curve is drawn from the 5th to the 95th percentile")
    if study.disclosure.protects:
        parts[-1] = (
            "The curve is drawn between the quartiles, and windows are not shown, as they would "
            "differ by few patients"
        )
    cohort = (
        f"{study.title}, {context.view.cohort.sentence(study)}, n\u00a0=\u00a0{context.n}, "
        f"{events(effect.n_events)}"
    )
    return f"{'. '.join(parts)}. {cohort}. {across_note(context.across)}".rstrip()
