"""An effect along a number as it leaves: the curve between the quartiles, and no windows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.effect_along import EffectAlong, Ratios
from callbacks.disclosure.about import About
from data.disclosure import few
from data.study import ARM
from layouts.along.context import AlongContext


def released_along(context: AlongContext, about: About) -> AlongContext:
    """A model of all patients in view, drawn where the quartiles are printed anyway.

    Windows differ by a few patients each, and so would tell of them; the outer ends of the curve
    and its knots lie beside single values.
    """
    if context.effect is None:
        return context
    n, without = context.effect.n, context.without_value
    if few(n, about.least):
        raise about.too_few()
    about.analysed(context.in_cohort, n)
    if context.arms and about.hidden(ARM):
        raise about.without_arms()
    if context.stepp is not None and any(few(one, about.least) for one in context.stepp.arms):
        raise about.too_few()
    effect = replace(
        _between_quartiles(context.effect),
        knots=np.full(context.effect.knots.shape, np.nan),
        n_events=about.count(context.effect.n_events),
    )
    return replace(context, effect=effect, stepp=None, without_value=about.count(without))


def _between_quartiles(effect: EffectAlong) -> EffectAlong:
    curve, (low, _, high) = effect.curve, effect.quartiles.at
    inside = (curve.at >= low) & (curve.at <= high)
    if not inside.any():
        return replace(effect, curve=effect.quartiles)
    kept = (x[inside] for x in (curve.at, curve.value, curve.lower, curve.upper))
    return replace(effect, curve=Ratios(*kept))
