"""What the Monitoring page asks of the analysis: counts of each arm and what a rule says."""

from __future__ import annotations

from dataclasses import replace

from callbacks.memory import Memory
from callbacks.monitoring.ranges import monitoring_across
from callbacks.monitoring.rule import monitored, works
from callbacks.watched import watched
from data.address import View
from data.cohort import select
from data.study import Study
from layouts.monitoring.context import MonitoringContext
from layouts.monitoring.options import MonitoringOptions, events_of
from layouts.shared.nobody import nobody

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
    limits, how_often = memory.recall(works, options.rule, largest)
    return replace(
        context,
        limits=limits,
        operating=how_often,
        groups=monitored(found, options, limits),
        measured=measured,
        across=monitoring_across(memory, study, view.cohort, options, limits),
    )
