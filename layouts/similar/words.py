"""The sentence, the cautions and the method of the page; none of them can be read as a forecast."""

from __future__ import annotations

import math

from data.cohort import without_idle
from layouts.shared.ranges import explained
from layouts.shared.words import (
    counted,
    listed,
    patients,
    percent,
    time_interval,
    time_value,
    within,
)
from layouts.similar.context import (
    ASSOCIATION,
    DECLARED,
    FOCUS_EVENTS,
    FOCUS_PATIENTS,
    SimilarContext,
)
from layouts.survival.context import SurvivalContext, median_beside, ratio_across, ratio_interval

UNIT = "months"


def sentence(context: SimilarContext) -> str:
    """What happened to the patients in focus, in one sentence."""
    step, size = context.in_focus, len(context.criteria)
    if step is None:
        return (
            f"No cohort has {FOCUS_PATIENTS} patients and {FOCUS_EVENTS} events of "
            f"{context.endpoint.label}: nothing is drawn."
        )
    who = f"{patients(step.n)} {'is' if step.n == 1 else 'are'} like yours in "
    who += f"{len(step.kept)} of {counted(size, 'respect')}"
    if not context.criteria:
        who = f"All {patients(step.n)}, as nothing is entered of yours yet"
    elif not step.kept:
        who = f"All {patients(step.n)}: too few are like yours in any respect that is entered"
    survival = step.survival
    said = f"{who}: {_medians(survival)}{_ratio(survival)}. {given_words(context)}".strip()
    return explained(survival.across, said)


def _medians(survival: SurvivalContext) -> str:
    parts = []
    for group in survival.result.shown:
        text = time_value(group.median.value, UNIT, survival.decimals)
        if math.isfinite(group.median.value):
            text = f"{text} {UNIT}"
        interval = time_interval(group.median.lower, group.median.upper, UNIT, survival.decimals)
        limits = f" ({'' if parts else '95 % CI '}{interval})" if interval != "–" else ""
        who = f" {survival.who(group)}" if survival.split else ""
        parts.append(f"{text}{limits}{median_beside(survival, group, UNIT)}{who}")
    return f"median {survival.endpoint_word} was {listed(parts)}"


def _ratio(survival: SurvivalContext) -> str:
    ratio = survival.ratio
    if ratio is None or not math.isfinite(ratio.value):
        return ""
    who = survival.who(survival.result.groups[survival.compared[0]])
    beside = ratio_across(survival)
    return (
        f"; hazard ratio {who} {ratio.value:.2f} ({ratio_interval(survival)})"
        f"{beside and f' [{beside}]'}, exploratory"
    )


def cautions(context: SimilarContext) -> list[str]:
    """What must be known before the numbers are used; most important first."""
    step, study = context.in_focus, context.study
    said = []
    if step is None:
        return said
    said.append(
        f"What happened to {patients(step.n)} of a trial: no prediction for one patient. "
        f"{_spread(step.survival)}".strip()
    )
    if step.dropped and context.criteria:
        said.append(f"Dropped: {listed([one.words(study) for one in step.dropped])}.")
    said += _widened(context)
    if study.reconstructed and not step.survival.determined:
        said.append("Illustrative: the paper does not publish this combination.")
    if filters := without_idle(study, context.view.cohort).filters:
        names = listed([one.sentence(study) for one in filters])
        said.append(f"Every cohort also passes the filters above: {names}.")
    return said


def _widened(context: SimilarContext) -> list[str]:
    """Which bounds a study that holds small numbers back has moved outwards."""
    study, step = context.study, context.in_focus
    now = {one.variable: one for one in step.cohort.filters}
    moved = [
        f"{one.words(study)} to {now[name].words(study) if name in now else 'everybody'}"
        for one in step.kept
        if now.get(name := one.variable.id) != one.filter
    ]
    least = study.disclosure.minimum_cell
    why = f"bounds stand where at least {least} patients lie between two"
    return [f"Widened: {listed(moved)}; {why}."] if moved else []


def _spread(survival: SurvivalContext) -> str:
    """How far apart single patients were; not where small numbers are held back."""
    if survival.study.disclosure.protects:
        return ""
    told = []
    for group in survival.result.shown:
        first, last = (group.curve.quantile(share).value for share in (0.25, 0.75))
        if math.isfinite(first) and math.isfinite(last):
            who = f" {survival.who(group)}" if survival.split else ""
            days = " and ".join(time_value(day, UNIT, 1) for day in (first, last))
            told.append(f"between {days} {UNIT}{who}")
    if not told:
        return ""
    event = within(survival.endpoint.event_name, survival.study)
    return f"Half of them had the event ({event}) {listed(told)}."


def given_words(context: SimilarContext) -> str:
    """What became of those who had already come so far; empty where that is not asked."""
    given = context.given
    if given is None:
        return ""
    if not given.result.n:
        return f"Nobody of this cohort was still followed and {given.given}."
    parts = []
    for group in given.result.shown:
        read = group.curve.at([365.25])
        year = percent(float(read.survival[0]))
        median = time_value(group.median.value, UNIT, given.decimals)
        interval = time_interval(group.median.lower, group.median.upper, UNIT, given.decimals)
        unit = f" {UNIT}" if math.isfinite(group.median.value) else ""
        limits = f" ({interval})" if interval != "–" else ""
        who = f" {given.who(group)}" if given.split else ""
        further = "not estimable" if year == "–" else f"{year} a year later"
        limits += median_beside(given, group, UNIT)
        parts.append(
            f"{group.n}{who}: median {median}{unit}{limits} from then, "
            f"{within(given.endpoint.curve, given.study)} {further}"
        )
    return f"Given {given.given}: {'; '.join(parts)}."


def method(context: SimilarContext) -> str:
    """How the cohorts were made, and how their numbers were computed."""
    by = {
        DECLARED: "in the order that the study declares",
        ASSOCIATION: (
            f"in the order of their strength alone (univariable Cox regression of "
            f"{context.study.default_endpoint.label}, all patients), the weakest first"
        ),
    }.get(context.ordered_by, "in your own order")
    parts = [
        f"Characteristics are dropped one at a time, {by}; the first cohort with at least "
        f"{FOCUS_PATIENTS} patients and {FOCUS_EVENTS} events is in focus",
        "each cohort is what these filters leave on every page",
        "Kaplan–Meier, 95 % CI by Greenwood, log transform (as R survfit); a month is 30.4375 days",
        "response of all patients of an arm with Clopper–Pearson intervals",
    ]
    if context.given is not None and context.given.landmark_days is not None:
        parts.append(f"from day {context.given.landmark_days} on for those still at risk then")
    step = context.in_focus
    if step is None:
        return f"{'; '.join(parts)}."
    who = step.cohort.sentence(context.study)
    cohort = f"{context.study.title}, {who}, n\u00a0=\u00a0{step.n}."
    return f"{'; '.join(parts)}. {cohort}"
