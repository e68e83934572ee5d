"""The method footnote of each section of the Compare arms page."""

from __future__ import annotations

import math

from analysis import balance, competing_risks, gray, response
from analysis.restricted_mean import RULE
from layouts.arms.context import ArmContext
from layouts.arms.family import all_sizes, holm_method
from layouts.arms.numbers import HAZARD_RATIO_INVERSE, numbers_of
from layouts.arms.power_words import power_method
from layouts.arms.time_words import time_method
from layouts.arms.weighted_words import weighted_method
from layouts.shared.imbalance_words import chance_method
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.numbers import by_key
from layouts.shared.steps import entering
from layouts.shared.words import within


def method(context: ArmContext) -> str:
    """Method and cohort."""
    study = context.study
    if context.result is None:
        return nothing_computed(study, context.view, context.in_cohort)
    cohort = (
        f"{study.title}, {context.view.cohort.sentence(study)}, "
        f"n\u00a0=\u00a0{context.with_endpoint}{_of_pair(context)}."
    )
    how = _each_effect_method if context.each else _effect_method
    how = {**_METHODS, "effect": how}[context.options.show]
    return " ".join([*how(context), *holm_method(context), cohort])


def _of_pair(context: ArmContext) -> str:
    """How many of them are in the two arms compared, where there are more arms."""
    if context.each or not context.parts:
        return ""
    n = sum(all_sizes(context)[place] for place in context.pair.places)
    return f", {n} of them in the two arms compared"


def _each_effect_method(context: ArmContext) -> list[str]:
    reference = context.study.arms[context.study.reference].label
    said = [
        f"Hazard ratio of each arm against {reference} (below 1 favours the arm) from a Cox "
        "regression, Efron's method for ties, Wald interval.",
        f"Mean time gained: difference of restricted means up to τ, by default {RULE}, of the two "
        f"arms compared; Greenwood standard errors. Curves: 95 % CI by Greenwood, "
        f"{context.options.ci} transform.",
    ]
    hazards = [part.result.hazards.method for part in context.parts if part.result is not None]
    test = context.everyone.groups.test
    said += [*hazards[:1], *([test.method] if test is not None else [])]
    return [*said, context.everyone.permutation.method]


def _effect_method(context: ArmContext) -> list[str]:
    result = context.result
    compared, reference = (arm.label for arm in context.arms)
    said = [
        f"Hazard ratio of {compared} against {reference} (below 1 favours {compared}) from a "
        "Cox regression, Efron's method for ties, Wald interval and p."
    ]
    inverse = by_key(numbers_of(result))[HAZARD_RATIO_INVERSE]
    if math.isfinite(inverse.value):
        said.append(
            f"The inverse, {within(reference, context.study)} against {compared}, is "
            f"{inverse.value:.2f} ({inverse.lower:.2f}–{inverse.upper:.2f})."
        )
    said += [
        f"Mean time gained: difference of restricted means up to τ, by default {RULE}; survival "
        "differences by Kaplan–Meier; Greenwood standard errors. "
        f"Curves: 95 % CI by Greenwood, {context.options.ci} transform.",
        result.hazards.method,
        result.permutation.method,
    ]
    return said


def _largest(context: ArmContext) -> str:
    """Of several arms: which of the differences is shown."""
    return " Shown is the largest between any two arms." if context.each else ""


def _balance_method(context: ArmContext) -> list[str]:
    adjusted_for = [context.study.variable(name) for name in context.options.adjust]
    said = [
        balance.METHOD + _largest(context) + chance_method(context.result.chance),
        "Hazard ratios from Cox regressions, Efron's method for ties, Wald intervals; crude and "
        f"adjusted on the patients with all covariates; {entering(context.study, adjusted_for)}.",
    ]
    results = [part.result for part in context.shown if part.result is not None]
    stratified = [one.adjusted.stratified for one in results]
    said += [one.method for one in stratified[:1] if one is not None]
    return said


def _competing_method(context: ArmContext) -> list[str]:
    several = len(context.result.causes) > 2
    what = "every other cause" if several else "the competing event"
    tested = any(test.df for test in context.result.tests)
    return [
        competing_risks.METHOD,
        f"1 − Kaplan–Meier takes {what} for censoring and so overstates the incidence.",
        *([gray.METHOD] if tested else []),
    ]


_METHODS = {
    "effect": _effect_method,
    "balance": _balance_method,
    "adjusted": weighted_method,
    "time": time_method,
    "power": power_method,
    "competing": _competing_method,
    "response": lambda context: [
        response.METHOD,
        "Filled boxes: odds ratios; arrows: the interval goes on.",
    ],
}
