"""The sentence of each view of the Dosimetry page, and what must be known before using it."""

from __future__ import annotations

import math

from data.sections.dosimetry import DELIVERED
from layouts.dosimetry.context import DosimetryContext, Withheld
from layouts.dosimetry.disclosure import withheld_words
from layouts.dosimetry.options import ACTIVITY, AGREEMENT, RESPONSE, SURVIVAL
from layouts.shared.late_words import broken_randomisation
from layouts.shared.nobody import nobody
from layouts.shared.words import (
    correlation,
    listed,
    p_value,
    patients,
    percent,
    time_value,
    within,
)

FEWEST_PAIRS = 10
"""Pairs from which on limits of agreement are shown without a word about how few they are."""


def obstacle(context: DosimetryContext) -> str:
    """Why there is nothing to draw; empty where there is."""
    options, found = context.options, context.result
    if options.view == ACTIVITY:
        return ""
    if not context.in_cohort:
        return nobody(context.study, context.view.cohort)
    if options.dose is None:
        return "No dose was both planned and delivered; the table summarises each."
    what = context.dose_words()
    if found is None:
        return f"Fewer than two different values are known: {what}."
    if isinstance(found, Withheld):
        why = f": {found.why}" if found.why else ""
        return f"{withheld_words(context.study)}{why}."
    if options.view == AGREEMENT:
        if not found.planned.size:
            return f"Nobody on screen has it both planned and delivered: {context.dose_words('')}."
        if found.result is None:
            return "A dose of 0 has no ratio; compare the two by their difference."
    elif options.view == RESPONSE:
        if not found.roc.n_with + found.roc.n_without:
            return f"No {context.words.one} on screen has both dose and response."
    elif options.view == SURVIVAL:
        if not found.groups.n:
            return f"Nobody on screen has both the dose and {found.endpoint.label}."
    elif not sum(found.n):
        return "Nobody on screen has both the dose and recorded adverse events."
    return ""


def sentence(context: DosimetryContext) -> str:
    """One sentence for the minutes of a tumour board."""
    blocked = obstacle(context)
    if blocked:
        return blocked
    if context.options.view == ACTIVITY:
        return _prescription(context)
    said = {
        AGREEMENT: _agreement,
        RESPONSE: _response,
        SURVIVAL: _survival,
    }.get(context.options.view, _toxicity)(context)
    return f"{said}{_simulated(context)}"


def _simulated(context: DosimetryContext) -> str:
    """What a sentence about a relation of doses rests on where the study made the pairs up."""
    if not context.study.dosimetry.columns.simulated:
        return ""
    rests = "which patient has which dose"
    if context.options.view == AGREEMENT:
        rests = "which planned and which delivered dose belong together"
    elif context.options.view == RESPONSE and context.options.dose.of_lesions:
        rests = f"which {context.words.one} has which dose"
    return f" Simulated: {rests} is made up, so this is an illustration and no evidence."


def _prescription(context: DosimetryContext) -> str:
    study = context.study
    head = "" if context.has_doses else f"{study.title} has no doses of patients or lesions. "
    prescription = study.dosimetry.columns.prescription if study.dosimetry else None
    if prescription:
        return f"{head}{prescription.words}"
    return f"{head}The study does not say by which rule activity was prescribed."


def _agreement(context: DosimetryContext) -> str:
    found = context.result
    result, unit = found.result, context.unit
    n = context.counted(result.n, context.options.dose.of_lesions)
    what = context.dose_words("")
    if result.scale == "ratio":
        low, mean, high = (f"{one.value:.2f}" for one in _limits(result))
        if not math.isfinite(result.sd):
            return f"{what}: planned is {mean} times delivered in the only pair."
        return (
            f"{what}: planned is {mean} times delivered on average, {low} to {high} times in about "
            f"95 % of single cases ({n})."
        )
    mean = context.number(result.mean.value, 1)
    if not math.isfinite(result.sd):
        return f"{what}: planned − delivered is {mean}{unit} in the only pair."
    low, high = context.number(result.lower_limit.value), context.number(result.upper_limit.value)
    return (
        f"{what}: planned − delivered is {mean}{unit} on average, but between {low} and "
        f"{high}{unit} in about 95 % of single cases ({n})."
    )


def _limits(result):
    return result.lower_limit, result.mean, result.upper_limit


def _response(context: DosimetryContext) -> str:
    found = context.result
    yes_above, yes_below, no_above, no_below = found.counts
    above, below = yes_above + no_above, yes_below + no_below
    shares = [
        f"{yes} of {context.counted(n, True)} ({percent(yes / n)})" if n else "none"
        for yes, n in ((yes_above, above), (yes_below, below))
    ]
    if above and below:
        said = (
            f"{shares[0]} with {context.threshold_text()} or more responded, {shares[1]} with less"
        )
    else:
        subject = f"All {context.words.several} on screen lie"
        if above + below == 1:
            subject = f"The only {context.words.one} on screen lies"
        side = "at or above" if above else "below"
        said = f"{subject} {side} {context.threshold_text()}"
    auc = found.roc.clustered
    if math.isfinite(auc.value):
        limits = f" (95 % CI {auc.lower:.2f}–{auc.upper:.2f})" if math.isfinite(auc.lower) else ""
        return f"{said}; area under the ROC curve {auc.value:.2f}{limits}."
    return f"{said}; without both outcomes there is no ROC curve."


def _survival(context: DosimetryContext) -> str:
    found = context.result
    below, above = found.groups.groups
    label = found.endpoint.label
    if not below.n or not above.n:
        side, n = "at or above" if above.n else "below", found.groups.n
        subject = "The only patient lies" if n == 1 else f"All {patients(n)} lie"
        return f"{subject} {side} {context.threshold_text()}: there is nothing to compare."
    decimals = context.study.decimals
    first, second = (time_value(g.median.value, "months", decimals) for g in (above, below))
    p = found.groups.test.p_value if found.groups.test else math.nan
    adjusted = found.selected.adjusted(context.options.threshold)
    tail = (
        f"{p_value(adjusted)} adjusted for all thresholds"
        if math.isfinite(adjusted)
        else "not adjusted: too few patients on one side"
    )
    return (
        f"Median {label} {first} months with {context.threshold_text()} or more "
        f"(n\u00a0=\u00a0{above.n}), {second} with less (n\u00a0=\u00a0{below.n}); log-rank "
        f"{p_value(p)}, {tail}."
    )


def _toxicity(context: DosimetryContext) -> str:
    found = context.result
    n = sum(found.n)
    medians = [
        f"{context.number(median, 0)}{context.unit} {words}"
        for median, words in ((found.median_with, "with"), (found.median_without, "without"))
        if math.isfinite(median)
    ]
    said = f": median {listed(medians)}" if medians else ""
    rank = found.correlation
    tail = (
        f"; Spearman's {correlation('ρ', rank.rho)}, {p_value(rank.p_value)}"
        if math.isfinite(rank.rho)
        else "; there is no correlation to compute"
    )
    return (
        f"{n - found.n[0]} of {patients(n)} had {within(found.terms, context.study)} adverse "
        f"events; {within(context.dose_words(), context.study)}{said}{tail}."
    )


def cautions(context: DosimetryContext) -> list[str]:
    """What the reader must know before using the numbers."""
    options, study = context.options, context.study
    if options.view == ACTIVITY or not context.has_doses or not context.in_cohort:
        return []
    said = [study.dosimetry.columns.note] if study.dosimetry.columns.note else []
    if context.result is not None and not obstacle(context):
        said += _withheld(context)
        said += _dependence(context)
        if options.view == AGREEMENT:
            said += _few_pairs(context)
        if options.view == SURVIVAL:
            said += _survival_cautions(context)
    if study.reconstructed and not context.unfiltered:
        said.append("Illustrative: the paper publishes doses of all treated patients only.")
    return said + broken_randomisation(study, context.view.cohort)


def _withheld(context: DosimetryContext) -> list[str]:
    """Why some doses are not shown beside others that are."""
    if getattr(context.result, "withheld", False):
        return [f"{withheld_words(context.study)}, nor the smallest and largest of any grade then."]
    if any(one.withheld for one in context.summaries):
        return [f"{withheld_words(context.study)}."]
    return []


def _dependence(context: DosimetryContext) -> list[str]:
    """Several lesions of one patient are not independent."""
    found, dose = context.result, context.options.dose
    several = getattr(found, "several", 0)
    if not dose.of_lesions or not several:
        return []
    lesions = context.words.several
    said = (
        f"{patients(several)} of {found.patients} {'has' if several == 1 else 'have'} more than "
        f"one {context.words.one}: "
        f"{lesions} of one patient are not independent"
    )
    if context.options.view == RESPONSE:
        return [f"{said}. The interval of the area allows for that, the p-values do not."]
    return [f"{said}, and the intervals do not allow for that."]


def _few_pairs(context: DosimetryContext) -> list[str]:
    """Limits of agreement promise more than a handful of pairs can tell."""
    n = context.result.result.n
    if n >= FEWEST_PAIRS:
        return []
    if n == 1:
        return ["A single pair has no limits of agreement."]
    return [f"Only {n} pairs: limits of agreement from so few are hardly more than a guess."]


def _survival_cautions(context: DosimetryContext) -> list[str]:
    found, dose = context.result, context.options.dose
    said = []
    if dose.of_lesions:
        said.append(f"Each patient counts with the mean over their {context.words.several}.")
    if found.landmark_days is not None:
        said.append(
            f"Landmark analysis: time starts at day {found.landmark_days}; {found.before_landmark} "
            "did not reach it."
        )
    elif context.options.estimate == DELIVERED and not found.endpoint.later_origin:
        said.append(
            f"Time counts from {found.endpoint.origin}, but the dose delivered is known only "
            "after treatment: who is on screen lived until then."
        )
    return [" ".join(said)] if said else []


def left_out(context: DosimetryContext) -> list[str]:
    """Who is in view but not in the numbers, and why."""
    found, options = context.result, context.options
    if found is None:
        return []
    of_lesions = options.dose.of_lesions and options.view in (AGREEMENT, RESPONSE)
    counts = (
        ("incomplete", "without both doses"),
        ("without_dose", "without this dose"),
        ("without_response", "without a response"),
        ("without_endpoint", "without the endpoint"),
        ("not_recorded", "without recorded adverse events"),
    )
    said = []
    for name, words in counts:
        n = getattr(found, name, 0)
        if n:
            said.append(f"{context.counted(n, of_lesions)} {words} left out")
    if of_lesions and context.off_target:
        size = context.words.target_words
        said.append(f"{context.off_target} of {context.lesions} not {size}")
    return said
