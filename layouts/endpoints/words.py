"""The sentence, the cautions and the method line of all endpoints side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable

from analysis.restricted_mean import RULE
from layouts.endpoints import numbers
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.shared.competing_words import counts_as_censored
from layouts.shared.late_words import broken_randomisation, known_late
from layouts.shared.nobody import nobody
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.numbers import Key, p_key
from layouts.shared.ranges import explained
from layouts.shared.words import (
    FEW_EVENTS,
    capitalised,
    counted,
    listed,
    p_number,
    p_value,
    time_interval,
    time_value,
)
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK, median


def sentence(context: EndpointsContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if not context.in_cohort:
        return nobody(context.study, context.view.cohort)
    if not context.with_patients:
        if context.split is not None:
            return f"No patient of this cohort has a value of {context.split.label}."
        return "No patient of this cohort has any endpoint in this view."
    if context.compared:
        open_ = _undecided(context, HAZARD_RATIO, "whether the interval excludes 1")
        return explained(context.across, _of_two(context), *open_)
    if len(context.places) == 1:
        return explained(context.across, _of_one(context))
    open_ = _undecided(context, LOG_RANK, "whether the log-rank p is below 0.05")
    return explained(context.across, _of_several(context), *open_)


def _undecided(context: EndpointsContext, key: Key, what: str) -> list[tuple[str, Key, float]]:
    """What a p below 0.05 would decide, of the endpoints of which the data sets disagree."""
    keys = {one: p_key(numbers.of(one.id, key)) for one in context.with_patients}
    open_ = [one for one in keys if context.across.open_on(keys[one], 0.05)]
    if not open_:
        return []
    names = listed([one.word for one in open_], "or")
    return [(f"{what} for {names}", keys[open_[0]], 0.05)]


def _of_two(context: EndpointsContext) -> str:
    """Which intervals of the hazard ratio exclude 1; one that does not shows nothing either way."""
    compared, reference = context.compared
    # The level without its preposition where there is one: "with A against B".
    other = context.who(reference)
    against = other.removeprefix("with ") if context.who(compared).startswith("with ") else other
    head = f"{capitalised(context.who(compared))} against {against}"
    kinds: dict[str, list[OneEndpoint]] = {"below": [], "above": [], "both": [], "none": []}
    for one in context.with_patients:
        kinds[_kind(one)].append(one)
    said, first = [], True
    for kind in ("below", "above"):
        if kinds[kind]:
            verb = "the hazard ratio is" if first else "it is"
            said.append(
                f"{verb} {kind} 1, and its interval excludes 1, for "
                f"{_ratios(context, kinds[kind], first)}"
            )
            first = False
    if kinds["both"]:
        which = "the interval of the hazard ratio" if first else "the interval"
        said.append(
            f"{which} includes 1 for {_ratios(context, kinds['both'], first)}, which shows neither "
            "a difference nor that there is none"
        )
        first = False
    if kinds["none"]:
        which = "the hazard ratio" if first else "it"
        said.append(f"{which} is not estimable for {listed([one.word for one in kinds['none']])}")
    return f"{head}, {'; '.join(said)}."


def _kind(one: OneEndpoint) -> str:
    ratio = one.survival.ratio
    if ratio is None or not all(map(math.isfinite, (ratio.value, ratio.lower, ratio.upper))):
        return "none"
    if ratio.upper < 1:
        return "below"
    return "above" if ratio.lower > 1 else "both"


def _ratios(context: EndpointsContext, parts: Iterable[OneEndpoint], first: bool) -> str:
    found = []
    for one in parts:
        ratio = one.survival.ratio
        said = "95 % CI " if first and not found else ""
        key = numbers.of(one.id, HAZARD_RATIO)
        beside = context.across.bracket(key, f"{ratio.value:.2f}", "{:.2f}".format)
        found.append(
            f"{one.word} {ratio.value:.2f} ({said}{ratio.lower:.2f}–{ratio.upper:.2f}){beside}"
        )
    return listed(found)


def _of_one(context: EndpointsContext) -> str:
    (place,) = context.places
    who = "" if context.split is None else f" {context.who(place)}"
    found = [
        f"{_median(context, one, place, first=not i)} for {one.word}"
        for i, one in enumerate(context.with_patients)
    ]
    return f"The median{who} was {listed(found)}."


def _median(context: EndpointsContext, one: OneEndpoint, place: int, *, first: bool) -> str:
    middle, decimals = one.survival.result.groups[place].median, context.study.decimals

    def months(days: float) -> str:
        return time_value(days, "months", decimals)

    text = months(middle.value)
    beside = context.across.bracket(numbers.of(one.id, median(place)), text, months, "not reached")
    if not math.isfinite(middle.value):
        return f"{text}{beside}"
    interval = time_interval(middle.lower, middle.upper, "months", decimals)
    limits = "" if interval == "–" else f" ({'95 % CI ' if first else ''}{interval})"
    return f"{text} months{limits}{beside}"


def _of_several(context: EndpointsContext) -> str:
    found = []
    for one in context.with_patients:
        test = one.survival.result.test
        if test is None:
            found.append(f"{one.word}, one group only")
            continue
        key = p_key(numbers.of(one.id, LOG_RANK))
        beside = context.across.bracket(key, p_number(test.p_value), p_number, "no test")
        found.append(f"{one.word}, {p_value(test.p_value)}{beside}")
    groups = counted(len(context.places), "group")
    return f"Log-rank tests over {groups} of {context.split.label}: {'; '.join(found)}."


def cautions(context: EndpointsContext) -> list[str]:
    """What the reader must know before using the numbers; most important first."""
    if not context.with_patients:
        return []
    return [
        *_illustrative(context),
        *_number_of_endpoints(context),
        *_late(context),
        *_selected(context),
        *_not_by_chance(context),
        *_few(context),
        *_competing(context),
        *_too_many(context),
    ]


def _illustrative(context: EndpointsContext) -> list[str]:
    if not context.study.reconstructed:
        return []
    open_ = [one for one in context.with_patients if not one.survival.determined]
    if not open_:
        return []
    which = "" if len(open_) == len(context.with_patients) else f" for {_words(open_)}"
    return [f"Illustrative{which}: the paper does not publish this combination."]


def _number_of_endpoints(context: EndpointsContext) -> list[str]:
    n = len(context.with_patients)
    if n < 2:
        return []
    primary = [one for one in context.parts if one.survival.endpoint.primary]
    planned = "The study does not declare which of them was primary."
    if primary:
        verb = "was the primary one" if len(primary) == 1 else "were primary"
        planned = f"{capitalised(_words(primary))} {verb}; the others are read beside it."
    return [
        f"{n} endpoints of the same patients depend on each other (one event can count in several) "
        f"and are not {n} findings; no interval and no p-value is adjusted for their number. "
        f"{planned}"
    ]


def _late(context: EndpointsContext) -> list[str]:
    said = []
    started = [one for one in context.with_patients if one.survival.landmark_days is not None]
    if started:
        day = started[0].survival.landmark_days
        late = started[0].survival.after_baseline
        said.append(
            f"Landmark analysis for {_words(started)}: {known_late(late)}, so time starts at day "
            f"{day} and only patients still followed without the event are counted."
        )
    elif late := context.with_patients[0].survival.after_baseline:
        said.append(
            f"{known_late(late)}: patients had to live long enough for it, so a difference in "
            "survival is no effect of it."
        )
    return said + broken_randomisation(context.study, context.view.cohort)


def _selected(context: EndpointsContext) -> list[str]:
    """Endpoints that only some patients have, by what happened during treatment."""
    said = []
    for one in context.with_patients:
        survival = one.survival
        if survival.endpoint.population and survival.without_endpoint:
            n = survival.in_cohort - survival.without_endpoint
            said.append(
                f"{survival.endpoint.label} is counted from {survival.endpoint.origin} and only of "
                f"{survival.endpoint.population}: {n} of {survival.in_cohort}. They were selected "
                "by what happened during treatment, so a difference between groups is no effect of "
                "the treatment they started with."
            )
    return said


def _not_by_chance(context: EndpointsContext) -> list[str]:
    if len(context.places) < 2 or context.study.randomised:
        return []
    if not context.parts[0].survival.by_arm:
        return []
    head = "The arms were not assigned by chance: who"
    if context.study.randomised is None:
        head = "The study does not declare whether chance assigned the arms; if it did not, who"
    return [f"{head} received which treatment may explain a difference."]


def _few(context: EndpointsContext) -> list[str]:
    few = [
        one
        for one in context.with_patients
        if any(group.events < FEW_EVENTS for group in one.survival.result.shown)
    ]
    if not few:
        return []
    return [f"Fewer than {FEW_EVENTS} events in a group for {_words(few)}: unstable."]


def _competing(context: EndpointsContext) -> list[str]:
    return [
        counts_as_censored(one.survival.endpoint)
        for one in context.with_patients
        if one.survival.endpoint.competing
        and any(math.isfinite(group.median.value) for group in one.survival.result.shown)
    ]


def _too_many(context: EndpointsContext) -> list[str]:
    if not context.many:
        return []
    return [
        f"{len(context.places)} groups are too many to be told apart here: the Survival view of an "
        "endpoint and the file have them one by one."
    ]


def _words(parts: Iterable[OneEndpoint]) -> str:
    return listed([one.word for one in parts])


def method(context: EndpointsContext) -> str:
    """What was computed, and for whom."""
    study = context.study
    if not context.with_patients:
        return nothing_computed(study, context.view, context.in_cohort)
    said = [
        "Kaplan–Meier, 95 % CI by Greenwood, log transform (as R survfit); a month is 30.4375 days."
    ]
    if context.compared:
        compared, reference = context.names
        said.append(
            f"Hazard ratio of {compared} against {reference} by Cox regression, Efron's ties, Wald "
            "interval; whether it is the same over time is not tested here"
            f"{_where_tested(context)}. Mean time gained: difference of restricted means up to τ, "
            f"{RULE}; Greenwood standard errors."
        )
    if len(context.places) > 1:
        said.append("Log-rank test over the groups.")
    cohort = context.view.cohort.sentence(study)
    return f"{' '.join(said)} {study.title}, {cohort}, n\u00a0=\u00a0{context.in_cohort}."


def _where_tested(context: EndpointsContext) -> str:
    """Where one hazard ratio for the whole follow-up is tested: for the arms only."""
    by_arm = context.parts[0].survival.by_arm
    return " but on Compare arms, one endpoint at a time" if by_arm else ""
