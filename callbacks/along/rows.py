"""Rows of the file of an effect along a number."""

from __future__ import annotations

import math
from collections.abc import Iterable

from callbacks.files import across_columns
from data.pairs import several
from layouts.along import numbers
from layouts.along.context import AlongContext
from layouts.along.words import obstacle
from layouts.shared.numbers import NO_KEY, Key, p_key

NAN = math.nan


def along_rows(context: AlongContext) -> Iterable[dict]:
    """The curve, the quartiles and the windows, one row each; none where nothing is estimated."""
    if obstacle(context):
        return
    effect, found = context.effect, context.stepp
    for place, at in enumerate(effect.curve.at):
        yield _row(context, "curve", (at, NAN, NAN), effect.curve.estimate(place))
    for place, at in enumerate(effect.quartiles.at):
        estimate, key = effect.quartiles.estimate(place), numbers.ratio(place)
        yield _row(context, "quartile", (at, NAN, NAN), estimate, key)
    if found is None:
        return
    for place, one in enumerate(found.ratios):
        bounds = [x[place] for x in (found.windows.middle, found.windows.low, found.windows.high)]
        made = _row(context, "window", bounds, one.estimate, numbers.window(place))
        (n_reference, n_arm), (e_reference, e_arm) = found.n[place], found.events[place]
        counts = (int(n_arm), int(e_arm), int(n_reference), int(e_reference))
        yield (
            made
            | dict(zip(COUNTS, counts, strict=True))
            | {"departure": float(found.departure[place])}
        )


COUNTS = ("n_arm", "events_arm", "n_reference", "events_reference")


def _row(context: AlongContext, kind: str, value, estimate, key: Key = NO_KEY) -> dict:
    variable, effect, found = context.options.variable, context.effect, context.stepp
    row = {"variable": variable.label, "unit": variable.unit, "kind": kind}
    row |= dict(zip(("value", "low", "high"), map(float, value), strict=True))
    row |= dict.fromkeys(COUNTS, NAN)
    row |= dict(zip(("hazard_ratio", "lower", "upper"), map(float, estimate), strict=True))
    row["departure"] = NAN
    row["p_change"] = effect.test.p_value
    row["p_bend"] = effect.bend.p_value
    row["p_windows"] = found.p_value if found is not None else NAN
    columns = {"hazard_ratio": key, "p_change": p_key(numbers.CHANGE)}
    row |= across_columns(context.across, columns)
    if several(context.study) and context.arms:
        row |= dict(zip(("compared", "reference"), context.arms, strict=True))
    return row
