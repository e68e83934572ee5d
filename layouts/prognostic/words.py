"""Sentence, cautions and footnote of the Prognostic factors page."""

from __future__ import annotations

import math

from data.cohort import without_idle
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
    list_of,
    undecided,
)
from layouts.shared.model_words import counted, readable
from layouts.shared.ranges import across_note, explained
from layouts.shared.words import listed, p_value, patients

FEW_EVENTS_PER_VARIABLE = 10
NAMED_AT_MOST = 4


def looks(context: PrognosticContext) -> str:
    """How many tests stand on the screen, and how many of them chance alone would make small."""
    tested = sum(math.isfinite(one.p_value) for one in context.result.univariable)
    if not tested:
        return "No factor can be tested in this cohort."
    below = sum(one.p_value < 0.05 for one in context.result.univariable)
    found = count_words(context.across, below, numbers.FOUND)
    return (
        f"Exploratory: {tested} factors tested alone; at p < 0.05 about {0.05 * tested:.1f} would "
        f"be expected by chance; {found} found; p-values are not adjusted for their number."
    )


def sentence(context: PrognosticContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if not context.in_cohort:
        return "No patient passes these filters. Remove one of them above."
    if not context.with_endpoint:
        return f"Nobody in this cohort has {context.endpoint.name.lower()}."
    result = context.result
    label = context.endpoint.label
    head = _alone(context, label)
    fit = result.multivariable
    if fit is None:
        return explained(context.across, f"{head}; no multivariable model is chosen.")
    together = listed([context.label(name) for name in result.chosen])
    concordance, two = fit.concordance, "{:.2f}".format
    beside = context.across.bracket(numbers.CONCORDANCE, two(concordance), two)
    c = f", concordance {concordance:.2f}{beside}" if math.isfinite(concordance) else ""
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
        if any(holds(across, one) for one in tests):
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
    said += _model(context)
    if endpoint.population:
        said.append(f"Only {endpoint.population}: {context.with_endpoint} of {context.in_cohort}.")
    if context.landmark_days is not None:
        said.append(
            f"Landmark analysis: time starts at day {context.landmark_days} for patients still "
            "followed without the event."
        )
    late = [context.study.variable(one.variable) for one in context.view.cohort.filters]
    late = [variable.label for variable in late if variable.after_baseline]
    if late:
        said.append(f"{listed(late)} is known only after treatment began.")
    return said


def _model(context: PrognosticContext) -> list[str]:
    result, fit = context.result, context.result.multivariable
    if fit is None:
        return []
    said = []
    if context.data_driven:
        said.append(
            "The data themselves chose the multivariable model (p < 0.05 alone): its p-values and "
            "intervals are too optimistic."
        )
    per = result.events_per_variable
    if per < FEW_EVENTS_PER_VARIABLE:
        said.append(
            f"Events per variable {per:.1f} ({counted(fit)}): under {FEW_EVENTS_PER_VARIABLE} the "
            "multivariable estimates are unstable."
        )
    left_out = max(int(one.n.sum()) for one in result.univariable) - fit.n
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
        "terms by likelihood ratio; each model on the patients with all its values (complete "
        "cases); numbers enter linearly",
        "PH: score test of proportional hazards (as R's cox.zph)",
    ]
    fit = result.multivariable
    if fit is not None and fit.n_events and fit.terms:
        parts.append(
            f"multivariable: n\u00a0=\u00a0{fit.n}, "
            f"events per variable {result.events_per_variable:.1f} ({counted(fit)}), concordance "
            f"{fit.concordance:.2f}, global PH {p_value(result.hazards.global_test.p_value)}"
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
    if one is None or not one.fit.terms or not math.isfinite(float(one.fit.hazard_ratio[0])):
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
