"""Sentence, finding, method and cautions of the section Adjusted."""

from __future__ import annotations

import math

from analysis.balance import RELEVANT
from analysis.weighting.propensity import Obstacle
from layouts.arms import weighted_numbers as keys
from layouts.arms.balance import named
from layouts.arms.context import ArmContext
from layouts.arms.family import holm_words, pair_name
from layouts.arms.numbers import numbers_of
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS, TRIMS
from layouts.charts.interval import signed
from layouts.shared.few import Few
from layouts.shared.numbers import by_key, p_key
from layouts.shared.words import counted, listed, p_number, p_value, patients, smd_words, within

FEW_EVENTS_PER_TERM = 10
# Below this share of its patients an arm's weights rest on few of them.
LITTLE_LEFT = 0.5
EXTREME = 10.0


def why_not(context: ArmContext) -> str:
    """Why two arms have no weights, in one sentence; empty where they have."""
    obstacle, left_out = context.result.found.obstacle, context.result.found.left_out
    of_pair = f" ({pair_name(context)})" if context.study.arms[2:] else ""
    if obstacle is None:
        return ""
    if obstacle is Obstacle.SEPARATED:
        return (
            f"No weights{of_pair}: {named(context, context.options.adjust)} tell the arms apart "
            "completely, so that some patients have no counterpart in the other arm and a chance "
            "of 0 or 1. Tick fewer covariates under “Adjust for”."
        )
    if obstacle is Obstacle.ONE_ARM:
        missing = f" ({patients(left_out)} lack one)" if left_out else ""
        return (
            f"No weights{of_pair}: one arm has no patient with all covariates{missing}. Tick "
            "fewer covariates under “Adjust for”."
        )
    words = {
        Obstacle.TOO_MANY: "the covariates have as many terms as there are patients",
        Obstacle.NOT_CONVERGED: "the estimation of the propensity did not converge",
    }[obstacle]
    return f"No weights{of_pair}: {words}. Tick fewer covariates under “Adjust for”."


def _ratio(part: ArmContext, model: str, interval: bool = False) -> str:
    one = by_key(numbers_of(part.result))[keys.model_ratio(model)]
    if not math.isfinite(one.value):
        return "not estimable"
    two = "{:.2f}".format
    across = part.across.bracket(one.key, two(one.value), two)
    if not interval:
        return two(one.value) + across
    return f"{two(one.value)}{across} (95 % CI {one.lower:.2f} to {one.upper:.2f})"


def weighted_sentence(context: ArmContext) -> str:
    """The ratio of the three ways, with its interval before its p, and what the weights leave."""
    made_of = named(context, context.options.adjust)
    if context.each:
        reference = within(context.study.arms[context.study.reference].label, context.study)
        said = []
        for part in context.parts:
            label = within(part.compared.label, context.study)
            if part.result is None:
                said.append(f"{label} without weights")
                continue
            holm = holm_words(context, part, keys.WEIGHTED_LOG_RANK)
            holm = f", weighted log-rank {holm}" if holm else ""
            crude = f"{_ratio(part, 'crude')} crude"
            said.append(f"{label} {_ratio(part, 'weighted', True)}, {crude}{holm}")
        head = f"{context.endpoint.name}, weighted by the propensity given {made_of}"
        return f"{head}: hazard ratio against {reference}: {'; '.join(said)}."
    compared, reference = (within(arm.label, context.study) for arm in context.arms)
    found = by_key(numbers_of(context.result))
    test = found[keys.WEIGHTED_LOG_RANK]
    beside = context.across.bracket(p_key(test.key), p_number(test.p), p_number, "no test")
    holm = holm_words(context, context, keys.WEIGHTED_LOG_RANK)
    return (
        f"{context.endpoint.name} with {compared} against {reference}, weighted by the propensity "
        f"given {made_of}: hazard ratio {_ratio(context, 'weighted', True)} against "
        f"{_ratio(context, 'crude')} crude and {_ratio(context, 'adjusted')} adjusted; "
        f"{_difference(context)}weighted log-rank {p_value(test.p)}{beside}"
        f"{f' ({holm})' if holm else ''}; {_left(context)}."
    )


def _difference(context: ArmContext) -> str:
    """Weighted survival at the first landmark that both arms reach."""
    result = context.result
    for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True):
        ours, theirs = (curve.at(day) for curve in result.found.curves)
        value = ours[0] - theirs[0]
        if not math.isfinite(value):
            continue
        margin = 1.959963984540054 * math.hypot(ours[3], theirs[3])
        points = [signed(f"{100 * x:.0f}") for x in (value, value - margin, value + margin)]
        if not math.isfinite(margin):
            return f"weighted difference at {month} months {points[0]} points; "
        return (
            f"weighted difference at {month} months {points[0]} points "
            f"(95 % CI {points[1]} to {points[2]}); "
        )
    return ""


def balance_words(context: ArmContext) -> str:
    """How the balance changes, as far as every data set says so."""
    found = by_key(numbers_of(context.result))
    before, after = found[keys.LARGE_BEFORE], found[keys.LARGE_AFTER]
    known = sum(not math.isnan(one.before) for one in context.result.balances)
    texts = [
        f"{one.value:.0f}" + context.across.bracket(one.key, f"{one.value:.0f}", "{:.0f}".format)
        for one in (before, after)
    ]
    return (
        f"{texts[0]} of {counted(known, 'baseline variable')} differ by more than {RELEVANT} "
        f"before weighting, {texts[1]} after"
    )


def _left(context: ArmContext) -> str:
    """Effective sizes beside the patients that they are made of."""
    found, texts = by_key(numbers_of(context.result)), []
    for place, n in zip(
        (context.result.compared, context.result.reference), context.result.found.n, strict=True
    ):
        one = found[keys.effective_size(place)]
        shown = f"{one.value:.1f}"
        across = context.across.bracket(one.key, shown, "{:.1f}".format)
        label = within(context.study.arms[place].label, context.study)
        texts.append(f"{shown}{across} of {n} with {label}")
    return f"effective sample size {listed(texts)}"


def weighted_finding(context: ArmContext) -> str:
    """The weighted ratio beside the crude one, in a clause."""
    made_of = named(context, context.options.adjust)
    if context.each:
        return weighted_sentence(context).rstrip(".")
    endpoint = within(context.endpoint.name, context.study)
    return (
        f"{endpoint}: hazard ratio {_ratio(context, 'weighted', True)} after weighting for "
        f"{made_of}, {_ratio(context, 'crude')} crude, {_ratio(context, 'adjusted')} adjusted"
    )


def weighted_method(context: ArmContext) -> list[str]:
    """How the weights are made and what is computed with them."""
    trim = TRIMS[context.options.trim]
    cut = "not truncated" if context.options.trim == "none" else f"truncated at the {trim}"
    limits = [
        one.result.found.weights
        for one in context.shown
        if one.result is not None and one.result.found.weights.limits
    ]
    if len(limits) == 1 and all(map(math.isfinite, limits[0].limits)):
        low, high = limits[0].limits
        n = limits[0].cut
        cut += f" ({low:.2f} and {high:.2f}; {n if isinstance(n, Few) else patients(n)} changed)"
    return [
        f"Inverse-probability-of-treatment weights (IPTW): propensity score by logistic regression "
        f"on {named(context, context.options.adjust)}, stabilised by the share of the arm (Robins, "
        f"Hernán & Brumback 2000), {cut}; all three ways on the patients with all covariates.",
        "Weighted Kaplan–Meier curves (Xie & Liu 2005), 95 % CI by the infinitesimal jackknife, "
        "log transform; weighted Cox regression, Efron's ties, robust (sandwich) variance; "
        "weighted log-rank: its robust score test. The weights count as known, which makes the "
        "intervals a little wide. Effective sample size: (Σw)² / Σw² (Kish).",
        "Balance: weighted standardised mean differences (Austin & Stuart 2015).",
    ]


def weighted_cautions(context: ArmContext) -> list[str]:
    """What weighting can do and cannot, and what is weak in these weights."""
    said = []
    if context.study.randomised:
        said.append(
            "The arms were assigned by chance: weighting evens out what chance left uneven and is "
            "no correction of a bias; the crude comparison stands by itself."
        )
    else:
        said.append(
            "Weights make the arms alike in what is ticked, and in nothing else: what was not "
            "recorded, or is not ticked, may still explain a difference."
        )
    for part in context.shown:
        if part.result is not None:
            said += _of_two(context, part)
    return said


def _of_two(context: ArmContext, part: ArmContext) -> list[str]:
    found, said = part.result.found, []
    head = f"{pair_name(part)}: " if context.each else ""
    if isinstance(found.left_out, Few) or found.left_out:
        n = found.left_out
        words = f"{n} patients" if isinstance(n, Few) else patients(n).capitalize()
        said.append(f"{head}{words} without a value of a covariate left out.")
    smallest = min(found.n)
    if found.score.terms and smallest < FEW_EVENTS_PER_TERM * found.score.terms:
        per = smallest / found.score.terms
        said.append(
            f"{head}{per:.1f} patients of the smaller arm for each of "
            f"{counted(found.score.terms, 'term')} of the propensity: under "
            f"{FEW_EVENTS_PER_TERM} the weights are unstable."
        )
    shares = [one.effective / one.n for one in found.weights.arms]
    if min(shares) < LITTLE_LEFT:
        said.append(
            f"{head}The weights leave an arm {100 * min(shares):.0f} % of its patients' "
            "information: the weighted comparison rests on few of them."
        )
    if max(one.quartiles[4] for one in found.weights.arms) > EXTREME:
        said.append(f"{head}A weight is above {EXTREME:g}: single patients count as many.")
    worst = [one for one in part.result.balances if abs(one.after) > RELEVANT]
    ticked = [one.variable.label for one in worst if one.variable.id in part.result.ticked]
    if ticked:
        said.append(
            f"{head}{listed(ticked)} {'differs' if len(ticked) == 1 else 'differ'} by more than "
            f"{RELEVANT} after weighting too."
        )
    unticked = [one for one in worst if one.variable.id not in part.result.ticked]
    if unticked:
        first = max(unticked, key=lambda one: abs(one.after))
        said.append(
            f"{head}{counted(len(unticked), 'variable')} outside the weights "
            f"{'differs' if len(unticked) == 1 else 'differ'} by more than {RELEVANT}, most "
            f"{first.variable.label} ({smd_words(abs(first.after))})."
        )
    if found.cox.reasons[0]:
        said.append(found.cox.reasons[0].words(f"{head}The weighted hazard ratio"))
    return said
