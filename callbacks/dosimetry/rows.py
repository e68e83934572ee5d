"""Rows of the Dosimetry page's files."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from analysis.activity import glass_activity, partition_activity, resin_activity
from layouts.dosimetry.activity import WARNING
from layouts.dosimetry.activity_inputs import BY_METHOD, SHARED
from layouts.dosimetry.context import DosimetryContext, Withheld
from layouts.dosimetry.disclosure import withheld_words
from layouts.dosimetry.words import obstacle
from layouts.shared.words import DAYS_PER, capitalised

DOSE_COLUMNS = (
    "quantity",
    "compartment",
    "planned_or_delivered",
    "unit",
    "n",
    "missing",
    "mean",
    "sd",
    "median",
    "min",
    "max",
    "note",
)
THRESHOLD_COLUMNS = (
    "compartment",
    "planned_or_delivered",
    "threshold",
    "responding_at_or_above",
    "responding_below",
    "not_responding_at_or_above",
    "not_responding_below",
    "sensitivity",
    "specificity",
    "note",
)
SURVIVAL_COLUMNS = (
    "compartment",
    "planned_or_delivered",
    "threshold",
    "group",
    "n",
    "events",
    "median",
    "median_lower",
    "median_upper",
    "p_value",
    "p_adjusted",
    "thresholds_possible",
    "note",
)
TOXICITY_COLUMNS = (
    "compartment",
    "planned_or_delivered",
    "adverse_events",
    "worst_grade",
    "n",
    "median",
    "quartile_1",
    "quartile_3",
    "min",
    "max",
    "spearman_rho",
    "p_value",
    "note",
)
ACTIVITY_COLUMNS = ("method", "quantity", "value", "unit", "note", "provenance")
ENTERED = "Entered by the reader"
COMPUTED = "Computed from what the reader entered"


def _withheld_note(context: DosimetryContext) -> str:
    return f"{withheld_words(context.study)}."


def _without_result(context: DosimetryContext, columns: tuple[str, ...]) -> dict:
    """In place of a view's rows: nothing, or a row that says why the doses are not shown."""
    if not isinstance(context.result, Withheld):
        return dict.fromkeys(columns)
    row = dict.fromkeys(columns, float("nan"))
    options = context.options
    row |= {"compartment": options.dose.label, "planned_or_delivered": options.estimate}
    return row | {"note": obstacle(context)}


def dose_rows(context: DosimetryContext) -> Iterable[dict]:
    """One row for each dose, planned and delivered."""
    for one in context.summaries:
        dose = one.dose
        cells = (
            capitalised(dose.quantity),
            dose.label,
            one.estimate,
            dose.unit,
            one.n,
            one.missing,
            one.mean,
            one.sd,
            one.median,
            one.smallest,
            one.largest,
            _withheld_note(context) if one.withheld else "",
        )
        yield dict(zip(DOSE_COLUMNS, cells, strict=True))
    if not context.summaries:
        yield dict.fromkeys(DOSE_COLUMNS)


def threshold_rows(context: DosimetryContext) -> Iterable[dict]:
    """One row for each threshold.

    Every dose that occurs; in a study that shows no single patient only the steps of the slider,
    since a row for each dose would be a list of the lesions.
    """
    found = context.result
    if found is None or isinstance(found, Withheld):
        yield _without_result(context, THRESHOLD_COLUMNS)
        return
    thresholds, scale = found.roc.threshold, context.options.thresholds
    if not context.study.single_patients:
        steps = round((scale.high - scale.low) / scale.step)
        thresholds = np.round(scale.low + scale.step * np.arange(steps + 1), 6)
    for threshold in thresholds:
        counts = found.roc.at(float(threshold))
        shares = [
            hit / of if of else float("nan")
            for hit, of in ((counts[0], found.roc.n_with), (counts[3], found.roc.n_without))
        ]
        head = (context.options.dose.label, context.options.estimate, float(threshold))
        yield dict(zip(THRESHOLD_COLUMNS, (*head, *counts, *shares, ""), strict=True))
    if not len(thresholds):
        yield dict.fromkeys(THRESHOLD_COLUMNS)


def survival_rows(context: DosimetryContext) -> Iterable[dict]:
    """One row for each side of the threshold; the tests stand in both."""
    found = context.result
    if found is None or isinstance(found, Withheld):
        yield _without_result(context, SURVIVAL_COLUMNS)
        return
    options = context.options
    p = found.groups.test.p_value if found.groups.test else float("nan")
    tests = (float(p), found.selected.adjusted(options.threshold), found.possible)
    for side, group in zip(("below", "at or above"), found.groups.groups, strict=True):
        median = (
            x / DAYS_PER["months"]
            for x in (group.median.value, group.median.lower, group.median.upper)
        )
        cells = (
            options.dose.label,
            options.estimate,
            options.threshold,
            side,
            group.n,
            group.events,
            *map(float, median),
            *tests,
            "",
        )
        yield dict(zip(SURVIVAL_COLUMNS, cells, strict=True))


def toxicity_rows(context: DosimetryContext) -> Iterable[dict]:
    """One row for each worst grade.

    Doses of too few patients are NA where the study does not show them, and then no grade has
    extremes: with those of all patients they would tell what is left out.
    """
    found = context.result
    if found is None or isinstance(found, Withheld):
        yield _without_result(context, TOXICITY_COLUMNS)
        return
    options = context.options
    for place, (label, n) in enumerate(zip(found.labels, found.n, strict=True)):
        smallest, lower, median, upper, largest = map(float, found.five_numbers(place))
        note = _withheld_note(context) if n and not found.doses[place].size else ""
        cells = (
            options.dose.label,
            options.estimate,
            found.terms,
            label,
            n,
            median,
            lower,
            upper,
            smallest,
            largest,
            found.correlation.rho,
            found.correlation.p_value,
            note,
        )
        yield dict(zip(TOXICITY_COLUMNS, cells, strict=True))


def activity_rows(context: DosimetryContext) -> Iterable[dict]:
    """The inputs of every calculator as they stand on the screen, and what they give.

    They are the reader's own numbers and no study's, and say so in place of its provenance.
    """
    entries = context.options.entries
    for method, own in BY_METHOD.items():
        used = (*own, *SHARED[method])
        inputs = [(one.label, float(entries[one.name].text), one.unit) for one in used]
        results = _results(method, [entries[one.name].number for one in used])
        for rows, origin in ((inputs, ENTERED), (results, COMPUTED)):
            for quantity, value, unit in rows:
                cells = (method, quantity, value, unit, WARNING, origin)
                yield dict(zip(ACTIVITY_COLUMNS, cells, strict=True))


def _results(method: str, numbers: list[float]) -> tuple[tuple[str, float, str], ...]:
    if method == "glass":
        glass = glass_activity(*numbers)
        return (("Activity", glass.activity, "GBq"), ("Dose to the lungs", glass.lung_dose, "Gy"))
    if method == "resin":
        resin = resin_activity(*numbers)
        return (
            ("Body surface", resin.surface, "m²"),
            ("Activity before the reduction", resin.calculated, "GBq"),
            ("Activity", resin.activity, "GBq"),
        )
    parts = partition_activity(*numbers)
    return (
        ("Activity", parts.activity, "GBq"),
        ("Dose to the tumour", parts.tumour_dose, "Gy"),
        ("Dose to the lungs", parts.lung_dose, "Gy"),
    )
