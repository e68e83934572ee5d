"""What the Monitoring page asks of the analysis: counts of each arm and what a rule says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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
from callbacks.ranges import across_of
from callbacks.watched import Watched, watched
from data.address import View
from data.cohort import Cohort, select
from data.study import Study
from layouts.monitoring import numbers
from layouts.monitoring.context import Monitored, MonitoringContext
from layouts.monitoring.options import MonitoringOptions, events_of
from layouts.monitoring.tables import TRUE_RATES
from layouts.shared.nobody import nobody
from layouts.shared.ranges import NOTHING, Across

# Patients of a trial that looks after every one of them; more are no trial of this kind.
MOST = 400


def ask(memory: Memory, study: Study, view: View, options: MonitoringOptions) -> MonitoringContext:
    """The rule of the options, and what it says of the patients on screen."""
    in_cohort = int(select(study, view.cohort).sum())
    context = MonitoringContext(
        study, view, options, options.rule, None, None, (), in_cohort, 0, ""
    )
    if not events_of(study):
        said = f"{study.title} has neither adverse events nor response to monitor."
        return replace(context, obstacle=said)
    if not in_cohort:
        return replace(context, obstacle=nobody(study, view.cohort))
    found = watched(memory, study, view.cohort, options.event)
    measured = int(found.rows.sum())
    if not found.groups:
        said = "Of no patient on screen the data say whether the event happened."
        return replace(context, obstacle=said)
    largest = max(int(rows.sum()) for _, _, rows in found.groups)
    if largest > MOST:
        said = (
            f"Rules that look after every few patients are for trials of up to {MOST} patients in "
            f"an arm; on screen are {largest:,}."
        )
        return replace(context, measured=measured, obstacle=said)
    limits, works = memory.recall(_works, options.rule, largest)
    return replace(
        context,
        limits=limits,
        operating=works,
        groups=monitored(found, options, limits),
        measured=measured,
        across=_ranges(memory, study, view.cohort, options, limits),
    )


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


def _works(memory: Memory, rule: Rule, most: int) -> tuple[Boundary, Operating]:
    limits = boundary(rule, most)
    return limits, operating(limits, TRUE_RATES)


def _ranges(memory: Memory, study: Study, cohort, options, limits: Boundary) -> Across:
    if not study.reconstructions:
        return NOTHING
    return memory.recall(_across, study, cohort, options, limits.n[-1])


def _across(memory: Memory, study: Study, cohort: Cohort, options, most: int) -> Across:
    limits, _ = memory.recall(_works, options.rule, int(most))
    sets = study.reconstructions
    return across_of(len(sets), _numbers(memory, sets, cohort, options, limits))


def _numbers(memory: Memory, sets, cohort: Cohort, options, limits: Boundary) -> Iterable:
    for one in sets:
        found = watched(memory, one, cohort, options.event)
        yield from numbers.numbers_of(monitored(found, options, limits))
