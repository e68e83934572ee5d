"""The sentence, the cautions and the footnote of the monitoring."""

from __future__ import annotations

import math

from layouts.monitoring import numbers
from layouts.monitoring.context import Monitored, MonitoringContext
from layouts.monitoring.options import CUTS, HISTORY
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.ranges import explained
from layouts.shared.words import counted, listed, patients, percent, percent_interval, within

FEW_PATIENTS = 10


def probability_words(value: float) -> str:
    """``0.97``; never 0.00 or 1.00, which nothing of this kind is."""
    if not math.isfinite(value):
        return "–"
    if value < 0.005:
        return "< 0.01"
    return "> 0.99" if value >= 0.995 else f"{value:.2f}"


def with_probability(value: float) -> str:
    """``= 0.97`` or ``> 0.99``, after the name of a probability."""
    words = probability_words(value)
    return words if words[0] in "<>" else f"= {words}"


def probability_beside(context: MonitoringContext, key, value: float) -> str:
    """The range of a probability over data sets in brackets, or nothing."""
    return context.across.bracket(key, probability_words(value), probability_words)


def stops_now(context: MonitoringContext, one: Monitored) -> bool:
    """Whether the rule says stop after all patients of an arm."""
    return one.probability > context.rule.cut


def verdict(context: MonitoringContext, one: Monitored) -> str:
    """What the rule says of an arm now."""
    if not one.told:
        return "not shown"
    return "stop" if stops_now(context, one) else "go on"


def sentence(context: MonitoringContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if context.obstacle:
        return context.obstacle
    said = " ".join(_of_group(context, one) for one in context.groups)
    decided = [
        (
            f"what the rule says of {within(one.label, context.study)}",
            numbers.probability(one.position),
            context.rule.cut,
        )
        for one in context.groups
    ]
    return explained(context.across, said, *decided)


def _of_group(context: MonitoringContext, one: Monitored) -> str:
    who = f"{one.label}: " if len(context.groups) > 1 else ""
    if not one.told:
        return f"{who}how many of {patients(one.share.n)} had {context.event} is not shown."
    key = numbers.probability(one.position)
    limits = percent_interval(one.lower, one.upper)
    said = (
        f"{who}{one.share.events} of {patients(one.share.n)} had {context.event}: a rate of "
        f"{percent(one.mean)} (95 % credible interval {limits} %), {context.side} the reference of "
        f"{context.options.rate} % with probability {probability_words(one.probability)}"
        f"{probability_beside(context, key, one.probability)}"
    )
    cut = CUTS[context.options.cut]
    if stops_now(context, one):
        return f"{said}, more than the cut-off of {cut}: the rule says stop."
    return f"{said}, no more than the cut-off of {cut}: the rule says go on."


def cautions(context: MonitoringContext) -> list[str]:
    """What the reader must know before using the numbers."""
    if context.obstacle:
        return []
    said = [
        "A rule chosen on this page: the study records no reference rate, prior or cut-off of its "
        "own monitoring, so this is not what stopped or did not stop the trial.",
        "The order in which the patients were treated is not recorded: no path is drawn, but where "
        "it ends and the area in which every possible path lies.",
    ]
    if context.measured < context.in_cohort:
        what = "Adverse events were recorded" if context.options.toxicity else "Response is known"
        said.append(
            f"{what} for {context.measured} of the {patients(context.in_cohort)} on screen only."
        )
    if context.view.cohort.filters:
        said.append(
            "Filtered patients: a trial monitors everybody it treats, not a part chosen later."
        )
    small = [one for one in context.groups if one.share.n < FEW_PATIENTS]
    if small:
        said.append(
            f"Fewer than {FEW_PATIENTS} patients in "
            f"{listed([within(one.label, context.study) for one in small])}: the prior weighs much."
        )
    return said


def method(context: MonitoringContext) -> str:
    """Method and cohort."""
    study = context.study
    if context.obstacle:
        return nothing_computed(study, context.view, context.in_cohort)
    rule, options = context.rule, context.options
    a, b = (f"{x:g}" for x in rule.prior)
    if options.history == "known":
        reference = f"{options.rate} %, taken as known exactly"
    else:
        alpha, beta = rule.weight * rule.reference, rule.weight * (1 - rule.reference)
        reference = f"Beta({alpha:g}, {beta:g}), mean {options.rate} %, {HISTORY[options.history]}"
    looks = "every patient" if rule.cohort == 1 else f"every {rule.cohort} patients"
    return (
        f"Bayesian monitoring (Thall & Simon 1994; Thall, Simon & Estey 1995): stop where the "
        f"posterior probability that the rate of {context.event} is {context.side} the reference "
        f"is more than {CUTS[options.cut]}, looked at after {looks} and at the end. Prior "
        f"Beta({a}, {b}); reference {reference}. Predictive probability by the beta-binomial "
        f"distribution of the next {counted(int(options.after), 'patient')} (Lee & Liu 2008). "
        "Stopping probability and mean number of patients by exact recursion for a trial of "
        f"{patients(int(context.limits.n[-1]))}; the share of orders counts every order of these "
        f"patients alike. {study.title}, {context.view.cohort.sentence(study)}, "
        f"n\u00a0=\u00a0{context.measured}."
    )
