"""The sentence, the cautions and the footnote of a threshold."""

from __future__ import annotations

import math

from analysis.best_cut import FOLDS
from layouts.shared import thresholds
from layouts.shared.claims import LEVEL
from layouts.shared.competing_words import counts_as_censored
from layouts.shared.late_words import broken_randomisation, known_late, late_filters
from layouts.shared.nobody import nobody
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.numbers import p_key
from layouts.shared.ranges import across_note, explained
from layouts.shared.words import (
    FEW_EVENTS,
    counted,
    events,
    p_number,
    p_value,
    patients,
    time_value,
    within,
)
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK, median
from layouts.thresholds.context import ThresholdContext


def obstacle(context: ThresholdContext) -> str:
    """Why there is nothing to draw; empty where there is."""
    study = context.study
    if context.options.variable is None:
        return "This study has no number by which survival could be looked at."
    if study.disclosure.protects:
        return (
            "In this study a number is cut where the study cuts it, and nowhere else: neighbouring "
            "thresholds differ by few patients, who could be told from the others."
        )
    if not context.in_cohort:
        return nobody(study, context.view.cohort)
    if not context.with_endpoint:
        if context.landmark_days is not None:
            return f"Nobody in this cohort was still followed at day {context.landmark_days}."
        return f"Nobody in this cohort has {within(context.endpoint.name, study)}."
    name = name_of(context)
    if context.options.scale is None:
        return f"All patients have the same value of {name}, or none."
    if context.result is None:
        return f"Nobody in this cohort has a value of {name}."
    return ""


def name_of(context: ThresholdContext) -> str:
    """The number within a sentence."""
    return within(context.options.variable.label, context.study)


def sentence(context: ThresholdContext) -> str:
    """One sentence for the minutes of a tumour board: estimates first, the adjusted p behind."""
    if blocked := obstacle(context):
        return blocked
    found, cut = context.result, context.options.cut_text
    if found.ratio is None:
        side = "below" if not found.groups.groups[0].n else "at or above"
        return f"Nobody in this cohort is {side} {name_of(context)} of {cut}."
    said = (
        f"{context.endpoint.label} with {name_of(context)} of {cut} or more against less: "
        f"{ratio_words(context)}{_medians(context)}; {tests(context)}."
    )
    key = p_key(LOG_RANK)
    return explained(context.across, said, ("whether the log-rank p is below 0.05", key, LEVEL))


def ratio_words(context: ThresholdContext) -> str:
    """``hazard ratio 1.35 (95 % CI 0.97–1.88) [1.1–1.5], 1.24 after shrinkage``."""
    ratio, across = context.result.ratio, context.across
    if not math.isfinite(ratio.value):
        return "no hazard ratio can be estimated"
    words = f"{ratio.value:.2f}"
    beside = across.bracket(HAZARD_RATIO, words, "{:.2f}".format)
    return (
        f"hazard ratio {words} (95 % CI {ratio.lower:.2f}–{ratio.upper:.2f}){beside}, "
        f"{context.result.shrunk:.2f} after shrinkage"
    )


def _medians(context: ThresholdContext) -> str:
    """The two medians, the group at or above first."""
    said = []
    for place in (1, 0):
        text = months(context, context.result.groups.groups[place].median.value)
        beside = context.across.bracket(
            median(place), text, lambda days: months(context, days), "NR"
        )
        said.append(f"{text}{beside}")
    return f"; median {said[0]} against {said[1]} months"


def months(context: ThresholdContext, days: float) -> str:
    """A time as it stands on the page."""
    return time_value(days, "months", context.study.decimals)


def tests(context: ThresholdContext) -> str:
    """The p-value adjusted for all thresholds, and that of this one alone."""
    found, across = context.result, context.across
    p = found.groups.test.p_value if found.groups.test else math.nan
    beside = across.bracket(p_key(LOG_RANK), p_number(p), p_number, "no test")
    alone = f"log-rank {p_value(p)}{beside}"
    if not math.isfinite(context.adjusted):
        return f"{alone}, not adjusted: too few patients on one side"
    shown = " in the data set shown" if across.n else ""
    count = counted(found.selected.threshold.size, "threshold")
    return f"{p_value(context.adjusted)} adjusted for all {count}{shown}, {alone} alone"


def cautions(context: ThresholdContext) -> list[str]:
    """What the reader must know before using the numbers."""
    if obstacle(context):
        return []
    study, variable, found = context.study, context.options.variable, context.result
    said = [_too_large(context)]
    if context.landmark_days is not None:
        late = [one for one in (variable,) if one.after_baseline]
        late += late_filters(study, context.view.cohort)
        said.append(
            f"Landmark analysis: {known_late(list(dict.fromkeys(late)))}, so time starts at day "
            f"{context.landmark_days}, among those still followed without the event then."
        )
    said += broken_randomisation(study, context.view.cohort)
    if context.illustrative:
        said.append(
            "Illustrative: the paper does not publish this split, so that where it would be best "
            "to cut is made up."
        )
    few = [one.label for one in found.groups.groups if 0 < one.events < FEW_EVENTS]
    if few:
        said.append(f"Fewer than {FEW_EVENTS} events in {few[0]}: estimates are unstable.")
    if context.endpoint.competing:
        said.append(counts_as_censored(context.endpoint))
    without = context.with_endpoint - context.n
    if without:
        said.append(f"Without a value, and in no group: {patients(without)}.")
    return said


def _too_large(context: ThresholdContext) -> str:
    """That an estimate at the best of many thresholds is too large, with how much of it is left."""
    found = context.result
    head = (
        "Exploratory: an estimate at a threshold that was chosen by looking is too large, and its "
        "p-value too small"
    )
    if found.best is None or not math.isfinite(found.best.value):
        return f"{head}."
    cut = context.options.text(context.best_cut)
    here = "Here, at the best one" if context.is_best else f"At the best one, {cut}"
    said = f"{head}. {here}, the hazard ratio is {found.best.value:.2f}, after shrinkage "
    said += f"{found.best_shrunk:.2f}"
    if math.isfinite(found.validated.value):
        said += (
            f", and {found.validated.value:.2f} among patients who had no part in choosing it "
            "(cross-validation)"
        )
    return f"{said}."


def method(context: ThresholdContext) -> str:
    """Method, cohort and who is left out."""
    study = context.study
    if obstacle(context):
        return nothing_computed(study, context.view, context.n)
    parts = [
        "Kaplan–Meier with 95 % CI by Greenwood, log transform; log-rank test; Cox regression, "
        "Efron's method for ties, Wald interval",
        "Shrinkage of the log hazard ratio by (χ² − 1) / χ² of its Wald statistic (van "
        "Houwelingen and le Cessie 1990), which does not know of the search; the interval is not "
        "shrunk",
        f"Adjusted p: {context.result.selected.method}",
    ]
    if math.isfinite(context.result.validated.value):
        parts.append(
            f"Cross-validation: {FOLDS} random parts, each divided at the best threshold of the "
            "others"
        )
    parts.append("Cutting a number in two loses what lies between: see Effect along a number")
    cohort = (
        f"{study.title}, {context.view.cohort.sentence(study)}, n\u00a0=\u00a0{context.n}, "
        f"{events(sum(one.events for one in context.result.groups.groups))}"
    )
    return f"{'. '.join(parts)}. {cohort}. {across_note(context.across)}".rstrip()


def looked_at(context: ThresholdContext) -> dict | None:
    """What the browser needs to count the thresholds that were looked at; None without any."""
    if obstacle(context):
        return None
    view, found = context.view, context.result
    many = counted(found.possible, "threshold")
    said = f"Of this number, {many} would split these patients differently."
    best = found.selected.best
    if best is not None:
        said += (
            f" The best of the {found.selected.threshold.size} tested has "
            f"{p_value(float(found.selected.p_adjusted[best]))} after adjustment."
        )
    filters = [f"{one.variable}={one.text()}" for one in view.cohort.filters]
    key = [context.options.variable.id, view.endpoint, view.cohort.analysis_set, *filters]
    over = "numbers, endpoints and filters"
    key.append(f"{context.options.cut:g}")
    return thresholds.looked_at(context.study.version, "numbers", key, over, said)
