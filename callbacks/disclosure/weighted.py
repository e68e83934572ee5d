"""Weighted comparisons as they leave: no single weight, curves of several events, no exact day."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from analysis.weighting.curve import WeightedCurve
from analysis.weighting.weights import ArmWeights
from callbacks.disclosure.about import About
from callbacks.disclosure.counts import released_balance
from callbacks.disclosure.curves import reached, tenths
from data.disclosure import few
from layouts.arms.more_results import AllSizes, VariableBalance, WeightedResult


def released_sizes(found: AllSizes, about: About) -> AllSizes:
    """Patients and events of the arms, which stand on other sections too."""
    if any(n and few(n, about.least) for n in found.n):
        raise about.withheld(found.n)
    return replace(found, events=tuple(about.counts(found.events)))


def released_weighted(found: WeightedResult, about: About) -> WeightedResult:
    """Two arms compared by weights; nothing where one has too few with all covariates."""
    inner = found.found
    if any(few(n, about.least) for n in (*inner.n, *filter(None, found.n))):
        raise about.withheld((*inner.n, *filter(None, found.n)))
    about.analysed(sum(found.n), sum(inner.n))
    weights = inner.weights
    if weights is not None:
        # The percentiles lie next to the weights of single patients.
        arms = tuple(_without_ends(one) for one in weights.arms)
        nothing = np.full(weights.value.shape, np.nan)
        limits = weights.limits and (math.nan, math.nan)
        weights = replace(
            weights, value=nothing, limits=limits, cut=about.count(weights.cut), arms=arms
        )
    inner = replace(
        inner,
        events=tuple(about.counts(inner.events)),
        left_out=about.count(inner.left_out),
        score=replace(inner.score, chance=np.full(inner.score.chance.shape, np.nan)),
        weights=weights,
        curves=tuple(_curve(one, about) for one in inner.curves),
        crude_curves=tuple(_curve(one, about) for one in inner.crude_curves),
        used=np.zeros(0, bool),
    )
    balances = tuple(_told(one, about) for one in found.balances)
    return replace(found, found=inner, balances=balances)


def _told(one: VariableBalance, about: About) -> VariableBalance:
    """A difference is told where its counts are."""
    balance = released_balance(one.balance, about)
    return replace(one, balance=balance, after=math.nan if np.isnan(balance.smd) else one.after)


def _without_ends(one: ArmWeights) -> ArmWeights:
    def inside(five):
        return (math.nan, *five[1:4], math.nan)

    return replace(one, quartiles=inside(one.quartiles), chances=inside(one.chances))


def _curve(curve: WeightedCurve, about: About) -> WeightedCurve:
    """Steps at which the smallest count of events has come together, in tenths of months."""
    places = reached(curve.events, about.cell)
    kept: list[int] = []
    for i in places:
        if kept and tenths(curve.time[i]) == tenths(curve.time[kept[-1]]):
            kept.pop()
        kept.append(i)
    place = np.array(kept, int)
    events = np.diff(np.cumsum(curve.events)[place], prepend=0)
    arrays = {
        name: getattr(curve, name)[place]
        for name in ("survival", "n_risk", "patients", "std_err", "lower", "upper")
    }
    arrays["n_risk"] = np.full(place.size, np.nan)
    arrays["patients"] = np.where(arrays["patients"] >= about.least, arrays["patients"], 0)
    return WeightedCurve(time=tenths(curve.time[place]), events=events, **arrays)
