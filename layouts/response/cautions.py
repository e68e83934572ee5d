"""What must be said beside each part of the Response page: cautions, looks, method."""

from __future__ import annotations

from dataclasses import replace

from analysis.best_response import METHOD
from analysis.response_depth import PARTIAL_RESPONSE, PROGRESSION
from data.address import published_view
from data.cohort import without_idle
from data.study import ARM, MISSING_LABEL
from layouts.response import numbers
from layouts.response.context import ResponseContext, single_patients_words
from layouts.response.options import split_variables
from layouts.shared.claims import count_words
from layouts.shared.late_words import broken_randomisation, known_late
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.ranges import across_note
from layouts.shared.words import (
    FEW_EVENTS,
    SUBGROUP,
    capitalised,
    counted,
    events,
    listed,
    patients,
    within,
)


def cautions(context: ResponseContext) -> list[str]:
    """What the reader must know before using the numbers; most important first."""
    if context.result is None:
        return []
    said = [*_illustrative(context), *_CAUTIONS[context.options.view](context)]
    return said + broken_randomisation(context.study, context.view.cohort)


def _illustrative(context: ResponseContext) -> list[str]:
    study, view = context.study, context.view
    if not study.reconstructed:
        return []
    if context.options.view == "landmark":
        by_response = replace(view, by=context.declared.variable)
        if published_view(study, by_response, context.endpoint):
            return []
        return ["Illustrative: the paper does not publish survival by response."]
    if context.options.view == "by" and not (view.by == ARM and context.unfiltered):
        which = "this variable" if len(context.result.factors) == 1 else "these variables"
        return [f"Illustrative: the paper does not publish response by {which}."]
    if context.unfiltered:
        return []
    chosen = study.analysis_set(view.cohort.analysis_set)
    why = f" {chosen.description}" if chosen.description and not chosen.published else ""
    return [f"Illustrative: the paper does not publish the response of this selection.{why}"]


def _best(context: ResponseContext) -> list[str]:
    said = []
    if 0 < context.in_cohort < 10:
        said.append(f"Only {patients(context.in_cohort)}: a per cent hides how few they are.")
    unread = context.result.not_evaluable
    if unread:
        n = sum(count for _, count in unread)
        verb = "was" if n == 1 else "were"
        parts = listed([f"{count} {_unread(context, label)}" for label, count in unread])
        said.append(
            f"{patients(n)} {verb} not evaluable ({parts}): counted among all patients, and as "
            "without response."
        )
    return said


def _unread(context: ResponseContext, label: str) -> str:
    """Why a patient was not evaluable; "Missing" is a word of the product and no label."""
    return label.lower() if label == MISSING_LABEL else within(label, context.study)


def _depth(context: ResponseContext) -> list[str]:
    shown = context.result.waterfall
    said = [] if context.single_patients else [single_patients_words(context.study)]
    without = int(shown.unmeasured.sum())
    if without:
        labels = [*(level.label for level in context.best.levels), "without a best response"]
        counts = zip(shown.unmeasured.tolist(), labels, strict=True)
        parts = listed([f"{n} {label}" for n, label in counts if n])
        verb = "has" if without == 1 else "have"
        said.append(
            f"{patients(without)} {verb} no measurement ({parts}) and no bar. The chart shows "
            f"the other {shown.n} of {context.in_cohort}; if those without one did worse, it "
            "flatters."
        )
    return said


def _course(context: ResponseContext) -> list[str]:
    result = context.result
    said = []
    if result.lanes is not None and result.lanes.n:
        said.append(
            "Not for comparing arms: lanes are sorted by time on study, and who lived longer had "
            "more time to respond."
        )
    if result.spreads[context.whole].n:
        said.append(
            "Time to response is conditional on response: patients who never responded are not in "
            "it, so a shorter time is no sign of a better treatment."
        )
        unknown = result.responders[context.whole] - result.spreads[context.whole].n
        if unknown:
            said.append(f"{patients(unknown)} responded without a known time.")
    return said


def _by(context: ResponseContext) -> list[str]:
    said = []
    factors = context.result.factors
    late = [variable for variable, _, _ in factors if variable.after_baseline]
    if late:
        said.append(f"{known_late(late)}: it cannot foretell a response.")
    if len(factors) == 1:
        variable, _, factor = factors[0]
        left_out = context.in_cohort - sum(one.rate.n for one in factor.levels)
        if left_out:
            verb = "is" if left_out == 1 else "are"
            said.append(
                f"{patients(left_out)} without a value of {variable.label} {verb} in no row."
            )
    return said


def _landmark(context: ResponseContext) -> list[str]:
    result, survival = context.result, context.result.survival
    day = survival.landmark_days
    gone = result.at_event + result.censored
    later = ""
    if context.declared.time and result.later:
        verb = "counts" if result.later == 1 else "count"
        later = f" {patients(result.later)} responded later and {verb} as without response by it."
    said = [
        f"Landmark analysis from day {day}: {patients(gone)} had the event "
        f"({result.at_event}) or left follow-up ({result.censored}) by then and are not in it."
        f"{later}"
    ]
    if not context.declared.time:
        said.append(
            "The study records no day of response: the groups are those of the assessment that "
            f"was known by day {day}, and no earlier landmark is possible."
        )
    if result.unknown:
        verb = "is" if result.unknown == 1 else "are"
        said.append(f"{patients(result.unknown)} responded on an unknown day and {verb} left out.")
    if result.raised:
        said.append(f"A filter is known only by day {day}, so the landmark was moved to it.")
    if survival.without_endpoint:
        said.append(f"{patients(survival.without_endpoint)} in view do not have this endpoint.")
    few = [group for group in survival.result.shown if group.events < FEW_EVENTS]
    if few:
        counts = listed([f"{events(group.events)} in “{group.label}”" for group in few])
        said.append(f"Only {counts}: estimates and the asymptotic p-value are unstable.")
    return said


_CAUTIONS = {
    "best": _best,
    "depth": _depth,
    "course": _course,
    "by": _by,
    "landmark": _landmark,
}


def looks(context: ResponseContext) -> str:
    """How many variables were looked at, where response is set against them."""
    if context.options.view != "by" or context.result is None:
        return ""
    factors = context.result.factors
    tested = sum(factor.p_value == factor.p_value for _, _, factor in factors)
    if len(factors) == 1:
        if factors[0][0].prespecified and without_idle(context.study, context.view.cohort).filters:
            return SUBGROUP
        if factors[0][0].prespecified:
            return "Pre-specified comparison; one test on this page."
        offered = len(split_variables(context.study))
        return (
            "Exploratory: one test, not adjusted; this study offers "
            f"{counted(offered, 'variable')}, of which about {0.05 * offered:.1f} would give "
            "p < 0.05 by chance."
        )
    below = sum(factor.p_value < 0.05 for _, _, factor in factors)
    found = count_words(context.across, below, numbers.FOUND)
    return (
        f"Exploratory: {counted(len(factors), 'variable')} looked at, {tested} tested; "
        f"at p < 0.05 about {0.05 * tested:.1f} would be expected by chance; {found} found; "
        "not adjusted."
    )


def method(context: ResponseContext) -> str:
    """Criteria, method, denominator and cohort."""
    study = context.study
    if context.result is None or study.comparison.response is None:
        return nothing_computed(study, context.view, context.in_cohort)
    parts = _METHODS[context.options.view](context)
    criteria = f"{context.best.label} by {context.declared.criteria}. "
    if not context.declared.criteria or context.declared.criteria in context.best.label:
        criteria = f"{context.best.label}. "
    cohort = f"{study.title}, {context.view.cohort.sentence(study)}, n\u00a0=\u00a0"
    n = context.in_cohort
    if context.options.view == "landmark":
        n = context.result.survival.result.n
    return f"{criteria}{parts} {cohort}{n}. {across_note(context.across)}".rstrip()


def _best_method(context: ResponseContext) -> str:
    tests = ""
    if context.result.sums[0].fisher is not None:
        tests = "; Fisher's exact test and chi-square without continuity correction"
    n = f"all {context.in_cohort}" if context.in_cohort != 1 else "1"
    return (
        f"{METHOD}{tests}. Denominator: {n} in view"
        f"{', in each arm all of the arm' if context.arms else ''}; off study, not evaluable and "
        "missing are in it and are no response."
    )


def _depth_method(context: ResponseContext) -> str:
    label = context.study.variable(context.declared.depth).label
    return (
        f"{label}: largest change of the target lesions, shrinkage below 0; dashed lines at "
        f"−{-PARTIAL_RESPONSE:.0f} % (partial response) and +{PROGRESSION:.0f} % (progression) of "
        f"RECIST. Quartiles as R's default. Shares past these lines are of the patients measured, "
        "with 95 % Clopper–Pearson interval."
    )


def _course_method(context: ResponseContext) -> str:
    parts = []
    if context.declared.survival:
        origin = context.study.endpoint(context.declared.survival).origin
        if context.result.lanes is not None:
            parts.append(
                f"One lane for each patient from {origin} to death or last follow-up, the longest "
                "on top, coloured by best response"
            )
    if context.declared.time:
        parts.append(
            "time to response of responders with quartiles as R's default; the curve is their "
            "share with a response by each time, nobody censored"
        )
    if not parts:
        return "No time of response is recorded."
    text = "; ".join(parts)
    return f"{capitalised(text)}. A month is 30.4375 days."


def _by_method(context: ResponseContext) -> str:
    return (
        "Objective response in each level with 95 % Clopper–Pearson interval; not evaluable counts "
        "as without response; Fisher's exact test over all levels of a variable. Dotted line: all "
        "patients in view. Numbers are cut into ranges."
    )


def _landmark_method(context: ResponseContext) -> str:
    survival = context.result.survival
    degrees = "" if survival.result.test is None else "; log-rank test, 1 degree of freedom"
    return (
        f"Kaplan–Meier from day {survival.landmark_days} after {survival.endpoint.origin}, 95 % CI "
        f"by Greenwood, {survival.options.ci} transform (as R survfit){degrees}; groups as known "
        "on that day (Anderson, Cain and Gelber 1983). A curve of responders from the start is "
        "not drawn: they had to live until they responded. A month is 30.4375 days."
    )


_METHODS = {
    "best": _best_method,
    "depth": _depth_method,
    "course": _course_method,
    "by": _by_method,
    "landmark": _landmark_method,
}
