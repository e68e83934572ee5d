"""A rule and what it says of the groups that it watches."""

from __future__ import annotations

from analysis.monitoring import (
    Boundary,
    Operating,
    Rule,
    boundary,
    operating,
    predictive,
    share_of_orders,
)
from analysis.proportions import clopper_pearson
from callbacks.memory import Memory
from callbacks.watched import Watched
from layouts.monitoring.context import Monitored
from layouts.monitoring.options import MonitoringOptions
from layouts.monitoring.tables import TRUE_RATES


def monitored(
    found: Watched, options: MonitoringOptions, limits: Boundary
) -> tuple[Monitored, ...]:
    """What the rule says of each group."""
    rule, made = options.rule, []
    for label, place, rows in found.groups:
        n, events = int(rows.sum()), int((rows & found.has).sum())
        made.append(
            Monitored(
                label,
                place,
                clopper_pearson(events, n),
                *rule.posterior(events, n),
                float(rule.probability(events, n)),
                predictive(rule, events, n, int(options.after)),
                share_of_orders(limits, events, n),
            )
        )
    return tuple(made)


def works(memory: Memory, rule: Rule, most: int) -> tuple[Boundary, Operating]:
    """The boundary of a rule up to so many patients, and how often it stops."""
    limits = boundary(rule, most)
    return limits, operating(limits, TRUE_RATES)
