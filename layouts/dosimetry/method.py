"""The footnote of each view of the Dosimetry page, and how many thresholds there are."""

from __future__ import annotations

import math

from analysis.activity import DOSE_FACTOR, GLASS_DOSE_FACTOR
from layouts.dosimetry.context import DosimetryContext
from layouts.dosimetry.options import ACTIVITY, AGREEMENT, RESPONSE, SURVIVAL, WITH_THRESHOLD
from layouts.dosimetry.words import left_out, obstacle
from layouts.shared import thresholds
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.words import counted, p_value, patients, shown_provenance


def method(context: DosimetryContext) -> str:
    """Method, cohort and who is left out."""
    study, options = context.study, context.options
    if options.view == ACTIVITY:
        return (
            "TheraSphere package insert; SIR-Spheres instructions for use; partition model: Ho et "
            "al. 1996, Gulec et al. 2006; body surface: Du Bois 1916. All energy stays where the "
            f"microspheres lie: {GLASS_DOSE_FACTOR:g} Gy·kg/GBq for glass, {DOSE_FACTOR} for the "
            "partition model."
        )
    if not context.in_cohort:
        return nothing_computed(study, context.view, 0)
    parts = [*_methods(context)] if not obstacle(context) else []
    columns = study.dosimetry.columns
    estimates = (("Planned", columns.planned), ("delivered", columns.delivered))
    made = [f"{name}: {words}" for name, words in estimates if words]
    if made:
        parts.append(", ".join(made))
    cohort = f"{study.title}, {context.view.cohort.sentence(study)}, {patients(context.in_cohort)}"
    if context.words:
        cohort += f" with {context.counted(context.lesions, of_lesions=True)}"
    parts.append("; ".join([cohort, *left_out(context)]))
    return f"{'. '.join(part.rstrip('.') for part in parts)}."


def provenance(context: DosimetryContext) -> str:
    """What the rows are; empty where none are used: by the prescription of an activity."""
    if context.options.view == ACTIVITY:
        return ""
    return shown_provenance(context.study.provenance)


def _methods(context: DosimetryContext) -> list[str]:
    found, view = context.result, context.options.view
    if view == AGREEMENT:
        bars = (
            "Bars: medians. Shaded: confidence intervals" if context.marks else "Boxes: quartiles"
        )
        return [found.result.method, bars]
    if view == RESPONSE:
        return [
            found.roc.method,
            "Mann–Whitney test, normal approximation. Clopper–Pearson intervals",
            f"Response: {context.words.response}",
        ]
    if view == SURVIVAL:
        return [
            "Kaplan–Meier with 95 % CI by Greenwood, log transform; log-rank test",
            f"Adjusted p: {found.selected.method}",
        ]
    boxes = ""
    if not context.study.single_patients:
        boxes = "; boxes: quartiles" if found.withheld else "; boxes: range and quartiles"
    return [f"{found.correlation.method.rstrip('.')}, of dose and worst grade{boxes}"]


def possible_words(context: DosimetryContext) -> str:
    """How many thresholds the shown dose has, and what the best is worth; empty without any.

    It stands beside how many were looked at, which counts other doses, endpoints and filters too.
    """
    found = context.result
    if context.options.view not in WITH_THRESHOLD or found is None or obstacle(context):
        return ""
    if context.options.view == RESPONSE:
        return _splits(max(found.roc.threshold.size - 1, 0), context.words.several)
    best = found.selected.best
    tail = ""
    if best is not None:
        tail = (
            f" The best of the {found.selected.threshold.size} tested has "
            f"{p_value(float(found.selected.p_adjusted[best]))} after adjustment."
        )
    return f"{_splits(found.possible, 'patients')}{tail}"


def _splits(number: int, who: str) -> str:
    return f"Of the dose shown, {counted(number, 'threshold')} would split these {who} differently."


def looked_at(context: DosimetryContext) -> dict | None:
    """What the browser needs to count the thresholds that were looked at; None without any."""
    words = possible_words(context)
    threshold = context.options.threshold
    if not words or threshold is None or not math.isfinite(threshold):
        return None
    view, options = context.view, context.options
    filters = [f"{one.variable}={one.text()}" for one in view.cohort.filters]
    key = [
        options.view,
        options.dose.id,
        options.estimate,
        view.endpoint,
        view.cohort.analysis_set,
        *filters,
        f"{threshold:g}",
    ]
    return thresholds.looked_at(
        context.study.version, "", key, "doses, endpoints and filters", words
    )
