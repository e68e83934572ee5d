"""Sentence, cautions and footnote of the Prognostic factors page."""

from __future__ import annotations

import math

from data.cohort import without_idle
from data.pairs import several
from data.study import ARM
from layouts.prognostic import numbers
from layouts.prognostic.context import PrognosticContext
from layouts.shared.claims import (
    LEVEL,
    Test,
    below,
    claim,
    count_words,
    crosses,
    holds,
    in_sets,
    list_of,
    undecided,
)
from layouts.shared.few import whole
from layouts.shared.late_words import known_late, late_filters
from layouts.shared.model_words import readable, size_of
from layouts.shared.nobody import nobody
from layouts.shared.numbers import p_key
from layouts.shared.ranges import across_note, explained
from layouts.shared.steps import entering
from layouts.shared.words import counted, listed, p_number, p_value, patients, within

FEW_EVENTS_PER_VARIABLE = 10
NAMED_AT_MOST = 4


def looks(context: PrognosticContext) -> str:
    """How many tests stand on the screen, and how many of them chance alone would make small."""
    tested = sum(math.isfinite(one.p_value) for one in context.result.univariable)
    if not tested:
        return "No factor can be tested in this cohort."
    found = count_words(context.across, len(context.result.found), numbers.FOUND)
    return (
        f"Exploratory: {counted(tested, 'factor')} tested alone; at p < 0.05 about "
        f"{0.05 * tested:.1f} would be expected by chance; {found} found; "
        "p-values are not adjusted for their number."
    )


def sentence(context: PrognosticContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if not context.in_cohort:
        return nobody(context.study, context.view.cohort)
    if not context.with_endpoint:
        return f"Nobody in this cohort has {within(context.endpoint.name, context.study)}."
    result = context.result
    label = context.endpoint.label
    if not any(math.isfinite(one.p_value) for one in result.univariable):
        return f"No factor of {label} can be tested: {_why_no_test(context)}."
    head = _alone(context, label)
    fit = result.multivariable
    if fit is None:
        return explained(context.across, f"{head}; no multivariable model is chosen.")
    together = listed([context.label(name) for name in result.chosen])
    concordance, two = fit.concordance, "{:.2f}".format
    beside = context.across.bracket(numbers.CONCORDANCE, two(concordance), two)
    c = ""
    if math.isfinite(concordance):
        c = f", {_concordance(context)} {concordance:.2f}{beside}"
    said = f"{head}; in the model with {together}, below 0.05: {_in_model(context)}{c}."
    return explained(context.across, said)


def _in_model(context: PrognosticContext) -> str:
    """The variables of the model with a p below 0.05, as far as the publication decides it."""
    fit, across = context.result.multivariable, context.across
    kept, left_open = [], []
    for name in context.result.chosen:
        tests = [
            Test(term, numbers.together(term), float(p))
            for variable, term, p in zip(fit.variables, fit.terms, fit.p_value, strict=True)
            if variable == name
        ]
        # A term without a finite ratio counts by its likelihood ratio.
        by_ratio = name in context.result.kept and not any(one.p < LEVEL for one in tests)
        if by_ratio or any(holds(across, one) for one in tests):
            kept.append(context.label(name))
        elif any(one.p < LEVEL or crosses(across, one) for one in tests):
            left_open.append(context.label(name))
    words = listed(kept) if kept else "none"
    return words + (f" (the publication leaves {listed(left_open)} open)" if left_open else "")


def _alone(context: PrognosticContext, label: str) -> str:
    """Which factors alone go with an endpoint."""
    tests = [
        Test(context.label(one.name), numbers.variable_alone(one.name), one.p_value)
        for one in context.result.univariable
    ]
    if undecided(context.across, tests, numbers.FOUND):
        found = claim(context.across, tests, numbers.FOUND, NAMED_AT_MOST)
        return f"Factors of {label} alone, {found}"
    if not below(tests):
        return f"No factor alone goes with {label} at p < 0.05"
    return f"Alone, {label} goes with {list_of(context.across, below(tests), NAMED_AT_MOST)}"


def _concordance(context: PrognosticContext) -> str:
    """A model that the data chose fits the data that chose it better than any others."""
    return "apparent concordance" if context.data_driven else "concordance"


def _why_no_test(context: PrognosticContext) -> str:
    events = max((whole(one.events.sum()) for one in context.result.univariable), default=0)
    return "the patients differ in none" if events else "no patient had the event"


def cautions(context: PrognosticContext) -> list[str]:
    """What the reader must know before using the numbers; most important first."""
    if not context.with_endpoint:
        return []
    said = []
    chosen = context.study.analysis_set(context.view.cohort.analysis_set)
    endpoint = context.endpoint
    if context.study.reconstructed:
        if without_idle(context.study, context.view.cohort).filters or not chosen.published:
            said.append("Illustrative: the paper does not publish this combination.")
        elif any(endpoint.id not in variable.published for variable in context.variables):
            said.append(
                "Factors that the paper did not cross with this endpoint, and how factors go "
                "together, are illustrative: they were not published."
            )
    said += _changing(context)
    said += _model(context)
    if endpoint.population:
        said.append(f"Only {endpoint.population}: {context.with_endpoint} of {context.in_cohort}.")
    if context.landmark_days is not None:
        said.append(
            f"Landmark analysis: time starts at day {context.landmark_days} for patients still "
            "followed without the event."
        )
    late = late_filters(context.study, context.view.cohort)
    if late:
        said.append(f"{known_late(late)}.")
    return said


def _changing(context: PrognosticContext) -> list[str]:
    """The factors whose hazard ratio changes over time, alone or in the model.

    Of each that does so not in every data set it is said in how many, and how many factors there
    are across them.
    """
    smallest = numbers.tests_of(context.result).changing
    tests = [
        Test(context.label(name), numbers.changing(name), p)
        for name, p in smallest.items()
        if p < LEVEL
    ]
    if not tests:
        return []
    more = len(tests) - NAMED_AT_MOST
    words = _in_how_many(context, tests[:NAMED_AT_MOST])
    named = listed(words) if more <= 0 else f"{', '.join(words)} and {more} more"
    ratio = "its hazard ratio is an average" if len(tests) == 1 else "their ratios are averages"
    said = f"Hazards are not proportional for {named} (PH p < 0.05): {ratio} over the follow-up."
    count = context.across.ranges.get(numbers.CHANGING)
    if count is not None:
        said += f" Across the data sets there are {count.low:.0f} to {count.high:.0f} such factors."
    return [said]


def _in_how_many(context: PrognosticContext, tests: list[Test]) -> list[str]:
    """The tests by name; what the numbers are is said of the first of those that are not in all."""
    words, data_sets = [], " data sets"
    for test in tests:
        beside = in_sets(context.across, test)
        if beside:
            beside, data_sets = f" ({beside}{data_sets})", ""
        words.append(f"{test.label}{beside}")
    return words


def _model(context: PrognosticContext) -> list[str]:
    result, fit = context.result, context.result.multivariable
    if fit is None:
        return []
    said = []
    if context.data_driven:
        said.append(
            "The data themselves chose the multivariable model (p < 0.05 alone): its p-values and "
            "intervals are too optimistic, and its concordance is apparent only."
        )
    per = result.events_per_variable
    if per < FEW_EVENTS_PER_VARIABLE:
        said.append(
            f"Events per variable {per:.1f} ({size_of(fit)}): under {FEW_EVENTS_PER_VARIABLE} the "
            "multivariable estimates are unstable."
        )
    left_out = max(whole(one.n.sum()) for one in result.univariable) - fit.n
    if left_out:
        said.append(
            f"{patients(left_out).capitalize()} without a value of a factor of the model are left "
            "out of it."
        )
    return said + [readable(context.study, note) for note in fit.notes]


def method(context: PrognosticContext) -> str:
    """Method and cohort."""
    study, result = context.study, context.result
    parts = [
        "Cox regressions, Efron's method for ties, Wald intervals; p of a factor with several "
        "terms, or with a hazard ratio that is not estimable, by likelihood ratio; each model on "
        f"the patients with all its values (complete cases); {entering(study, context.variables)}",
        "PH: score test of proportional hazards (as R's cox.zph)",
    ]
    fit = result.multivariable
    if fit is not None and fit.n_events and fit.terms:
        p = result.hazards.global_test.p_value
        beside = context.across.words(
            p_key(numbers.GLOBAL_HAZARDS), p_number(p), p_number, "no test"
        )
        across = f" [{beside} across {context.across.n} data sets]" if beside else ""
        parts.append(
            f"multivariable: n\u00a0=\u00a0{fit.n}, "
            f"events per variable {result.events_per_variable:.1f} ({size_of(fit)}), "
            f"{_concordance(context)} {fit.concordance:.2f}, "
            f"global PH {p_value(p)}{across}"
        )
    inverse = _inverse(context)
    if inverse:
        parts.append(inverse)
    cohort = (
        f"{study.title}, {context.view.cohort.sentence(study)}, "
        f"n\u00a0=\u00a0{context.with_endpoint}"
    )
    return (
        f"{'; '.join(parts)}. Boxes: alone; circles: in the model. {cohort}. "
        f"{across_note(context.across)}"
    ).rstrip()


def _inverse(context: PrognosticContext) -> str:
    """The arm's hazard ratio the other way round, as some papers print it."""
    one = next((one for one in context.result.univariable if one.name == ARM), None)
    # Of several arms no paper prints all of them the other way round.
    if one is None or several(context.study):
        return ""
    if not one.fit.terms or not math.isfinite(float(one.fit.hazard_ratio[0])):
        return ""
    value, lower, upper = (
        1 / float(x[0]) for x in (one.fit.hazard_ratio, one.fit.upper, one.fit.lower)
    )
    compared = next(arm.label for arm in context.study.arms if not arm.reference)
    reference = context.study.arms[context.study.reference].label
    return (
        f"the arm the other way round, {reference} against {compared}: HR {value:.2f} "
        f"({lower:.2f}–{upper:.2f})"
    )
