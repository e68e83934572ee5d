"""What a reader of the Compare arms page must know before using its numbers."""

from __future__ import annotations

import math

from data.cohort import without_idle
from data.pairs import several
from layouts.arms import numbers
from layouts.arms.context import ArmContext
from layouts.arms.effect import FEW_PATIENTS
from layouts.arms.family import all_sizes, pair_name
from layouts.arms.power_words import power_cautions
from layouts.arms.tests import where_changing
from layouts.arms.time_words import time_cautions
from layouts.arms.weighted_words import weighted_cautions
from layouts.shared.competing_words import MedianBeside, competing_caution
from layouts.shared.late_words import known_late
from layouts.shared.model_words import readable, size_of
from layouts.shared.numbers import p_key
from layouts.shared.words import listed, p_number, p_value, patients, time_value, within

FEW_EVENTS_PER_TERM = 10
_NOT_PUBLISHED = {
    "competing": "the publication prints no cumulative incidence with competing risks.",
    "time": "the publication prints no effect over time.",
    "adjusted": "the publication does not say how covariates go together with the outcome.",
    "balance": "the publication does not say how covariates go together with the outcome.",
}


def cautions(context: ArmContext) -> list[str]:
    """What the reader must know before using the numbers; most important first."""
    if context.result is None:
        return []
    said = []
    chosen = context.study.analysis_set(context.view.cohort.analysis_set)
    if context.study.reconstructed and (
        without_idle(context.study, context.view.cohort).filters or not chosen.published
    ):
        said.append("Illustrative: the paper does not publish this combination.")
    elif context.study.reconstructed and context.options.show in _NOT_PUBLISHED:
        said.append(f"Illustrative: {_NOT_PUBLISHED[context.options.show]}")
    said += _comparability(context)
    said += _late(context)
    missing = context.in_cohort - context.with_endpoint
    if context.endpoint.population and context.options.show not in ("competing", "response"):
        said.append(
            f"Only {context.endpoint.population}: {context.with_endpoint} of {context.in_cohort}. "
            "They were selected by what happened during treatment, so a difference between the "
            "arms is no effect of the treatment they started with."
        )
    elif missing and context.landmark_days is not None and context.options.show != "response":
        said.append(
            f"Landmark analysis: time starts at day {context.landmark_days}; {patients(missing)} "
            "whose follow-up ended or who had the event by then are left out."
        )
    said += _competing(context)
    if context.options.show == "balance":
        said += _model_cautions(context)
    if context.options.show == "adjusted":
        said += weighted_cautions(context)
    if context.options.show == "power":
        said += power_cautions(context)
    if context.options.show == "time":
        said += time_cautions(context)
    if context.each:
        said += dict.fromkeys(part.obstacle for part in context.parts if part.obstacle)
    if context.options.show == "effect":
        said += [
            one
            for part in context.shown
            if part.result is not None
            for one in _ratio_cautions(part)
        ]
    return said


def _ratio_cautions(context: ArmContext) -> list[str]:
    """What makes a hazard ratio of two arms hard to read."""
    said, result = [], context.result
    ratio = f"hazard ratio of {pair_name(context)}" if several(context.study) else "hazard ratio"
    if not result.proportional:
        p = result.hazards.global_test.p_value
        beside = context.across.bracket(p_key(numbers.HAZARDS), p_number(p), p_number, "no test")
        said.append(
            f"The {ratio} changes over time{where_changing(context)} "
            f"(proportional hazards {p_value(p)}{beside}): it is an average over the follow-up, "
            "and depends on its length. The mean time gained does not rest on it."
        )
    if result.cox.reasons[0]:
        said.append(result.cox.reasons[0].words(f"The {ratio}"))
    return said


def _competing(context: ArmContext) -> list[str]:
    """Medians that take a competing event for censoring, and when half really had the event."""
    if not context.endpoint.competing or not context.with_medians:
        return []
    found = [
        _beside_incidence(context, place, context.incidence[place])
        for place in context.with_medians
        if context.incidence and context.incidence[place]
    ]
    if context.incidence and not any(one.risks.competing for one in found):
        return []
    decimals = context.study.decimals
    return [competing_caution(context.endpoint, found, "months", decimals, context.across)]


def _beside_incidence(context: ArmContext, place: int, risks) -> MedianBeside:
    def months(days: float) -> str:
        return time_value(days, "months", context.study.decimals)

    median = months((context.everyone or context.result).groups.groups[place].median.value)
    beside = context.across.bracket(numbers.median(place), median, months, "not reached")
    who = f" with {within(context.study.arms[place].label, context.study)}"
    return MedianBeside((place,), who, risks, median + beside)


def _comparability(context: ArmContext) -> list[str]:
    """Uneven or tiny arms, and arms that chance did not assign, or may not have."""
    said = []
    counts = _arm_sizes(context)
    if len(counts) == 2 and min(n for _, n in counts) < FEW_PATIENTS:
        (small, few), (large, many) = sorted(counts, key=lambda one: one[1])
        said.append(
            f"{few} against {many}: {patients(few)} with {within(small, context.study)} cannot "
            "show or exclude any but an enormous difference from "
            f"{within(large, context.study)}. {_unreliable(context)}; nothing here is evidence "
            "about treatment."
        )
    if len(counts) > 2 and min(n for _, n in counts) < FEW_PATIENTS:
        small = [f"{patients(n)} with {within(arm, context.study)}" for arm, n in counts]
        small = [words for words, (_, n) in zip(small, counts, strict=True) if n < FEW_PATIENTS]
        said.append(
            f"Only {listed(small)}: a comparison with so few cannot show or exclude any but an "
            f"enormous difference. {_unreliable(context)}."
        )
    if len(counts) > 1 and not context.study.randomised:
        head = "The arms were not assigned by chance: who"
        if context.study.randomised is None:
            head = "The study does not declare whether chance assigned the arms; if it did not, who"
        said.append(f"{head} received which treatment may explain a difference.")
    return said


def _unreliable(context: ArmContext) -> str:
    """What small numbers make of intervals, and of p-values where there are any."""
    if context.options.show == "effect":
        test = (context.everyone or context.result).groups.test
        if test is None or not math.isfinite(test.p_value):
            return "Intervals are unreliable"
    return "Intervals and asymptotic p-values are unreliable"


def _arm_sizes(context: ArmContext) -> list[tuple[str, int]]:
    result, show = context.result, context.options.show
    arms = context.study.arms
    if context.each:
        sizes = all_sizes(context)
        return [(arm.label, n) for arm, n in zip(arms, sizes, strict=True) if n]
    if show == "effect":
        sizes = [group.n for group in result.groups.groups]
    elif show == "balance":
        # Of the table the reference stands first.
        theirs, ours = result.adjusted.logrank.n
        arms, sizes = context.arms, [int(ours), int(theirs)]
    elif show == "competing":
        sizes = [group.n if group else 0 for group in result.groups]
    else:
        sizes = list(result.n)
    return [(arm.label, n) for arm, n in zip(arms, sizes, strict=False) if n]


def _late(context: ArmContext) -> list[str]:
    late = context.late_filters
    if not late:
        return []
    if context.study.randomised:
        names = listed([variable.label for variable in late])
        return [
            f"A filter on something measured after randomisation ({names}) breaks the "
            "randomisation: the arms are no longer alike but for the treatment."
        ]
    return [f"{known_late(late)}: the filter selects by what followed."]


def _model_cautions(context: ArmContext) -> list[str]:
    if context.each:
        return [
            f"{pair_name(part)}: {one}"
            for part in context.parts
            if part.result is not None
            for one in _model_cautions(part)
        ]
    fit = context.result.adjusted.adjusted
    if fit is None:
        return []
    said = []
    if fit.terms and fit.n_events < FEW_EVENTS_PER_TERM * len(fit.terms):
        per = fit.n_events / len(fit.terms)
        said.append(
            f"Events per variable {per:.1f} ({size_of(fit)}): under {FEW_EVENTS_PER_TERM} the "
            "adjusted estimates are unstable."
        )
    left_out = context.result.adjusted.crude.n - fit.n
    if left_out:
        said.append(f"{patients(left_out).capitalize()} without a value of a covariate left out.")
    return [*said, *(readable(context.study, note) for note in fit.notes)]
