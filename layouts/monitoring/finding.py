"""What the monitoring found, in one clause."""

from __future__ import annotations

from data.cohort import without_idle
from layouts.monitoring import numbers
from layouts.monitoring.context import Monitored, MonitoringContext
from layouts.monitoring.words import (
    probability_beside,
    sentence,
    stops_now,
    with_probability,
)
from layouts.shared.findings import finding
from layouts.shared.words import listed, within


def monitoring_finding(context: MonitoringContext) -> str:
    """What the rule says of each arm, with the probability."""
    told = [one for one in context.groups if one.told]
    if context.obstacle or not told:
        return sentence(context).rstrip(".")
    said = listed([_of(context, one) for one in told])
    filtered = bool(without_idle(context.study, context.view.cohort).filters)
    return finding(f"the rule chosen here says {said}", exploratory=filtered)


def _of(context: MonitoringContext, one: Monitored) -> str:
    who = f" with {within(one.label, context.study)}" if len(context.groups) > 1 else ""
    key = numbers.probability(one.position)
    said = "stop" if stops_now(context, one) else "go on"
    return (
        f"{said}{who}: {context.event} in {one.share.events} of {one.share.n}, P("
        f"{context.side} {context.options.rate} %) {with_probability(one.probability)}"
        f"{probability_beside(context, key, one.probability)}"
    )
