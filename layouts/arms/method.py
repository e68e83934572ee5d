"""The method footnote of each section of the Compare arms page."""

from __future__ import annotations

import math

from analysis import balance, competing_risks, response
from analysis.restricted_mean import RULE
from layouts.arms.context import ArmContext
from layouts.arms.numbers import HAZARD_RATIO_INVERSE, numbers_of
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
        f"n\u00a0=\u00a0{context.with_endpoint}."
    )
    return " ".join([*_METHODS[context.options.show](context), cohort])


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


def _balance_method(context: ArmContext) -> list[str]:
    adjusted_for = [context.study.variable(name) for name in context.options.adjust]
    said = [
        balance.METHOD + chance_method(context.result.chance),
        "Hazard ratios from Cox regressions, Efron's method for ties, Wald intervals; crude and "
        f"adjusted on the patients with all covariates; {entering(adjusted_for)}.",
    ]
    if context.result.adjusted.stratified is not None:
        said.append(context.result.adjusted.stratified.method)
    return said


_METHODS = {
    "effect": _effect_method,
    "balance": _balance_method,
    "competing": lambda context: [
        competing_risks.METHOD,
        "1 − Kaplan–Meier takes the competing event for censoring and so overstates the incidence.",
    ],
    "response": lambda context: [
        response.METHOD,
        "Filled boxes: odds ratios; arrows: the interval goes on.",
    ],
}
