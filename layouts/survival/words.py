"""The sentence, the cautions and the method footnote of a survival view."""

from __future__ import annotations

import math

from layouts.charts.frame import MOST_GROUPS_NAMED
from layouts.shared.competing_words import MedianBeside, competing_caution, counts_as_censored
from layouts.shared.late_words import broken_randomisation, known_late
from layouts.shared.ranges import explained
from layouts.shared.words import (
    FEW_EVENTS,
    SUBGROUP,
    counted,
    events,
    listed,
    patients,
    time_interval,
    time_value,
    uncapitalised,
)
from layouts.survival.context import (
    DECIDED,
    SurvivalContext,
    empty_sentence,
    median_beside,
    ratio_across,
    ratio_interval,
    test_beside,
)
from layouts.survival.cut import cut_caution
from layouts.survival.printed_words import (
    determined_words,
    events_printed,
    events_said,
    median_said,
    p_said,
)


def sentence(context: SurvivalContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if not context.result.n:
        return empty_sentence(context)
    decided = [DECIDED] if context.result.test else []
    said = _said(context)
    if context.given:
        said = f"Given {context.given}, counted from then: {uncapitalised(said)}"
    return explained(context.across, said, *decided)


def _said(context: SurvivalContext) -> str:
    result, label = context.result, context.endpoint_word
    shown = result.shown
    if len(shown) == 1:
        group = shown[0]
        who = "" if context.split is None else f" {context.who(group)}"
        counts = f"{events_said(context, group)} of {patients(group.n)} had the event"
        counts += events_printed(context, [group])
        return f"{_median_clause(context, group, label, who)}{_beside(context, group)}; {counts}."
    test = _test_words(context)
    if len(shown) <= 3:
        parts = [
            f"{_median(context, group)}{_limits(context, group, first=not place)}"
            f"{_beside(context, group)} {context.who(group)}"
            for place, group in enumerate(shown)
        ]
        counts = listed([f"{events_said(context, group)} of {group.n}" for group in shown])
        counts += f" had the event{events_printed(context, shown)}"
        ratio = _ratio(context)
        return f"Median {label} was {listed(parts)}; {ratio}{counts}; {test}."
    medians = {group.position: median_said(context, group)[0] for group in shown}
    reached = [group for group in shown if math.isfinite(medians[group.position])]
    if not reached:
        return f"Median {label} was not reached in any of {len(shown)} groups; {test}."
    low = min(reached, key=lambda group: medians[group.position])
    high = max(reached, key=lambda group: medians[group.position])
    # All groups with the lowest and the highest median.
    lowest, highest = (
        listed(
            [
                _ranked(context, group)
                for group in reached
                if medians[group.position] == medians[one.position]
            ]
        )
        for one in (low, high)
    )
    tail = "" if len(reached) == len(shown) else "; not reached in the other groups"
    return (
        f"Median {label} ranged from {_median(context, low)}{_beside(context, low)} "
        f"({lowest}) to {_median(context, high)}{_beside(context, high)} ({highest}) "
        f"over {len(shown)} groups{tail}; {result.events} of {patients(result.n)} had the event; "
        f"{test}."
    )


def _test_words(context: SurvivalContext) -> str:
    p = context.result.test.p_value
    words, printed = p_said(context)
    text = f"log-rank {words}" if math.isfinite(p) else f"log-rank: {words}"
    return text + (printed or test_beside(context))


def _ratio(context: SurvivalContext) -> str:
    """The difference of two groups with its interval; nothing where it has no finite estimate."""
    if context.ratio is None or not math.isfinite(context.ratio.value):
        return ""
    who = context.who(context.result.groups[context.compared[0]])
    beside = ratio_across(context)
    return (
        f"hazard ratio {who} {context.ratio.value:.2f} ({ratio_interval(context)})"
        f"{beside and f' [{beside}]'}; "
    )


def _median(context: SurvivalContext, group) -> str:
    value = median_said(context, group)[0]
    text = time_value(value, context.options.unit, context.decimals)
    return f"{text} {context.options.unit}" if math.isfinite(value) else text


def _limits(context: SurvivalContext, group, *, first: bool) -> str:
    """What stands in parentheses behind a median: that it is printed, and its interval."""
    value, lower, upper, printed = median_said(context, group)
    interval = time_interval(lower, upper, context.options.unit, context.decimals)
    said = [printed] if printed else []
    if interval != "–" and math.isfinite(value):
        # What the parentheses hold is said once.
        said.append(f"95 % CI {interval}" if first else interval)
    return f" ({'; '.join(said)})" if said else ""


def _ranked(context: SurvivalContext, group) -> str:
    printed = median_said(context, group)[3]
    return f"{group.label}, {printed}" if printed else group.label


def _beside(context: SurvivalContext, group) -> str:
    """The range of a group's median; a printed one has none."""
    if median_said(context, group)[3]:
        return ""
    return median_beside(context, group, context.options.unit)


def _median_clause(context: SurvivalContext, group, label: str, who: str) -> str:
    value, lower, upper, printed = median_said(context, group)
    if not math.isfinite(value):
        return f"Median {label}{who} was not reached{printed and ', as printed'}"
    interval = time_interval(lower, upper, context.options.unit, context.decimals)
    said = [*([printed] if printed else []), *([] if interval == "–" else [f"95 % CI {interval}"])]
    tail = f" ({'; '.join(said)})" if said else ""
    return f"Median {label}{who} was {_median(context, group)}{tail}"


def cautions(context: SurvivalContext) -> list[str]:
    """What the reader must know before using the numbers; most important first."""
    study, result = context.study, context.result
    said = []
    if not result.n:
        return said
    if study.reconstructed and not context.determined:
        said.append("Illustrative: the paper does not publish this combination.")
    said += cut_caution(context.options.cut) + _given(context) + _after_baseline(context)
    if context.without_endpoint:
        n = context.in_cohort - context.without_endpoint
        said.append(
            f"Only {context.endpoint.population}: {n} of {context.in_cohort}. They were selected "
            "by what happened during treatment, so a difference between groups is no effect of "
            "the treatment they started with."
        )
    if result.left_out:
        said.append(
            f"{patients(result.left_out).capitalize()} without a value of {context.split.label} "
            f"{'is' if result.left_out == 1 else 'are'} in no group."
        )
    few = [g.label for g in result.shown if g.events < FEW_EVENTS]
    if result.n and len(result.shown) == 1 and few:
        many = f"Only {events(result.events)}" if result.events else "No event"
        said.append(f"{many}: estimates are unstable.")
    elif few:
        unreliable = " and the asymptotic p-value is unreliable" if _tested(context) else ""
        whom = listed(few)
        if len(few) > MOST_GROUPS_NAMED:
            whom = f"{len(few)} of {len(result.shown)} groups"
        many = f"Fewer than {FEW_EVENTS} events in {whom}"
        if not result.events:
            many = "No patient had the event"
        said.append(f"{many}: estimates are unstable{unreliable}.")
    said += _competing(context)
    if context.options.curve == "incidence" and context.endpoint.competing:
        said.append(
            f"1 − Kaplan–Meier counts {context.endpoint.competing} as censoring and so overstates "
            "the incidence."
        )
    if "weibull" in context.options.show:
        said.append("The Weibull curve is a model of two numbers: no basis for extrapolation.")
    return said


def _competing(context: SurvivalContext) -> list[str]:
    """A median that takes a competing event for censoring, and when half really had the event."""
    endpoint, result = context.endpoint, context.result
    if not endpoint.competing or not any(math.isfinite(g.median.value) for g in result.shown):
        return []
    if not context.incidence:
        return [counts_as_censored(endpoint)]
    found = [
        _beside_incidence(context, place, risks)
        for place, risks in enumerate(context.incidence)
        if risks is not None
        and risks.competing
        and math.isfinite(result.groups[place].median.value)
    ]
    if not found:
        return []
    unit, decimals = context.options.unit, context.decimals
    return [competing_caution(endpoint, found, unit, decimals, context.across)]


def _beside_incidence(context: SurvivalContext, place: int, risks) -> MedianBeside:
    group, unit = context.result.groups[place], context.options.unit
    who = f" {context.who(group)}" if len(context.result.shown) > 1 else ""
    median = time_value(group.median.value, unit, context.decimals)
    return MedianBeside((place,), who, risks, median + median_beside(context, group, unit))


def _given(context: SurvivalContext) -> list[str]:
    """Who is left where time begins anew."""
    if not context.given:
        return []
    still = context.result.n + context.result.left_out
    return [
        f"Only the {patients(still)} still followed and {context.given} count "
        f"({context.before_landmark} were not): who came so far did better than who did not, "
        "so a difference between groups is no longer that of the treatments they started with."
    ]


def _after_baseline(context: SurvivalContext) -> list[str]:
    late = context.after_baseline
    if not late:
        return []
    names, said = known_late(late), []
    if context.landmark_days is not None:
        still = context.result.n + context.result.left_out
        said.append(
            f"Landmark analysis: {names}, so time starts at "
            f"day {context.landmark_days} and only the {patients(still)} still followed without "
            f"the event are counted ({context.before_landmark} were not)."
        )
    elif not context.endpoint.later_origin:
        said.append(
            f"{names}: patients had to live long enough for "
            "it, so a difference in survival is no effect of it."
        )
    return said + broken_randomisation(context.study, context.cohort)


def _tested(context: SurvivalContext) -> bool:
    """Whether the log-rank test has something to compare."""
    test = context.result.test
    return test is not None and math.isfinite(test.p_value)


def looks(context: SurvivalContext) -> str:
    """How many tests stand on the screen, and how many could have been asked for."""
    if not _tested(context):
        return ""
    if context.split.prespecified and context.filtered:
        return SUBGROUP
    if context.split.prespecified:
        return "Pre-specified comparison; one test on this page."
    possible = len([v for v in context.study.variables if len(v.levels) > 1])
    return (
        "Exploratory: one test on this page, not adjusted; this study offers "
        f"{counted(possible, 'split')}, of which about {0.05 * possible:.1f} would "
        "give p < 0.05 by chance."
    )


def method(context: SurvivalContext) -> str:
    """What was computed, for whom, and whether the publication determines it."""
    options = context.options
    parts = [
        f"Kaplan–Meier, 95 % CI by Greenwood, {options.ci} transform (as R survfit)",
        "a month is 30.4375 days",
    ]
    if context.given:
        day = context.landmark_days
        parts.append(
            f"time begins anew on day {day}, for those at risk after it: S(t) / S({day}) of the "
            "curve from the start"
        )
    if _tested(context):
        degrees = context.result.test.df
        word = "degree" if degrees == 1 else "degrees"
        parts.insert(1, f"log-rank test, {degrees} {word} of freedom")
    if context.ratio is not None:
        parts.append("hazard ratio by Cox regression, Efron's ties, Wald interval")
    rising = [
        "all patients" if context.split is None else group.label
        for group in context.result.shown
        if group.curve.limit_rises_again
    ]
    if rising:
        parts.insert(
            1,
            f"the median's upper limit in {listed(rising)} is where the limit curve first crosses "
            "50 %; it rises again, and R gives a later day",
        )
    cohort = (
        f"{context.study.title}, {context.cohort.sentence(context.study)}, "
        f"n\u00a0=\u00a0{context.result.n}."
    )
    determined = f" {determined_words(context)}" if context.study.reconstructed else ""
    return f"{'; '.join(parts)}. {cohort}{determined}"
