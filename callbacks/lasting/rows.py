"""Rows of ``response-duration.csv``: estimates, shares in response by day, and durations."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.lasting import numbers
from layouts.lasting.context import READ_AT, LastingContext
from layouts.shared.numbers import NAN, by_key

NAMES = ("part", "group", "n", "responders", "time_months", "value", "lower", "upper", "se")


def lasting_rows(context: LastingContext) -> Iterable[dict]:
    """Of each arm its estimates, then ``in response`` (all) and ``duration`` (responders) by day.

    ``value`` is in months of a mean or a median, else a share.
    """
    if context.obstacle:
        yield dict.fromkeys(NAMES)
        return
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    scale, nothing = 1 / numbers.MONTH, {}
    for one in context.arms:
        place = one.position
        asked = [
            ("median duration", numbers.median(place), NAN, scale),
            ("mean months in response", numbers.mean_time(place), context.tau * scale, scale),
        ]
        for month in READ_AT:
            asked.append(("responded by", numbers.responded(month, place), month, 1.0))
            asked.append(("in response at", numbers.in_response(month, place), month, 1.0))
        for part, key, time, unit in asked:
            made = found.get(key)
            value = (NAN,) * 3 if made is None else made.estimate
            beside = across_columns(context.across, {"value": key}, 1 / unit)
            nothing = dict.fromkeys(beside, NAN)
            cells = (part, one.label, one.states.n, one.responders, float(time))
            limits = (unit * x for x in value)
            yield dict(zip(NAMES, (*cells, *limits, NAN), strict=True)) | beside
    for one in context.arms:
        head = (one.label, one.states.n, one.responders)
        states = one.states
        for day, value, se in zip(states.time, states.value, states.se, strict=True):
            share, error = float(value[numbers.IN_RESPONSE]), float(se[numbers.IN_RESPONSE])
            cells = ("in response", *head, float(day) * scale, share, NAN, NAN, error)
            yield dict(zip(NAMES, cells, strict=True)) | nothing
        if one.duration is None:
            continue
        at = one.duration
        for day, *values in zip(at.time, at.survival, at.lower, at.upper, strict=True):
            cells = ("duration", *head, float(day) * scale, *map(float, values), NAN)
            yield dict(zip(NAMES, cells, strict=True)) | nothing
