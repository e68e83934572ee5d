"""Rows of ``states.csv``: shares by day, and mean times."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.shared.numbers import NAN, by_key
from layouts.states import numbers
from layouts.states.context import STATES, StatesContext

NAMES = ("part", "group", "state", "time_months", "share", "se", "mean_months", "lower", "upper")


def states_rows(context: StatesContext) -> Iterable[dict]:
    """Of each arm and state the mean time (``mean``), then the share on every day (``share``)."""
    if context.obstacle:
        yield dict.fromkeys(NAMES)
        return
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    empty = dict.fromkeys(NAMES, NAN)
    scale = 1 / numbers.MONTH
    nothing = {}
    for one in context.arms:
        for state, name in enumerate(STATES):
            made = found[numbers.mean_time(one.position, state)]
            beside = across_columns(context.across, {"mean_months": made.key}, numbers.MONTH)
            nothing = dict.fromkeys(beside, NAN)
            row = {"part": "mean", "group": one.label, "state": name}
            row |= {"time_months": context.tau * scale, "mean_months": made.value * scale}
            row |= {"lower": made.lower * scale, "upper": made.upper * scale}
            yield empty | row | beside
    for one in context.arms:
        for day, values, errors in zip(one.found.time, one.found.value, one.found.se, strict=True):
            for name, value, se in zip(STATES, values, errors, strict=True):
                row = {"part": "share", "group": one.label, "state": name}
                row |= {"time_months": float(day) * scale, "share": float(value), "se": float(se)}
                yield empty | row | nothing
