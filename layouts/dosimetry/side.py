"""The numbers beside the figure of the Dosimetry page, as HTML."""

from __future__ import annotations

import math

import numpy as np

from analysis.agreement import Interval
from layouts.dosimetry.context import DoseSummary, DosimetryContext
from layouts.dosimetry.options import ACTIVITY, AGREEMENT, RESPONSE, SURVIVAL
from layouts.dosimetry.words import obstacle
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import (
    capitalised,
    correlation,
    minus,
    p_value,
    patients,
    percent,
    percent_interval,
    span,
    time_interval,
    time_value,
)

TOO_FEW = "too few to show"


def dosimetry_side(context: DosimetryContext, theme: Theme) -> str:
    """The tables of the shown view; empty where there is nothing to show."""
    view = context.options.view
    if view == ACTIVITY or not context.in_cohort:
        return ""
    if view == AGREEMENT:
        return ("" if obstacle(context) else _agreement(context)) + _summaries(context)
    if obstacle(context):
        return ""
    if view == RESPONSE:
        return _response(context)
    if view == SURVIVAL:
        return _survival(context, theme)
    return _toxicity(context)


def _table(caption: str, heads: list[str], rows: list[str], kind: str = "") -> str:
    cells = joined(tag("th", head, scope="col") if head else tag("td") for head in heads)
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells)),
        tag("tbody", rows),
        class_=f"numbers {kind}",
    )


def _row(name: str, cells: list[str], statistic: str = "") -> str:
    inner = joined(tag("td", cell) for cell in cells)
    return tag("tr", tag("th", name, scope="row"), inner, data_statistic=statistic or None)


def _agreement(context: DosimetryContext) -> str:
    found, result = context.result, context.result.result
    ratio = result.scale == "ratio"

    def said(value: float) -> str:
        if not math.isfinite(value):
            return "–"
        return f"{value:.2f}" if ratio else context.number(value, 1)

    def row(name: str, one: Interval, statistic: str) -> str:
        limits = f"{said(one.lower)} to {said(one.upper)}" if math.isfinite(one.lower) else "–"
        return _row(name, [tag("b", said(one.value)), limits], statistic)

    rows = [
        row("Geometric mean ratio" if ratio else "Mean difference", result.mean, "mean"),
        row("Lower limit of agreement", result.lower_limit, "lower-limit"),
        row("Upper limit of agreement", result.upper_limit, "upper-limit"),
    ]
    if not ratio:
        rows.append(_row("SD of the differences", [said(result.sd), ""], "sd"))
    unit = context.options.dose.unit
    head = "Planned ÷ delivered" if ratio else f"Planned − delivered{f', {unit}' if unit else ''}"
    n = context.counted(result.n, context.options.dose.of_lesions)
    count = f"{n} in {patients(found.patients)}" if context.options.dose.of_lesions else n
    heads = [joined(head, BREAK, count), "", "95 % CI"]
    table = _table(f"{context.dose_words('')}: agreement", heads, rows, "agreement-table")
    return table + _paper(context, context.options.dose.published_agreement)


def _paper(context: DosimetryContext, words: str) -> str:
    """What the publication prints beside what is computed here; empty where it prints nothing."""
    if not words:
        return ""
    return tag("p", f"{context.paper_words()}: {words}", class_="paper")


def _summaries(context: DosimetryContext) -> str:
    printed = any(one.published for one in context.summaries)
    heads = [
        "Dose",
        "n",
        "Mean",
        "SD",
        "Median",
        "Min–max",
        *([context.paper_words()] if printed else []),
    ]
    rows, last = [], None
    for one in context.summaries:
        if one.dose is not last:
            unit = f", {one.dose.unit}" if one.dose.unit else ""
            title = f"{one.dose.label}: {one.dose.quantity}{unit}"
            head = tag("th", title, scope="rowgroup", colspan=len(heads))
            rows.append(tag("tr", head, class_="dose-row"))
            last = one.dose
        rows.append(_summary_row(one, printed))
    return _table("Doses, planned and delivered", heads, rows, "dose-table")


def _summary_row(one: DoseSummary, printed: bool) -> str:
    def said(value: float, more: int = 0) -> str:
        return minus(f"{value:.{one.dose.decimals + more}f}") if math.isfinite(value) else "–"

    missing = tag("span", f"{one.missing} missing", class_="aside") if one.missing else ""
    cells = [tag("td", one.n, missing)]
    if one.withheld:
        cells.append(tag("td", tag("span", TOO_FEW, class_="aside"), colspan="4"))
    else:
        bounds = span(said(one.smallest), said(one.largest)) if one.n else "–"
        numbers = (said(one.mean), said(one.sd), said(one.median), bounds)
        cells += [tag("td", text) for text in numbers]
    if printed:
        cells.append(tag("td", tag("span", one.published, class_="paper")))
    name, mark = one.estimate.capitalize(), f"{one.dose.id}-{one.estimate}"
    return tag("tr", tag("th", name, scope="row"), cells, data_statistic=mark)


def _response(context: DosimetryContext) -> str:
    found = context.result
    yes_above, yes_below, no_above, no_below = found.counts
    cut = context.threshold_text()
    two_by_two = _table(
        "Response above and below the threshold",
        [capitalised(context.words.several), f"≥ {cut}", f"< {cut}", "All"],
        [
            _row("Responding", [yes_above, yes_below, yes_above + yes_below], "responding"),
            _row("Not responding", [no_above, no_below, no_above + no_below], "not-responding"),
        ],
        "two-by-two",
    )
    shares = [
        _row(name, [tag("b", percent(one.value)), percent_interval(one.lower, one.upper)], key)
        for name, one, key in (
            ("Sensitivity", found.sensitivity, "sensitivity"),
            ("Specificity", found.specificity, "specificity"),
        )
    ]
    auc, clustered = found.roc.auc, found.roc.clustered

    def limits(one: Interval) -> str:
        return f"{one.lower:.2f}–{one.upper:.2f}" if math.isfinite(one.lower) else "–"

    area = f"{auc.value:.2f}" if math.isfinite(auc.value) else "–"
    shares.append(_row("Area under the ROC curve", [tag("b", area), limits(clustered)], "auc"))
    shares.append(
        _row(tag("span", "as if independent (DeLong)", class_="aside"), ["", limits(auc)], "delong")
    )
    estimates = _table("Estimates", ["", "", "95 % CI"], shares)
    medians = [
        _row(name, [values.size, _median(context, values)], key)
        for name, values, key in (
            ("Responding", found.responding, "median-responding"),
            ("Not responding", found.not_responding, "median-not"),
        )
    ]
    medians.append(_row("Mann–Whitney test", ["", p_value(found.roc.p_value)], "mann-whitney"))
    unit = f", {context.options.dose.unit}" if context.options.dose.unit else ""
    doses = _table(
        "Dose by response", [context.dose_words(), "n", f"Median (range){unit}"], medians
    )
    return two_by_two + estimates + doses + _paper(context, context.options.dose.published_response)


def _median(context: DosimetryContext, values: np.ndarray) -> str:
    if not values.size:
        return "–"
    return joined(
        tag("b", context.number(float(np.median(values)))),
        f" ({context.number(values.min())}–{context.number(values.max())})",
    )


def _survival(context: DosimetryContext, theme: Theme) -> str:
    found = context.result
    decimals = context.study.decimals
    rows = []
    for group in found.groups.groups:
        colour = group_style(group.position, theme).colour
        name = joined(tag("span", class_="dot", style=f"background:{colour}"), group.label)
        median = time_value(group.median.value, "months", decimals) if group.n else "–"
        limits = time_interval(group.median.lower, group.median.upper, "months", decimals)
        rows.append(_row(name, [group.n, group.events, tag("b", median), limits]))
    groups = _table(
        "Survival by dose",
        [context.dose_words(), "n", "Events", "Median, months", "95 % CI"],
        rows,
    )
    p = found.groups.test.p_value if found.groups.test else math.nan
    selected = found.selected
    adjusted = selected.adjusted(context.options.threshold)
    tests = [_row("Log-rank test, this threshold alone", [p_value(p)], "p")]
    words = p_value(adjusted) if math.isfinite(adjusted) else "too few on one side"
    tests.append(_row("Adjusted for all thresholds", [words], "adjusted"))
    if selected.best is not None:
        best = context.number(float(selected.threshold[selected.best]))
        tests.append(
            _row(
                f"Best threshold, ≥ {best}{context.unit}, adjusted",
                [p_value(float(selected.p_adjusted[selected.best]))],
                "best",
            )
        )
    tests.append(
        _row(
            "Thresholds possible / tested",
            [f"{found.possible} / {selected.threshold.size}"],
            "possible",
        )
    )
    return groups + _table("Tests", ["Exploratory", ""], tests)


def _toxicity(context: DosimetryContext) -> str:
    found = context.result
    total = sum(found.n)
    rows = []
    for place, (name, n) in enumerate(zip(found.labels, found.n, strict=True)):
        smallest, lower, median, upper, largest = found.five_numbers(place)
        low, high = (lower, upper) if found.withheld else (smallest, largest)
        dose = TOO_FEW if n else "–"
        if math.isfinite(median):
            spread = f" ({span(context.number(low), context.number(high))})"
            dose = joined(tag("b", context.number(median)), spread if math.isfinite(low) else "")
        rows.append(_row(capitalised(name), [f"{n} ({percent(n / total)})", dose]))
    unit = f", {context.options.dose.unit}" if context.options.dose.unit else ""
    spread = "quartiles" if found.withheld else "range"
    heads = [f"{found.terms}, worst grade", "Patients", f"Median dose ({spread}){unit}"]
    rank = found.correlation
    rho = correlation("ρ", rank.rho).partition("=\u00a0")[2]
    tests = [
        _row("Spearman's ρ", [rho], "rho"),
        _row("Test of no correlation", [p_value(rank.p_value)], "p"),
    ]
    return (
        _table("Dose by worst grade", heads, rows)
        + _table("Correlation", ["", ""], tests)
        + _paper(context, context.options.dose.published_toxicity)
    )
