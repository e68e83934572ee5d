"""The numbers beside the curves of a threshold, and where the best thresholds lie."""

from __future__ import annotations

import math

import numpy as np
from markupsafe import Markup

from layouts.charts.small_curves import curve_path, small_curves
from layouts.shared.html import joined, tag
from layouts.shared.numbers import p_key
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import p_number, p_words, time_interval
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK, events, median, patients
from layouts.thresholds.context import ThresholdContext
from layouts.thresholds.words import months, obstacle

# More points of a small drawing are not seen.
_POINTS = 200


def threshold_side(context: ThresholdContext, theme: Theme) -> Markup:
    """Groups, hazard ratios and tests; empty where there is nothing to show."""
    if obstacle(context):
        return joined()
    return joined(_groups(context, theme), _ratios(context), _tests(context), _profile(context))


def _table(caption: str, heads: list[str], rows: list[Markup]) -> Markup:
    cells = [tag("th", head, scope="col") if head else tag("td") for head in heads]
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells)),
        tag("tbody", rows),
        class_="numbers",
    )


def _row(name: object, cells: list[object], statistic: str) -> Markup:
    inner = [tag("td", cell) for cell in cells]
    return tag("tr", tag("th", name, scope="row"), inner, data_statistic=statistic)


def _groups(context: ThresholdContext, theme: Theme) -> Markup:
    across, count = context.across, "{:.0f}".format
    rows = []
    for place, group in enumerate(context.result.groups.groups):
        colour = group_style(group.position, theme).colour
        name = joined(tag("span", class_="dot", style=f"background:{colour}"), group.label)
        text = months(context, group.median.value) if group.n else "–"
        limits = time_interval(
            group.median.lower, group.median.upper, "months", context.study.decimals
        )
        beside = across.html(median(place), text, lambda days: months(context, days), "NR")
        cells = [
            joined(group.n, across.html(patients(place), str(group.n), count)),
            joined(group.events, across.html(events(place), str(group.events), count)),
            joined(tag("b", text), beside),
            limits,
        ]
        rows.append(_row(name, cells, f"group-{place}"))
    heads = [context.options.variable.label, "n", "Events", "Median, months", "95 % CI"]
    return _table("Survival below and at or above the threshold", heads, rows)


def _ratios(context: ThresholdContext) -> Markup:
    found = context.result
    rows = [_ratio(f"≥ {context.options.cut_text}", found.ratio, found.shrunk, "ratio", context)]
    if not context.is_best and found.best is not None:
        best = f"Best, ≥ {context.options.text(context.best_cut)}"
        rows.append(_ratio(best, found.best, found.best_shrunk, "best"))
    if math.isfinite(found.validated.value):
        cells = [tag("b", f"{found.validated.value:.2f}"), "–", "–"]
        rows.append(_row("Best, cross-validated", cells, "validated"))
    heads = ["At or above against below", "Hazard ratio", "95 % CI", "Shrunk"]
    return _table("Hazard ratios", heads, rows)


def _ratio(name: str, ratio, shrunk: float, statistic: str, context=None) -> Markup:
    if ratio is None or not math.isfinite(ratio.value):
        return _row(name, ["–", "–", "–"], statistic)
    words = f"{ratio.value:.2f}"
    beside = context.across.html(HAZARD_RATIO, words, "{:.2f}".format) if context else ""
    limits = tag("span", f"{ratio.lower:.2f}–{ratio.upper:.2f}", class_="interval")
    return _row(name, [joined(tag("b", words), beside), limits, f"{shrunk:.2f}"], statistic)


def _tests(context: ThresholdContext) -> Markup:
    found, across = context.result, context.across
    p = found.groups.test.p_value if found.groups.test else math.nan
    beside = across.html(p_key(LOG_RANK), p_number(p), p_number, "no test")
    adjusted = context.adjusted
    words = p_words(adjusted) if math.isfinite(adjusted) else "too few on one side"
    rows = [
        _row("Adjusted for all thresholds", [words], "adjusted"),
        _row("Log-rank test, this one alone", [joined(p_words(p), beside)], "p"),
    ]
    best = found.selected.best
    if best is not None and not context.is_best:
        p_best = p_words(float(found.selected.p_adjusted[best]))
        rows.append(_row("Best threshold, adjusted", [p_best], "best-p"))
    counts = f"{found.possible} / {found.selected.threshold.size}"
    rows.append(_row("Thresholds possible / tested", [counts], "possible"))
    return _table("Tests", ["Exploratory", "p"], rows)


def _profile(context: ThresholdContext) -> Markup | None:
    """The size of the standardised statistic over all thresholds: one peak, or none."""
    selected, scale = context.result.selected, context.options.scale
    if selected.threshold.size < 2:
        return None
    size = np.abs(selected.statistic)
    places = np.unique(np.linspace(0, size.size - 1, min(_POINTS, size.size)).round().astype(int))
    places = np.union1d(places, [selected.best])
    top = float(size.max())
    wide = scale.high - scale.low
    x = 100 * (selected.threshold[places] - scale.low) / wide
    y = 100 - 100 * size[places] / top
    line = "M" + "L".join(f"{a:.2f} {b:.2f}" for a, b in zip(x, y, strict=True))
    here = 100 * (context.options.cut - scale.low) / wide
    curves = [
        curve_path(f"M{here:.2f} 0V100", "var(--quiet);stroke-width:1;stroke-dasharray:3 3"),
        curve_path(line, "var(--accent)"),
    ]
    ends = ((0, scale.low), (50, (scale.low + scale.high) / 2), (100, scale.high))
    ticks = joined(
        tag("span", f"{value:,.4g}", class_="tick", style=f"left:{at}%") for at, value in ends
    )
    return small_curves(
        curves,
        ticks,
        says=f"Standardised log-rank statistic by threshold, largest {top:.2f} at "
        f"{context.options.text(context.best_cut)}",
        top=f"Standardised log-rank statistic, up to {top:.2f}",
        along=f"Threshold of {context.options.variable.label}{_unit(context)}; dashed: the chosen",
    )


def _unit(context: ThresholdContext) -> str:
    return f", {context.options.variable.unit}" if context.options.variable.unit else ""
