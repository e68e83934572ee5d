"""The levels of each prognostic factor with their estimates, alone and in the model."""

from __future__ import annotations

import math

from data.study import ARM, MISSING_ID
from layouts.prognostic.context import PrognosticContext
from layouts.shared.few import whole
from layouts.shared.steps import has_step, step_of


def levels_of(context: PrognosticContext, position: int) -> list[dict]:
    """The rows of a variable: its levels, or one row for a number.

    Returns
    -------
    list of dict
        ``label``; ``id`` of the level; ``n``, ``events``; ``term`` (name of the coefficient);
        ``univariable`` and ``multivariable``: (hazard ratio, lower, upper, p), NaN in a reference,
        None where the variable is not in the model; ``reason``; ``reference``.
    """
    variable, one = context.variables[position], context.result.univariable[position]
    multi = context.result.multivariable if variable.id in context.result.chosen else None
    if has_step(context.study, variable):
        labels, ids = [step_of(context.study, variable).words], [""]
        terms = [variable.id]
    else:
        labels, ids = _labels(context, variable)
        terms = [f"{variable.id}={label}" for label in labels]
    rows = []
    for i, (label, level_id, term) in enumerate(zip(labels, ids, terms, strict=True)):
        uni = _of_term(one.fit, term)
        rows.append(
            {
                "label": label,
                "term": term,
                "id": level_id,
                "n": whole(one.n[i]),
                "events": whole(one.events[i]),
                "univariable": uni,
                "multivariable": _of_term(multi, term) if multi is not None else None,
                "reason": _reason(one.fit, term),
                "multivariable_reason": _reason(multi, term) if multi is not None else "",
                "reference": term not in one.fit.terms,
            }
        )
    return rows


def _labels(context: PrognosticContext, variable) -> tuple[list[str], list[str]]:
    """Levels in the order of the model: the reference arm first."""
    levels = [(level.label, level.id) for level in variable.levels]
    if variable.missing == "level" and context.study.has_missing(variable):
        levels.append((variable.level(MISSING_ID).label, MISSING_ID))
    if variable.id == ARM:
        reference = context.study.arms[context.study.reference].level
        levels.sort(key=lambda one: one[1] != reference)
    return [label for label, _ in levels], [level_id for _, level_id in levels]


def _of_term(fit, term: str) -> tuple[float, float, float, float]:
    if term not in fit.terms:
        return (math.nan,) * 4
    i = fit.terms.index(term)
    arrays = (fit.hazard_ratio, fit.lower, fit.upper, fit.p_value)
    return tuple(float(array[i]) for array in arrays)


def _reason(fit, term: str) -> str:
    reason = fit.reasons[fit.terms.index(term)] if term in fit.terms else None
    # The term's technical name says nothing that the row does not.
    return reason.words() if reason else ""
