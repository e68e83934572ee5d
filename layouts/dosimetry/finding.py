"""What a view of doses found, in one clause."""

from __future__ import annotations

import math

from layouts.dosimetry.context import DosimetryContext
from layouts.dosimetry.options import ACTIVITY, AGREEMENT, RESPONSE, SURVIVAL
from layouts.dosimetry.words import obstacle, sentence
from layouts.shared.findings import finding
from layouts.shared.words import correlation, p_value, percent, time_value


def dosimetry_finding(context: DosimetryContext) -> str:
    """The finding of the shown view; why there is none where nothing can be drawn."""
    if obstacle(context) or context.options.view == ACTIVITY:
        return sentence(context).rstrip(".")
    found = {AGREEMENT: _agreement, RESPONSE: _response, SURVIVAL: _survival}
    said = found.get(context.options.view, _toxicity)(context)
    simulated = context.study.dosimetry.columns.simulated
    illustrative = simulated or (context.study.reconstructed and not context.unfiltered)
    compares = context.options.view != AGREEMENT
    return finding(said, exploratory=compares, illustrative=illustrative)


def _agreement(context: DosimetryContext) -> str:
    result = context.result.result
    what = context.dose_words("")
    if result.scale == "ratio":
        mean, low, high = (
            f"{one.value:.2f}" if math.isfinite(one.value) else "–"
            for one in (result.mean, result.lower_limit, result.upper_limit)
        )
        said = f"{what}: planned is {mean} times delivered on average"
        return f"{said} ({low} to {high} in single cases)"
    mean = context.number(result.mean.value, 1)
    low, high = (context.number(x.value) for x in (result.lower_limit, result.upper_limit))
    return (
        f"{what}: planned − delivered is {mean}{context.unit} on average "
        f"({low} to {high}{context.unit} in single cases)"
    )


def _response(context: DosimetryContext) -> str:
    yes_above, yes_below, no_above, no_below = context.result.counts
    shares = [
        percent(yes / (yes + no)) if yes + no else "none"
        for yes, no in ((yes_above, no_above), (yes_below, no_below))
    ]
    said = f"{shares[0]} with {context.threshold_text()} or more responded, {shares[1]} with less"
    auc = context.result.roc.clustered
    if not math.isfinite(auc.value):
        return said
    limits = f" (95 % CI {auc.lower:.2f}–{auc.upper:.2f})" if math.isfinite(auc.lower) else ""
    return f"{said}; area under the curve {auc.value:.2f}{limits}"


def _survival(context: DosimetryContext) -> str:
    found = context.result
    below, above = found.groups.groups
    if not below.n or not above.n:
        return sentence(context).rstrip(".")
    first, second = (
        time_value(g.median.value, "months", context.study.decimals) for g in (above, below)
    )
    adjusted = found.selected.adjusted(context.options.threshold)
    test = f"{p_value(adjusted)} adjusted for all thresholds"
    if not math.isfinite(adjusted):
        test = "no adjusted test: too few patients on one side"
    return (
        f"median {found.endpoint.label} {first} months with {context.threshold_text()} or more, "
        f"{second} with less; {test}"
    )


def _toxicity(context: DosimetryContext) -> str:
    rank = context.result.correlation
    what = f"{context.dose_words()} and worst grade of {context.result.terms}"
    if not math.isfinite(rank.rho):
        return f"{what}: no correlation to compute"
    return f"{what}: Spearman's {correlation('ρ', rank.rho)}, {p_value(rank.p_value)}"
