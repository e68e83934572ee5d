"""Rows of ``monitoring.csv``: each arm now, the boundary, and what the rule does."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.monitoring import numbers
from layouts.monitoring.context import MonitoringContext
from layouts.monitoring.words import verdict
from layouts.shared.few import whole
from layouts.shared.numbers import NAN

NAMES = (
    "part",
    "group",
    "n",
    "events",
    "planned",
    "events_that_stop",
    "rate",
    "rate_lower",
    "rate_upper",
    "probability",
    "rule",
    "predictive",
    "share_of_orders",
    "stop",
    "stop_early",
    "expected_patients",
)


def monitoring_rows(context: MonitoringContext) -> Iterable[dict]:
    """One row for each arm (``now``), look (``boundary``) and true rate (``operating``).

    ``planned`` counts patients of the rule, not of the study.
    """
    empty = dict.fromkeys(NAMES, NAN) | {"part": "", "group": "", "rule": ""}
    if context.obstacle:
        yield dict.fromkeys(NAMES)
        return
    nothing = across_columns(context.across, {})
    for one in context.groups:
        place = one.position
        keys = {
            "events": numbers.events(place),
            "probability": numbers.probability(place),
            "predictive": numbers.predictive(place),
            "share_of_orders": numbers.orders(place),
        }
        beside = across_columns(context.across, keys)
        nothing = dict.fromkeys(beside, NAN)
        yield (
            empty
            | {
                "part": "now",
                "group": one.label,
                "n": whole(one.share.n),
                "events": whole(one.share.events),
                "rate": one.mean,
                "rate_lower": one.lower,
                "rate_upper": one.upper,
                "probability": one.probability,
                "rule": verdict(context, one),
                "predictive": one.predictive,
                "share_of_orders": one.orders,
            }
            | beside
        )
    limits = context.limits
    for n, events, can in zip(limits.n, limits.events, limits.can_stop, strict=True):
        row = {
            "part": "boundary",
            "planned": int(n),
            "events_that_stop": int(events) if can else NAN,
        }
        yield empty | row | nothing
    found = context.operating
    for rate, stop, early, treated in zip(
        found.rate, found.stops, found.early, found.expected, strict=True
    ):
        yield (
            empty
            | {
                "part": "operating",
                "planned": int(limits.n[-1]),
                "rate": float(rate),
                "stop": float(stop),
                "stop_early": float(early),
                "expected_patients": float(treated),
            }
            | nothing
        )
