"""The views of doses as they are put before a room."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from data.sections.adverse_events import UNGRADED
from layouts.charts.panels import spread_out
from layouts.dosimetry.context import DosimetryContext
from layouts.dosimetry.options import ACTIVITY, AGREEMENT, RESPONSE, SURVIVAL
from layouts.dosimetry.side import dosimetry_side
from layouts.dosimetry.words import obstacle
from layouts.shared.theme import LIGHT
from layouts.shared.words import capitalised
from layouts.slides.axes import even_axis
from layouts.slides.curves import survival_curves
from layouts.slides.figure import Axis, Chart, Series
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table


def dosimetry_drawn(context: DosimetryContext) -> Drawn | None:
    """The figure of the shown view with its table; None where nothing can be drawn."""
    if context.options.view == ACTIVITY or obstacle(context):
        return None
    made = {AGREEMENT: _agreement, RESPONSE: _response, SURVIVAL: _survival}
    figure, method, alt, split = made.get(context.options.view, _toxicity)(context)
    return Drawn(figure, first_table(dosimetry_side(context, LIGHT)), method, alt, split)


def _agreement(context: DosimetryContext):
    result = context.result.result
    ratio = result.scale == "ratio"
    unit = f", {context.options.dose.unit}" if context.options.dose.unit else ""
    low, high = float(result.average.min()), float(result.average.max())
    x = even_axis([low, high], f"Mean of planned and delivered{unit}", zero=False)
    lines = (
        (result.upper_limit, "+1.96 SD", "dash"),
        (result.mean, "mean", "solid"),
        (result.lower_limit, "−1.96 SD", "dash"),
    )
    series, known = [], [1.0 if ratio else 0.0]
    for one, name, dash in lines:
        if not math.isfinite(one.value):
            continue
        known += [v for v in (one.value, one.lower, one.upper) if math.isfinite(v)]
        ends = (x.low, x.high)
        series.append(Series(name, ends, (one.value,) * 2, LIGHT.ink, 1.5, dash, label=name))
        for limit, words in ((one.lower, "lower"), (one.upper, "upper")):
            if math.isfinite(limit):
                series.append(
                    Series(f"{name}, 95 % CI {words}", ends, (limit,) * 2, LIGHT.quiet, 0.75, "dot")
                )
    if context.marks:
        known += [float(result.difference.min()), float(result.difference.max())]
        series.append(_dots("Single cases", result.average, result.difference, LIGHT.groups[0]))
    title = "Planned ÷ delivered" if ratio else f"Planned − delivered{unit}"
    y = even_axis(known, title, grid=True)
    chart = Chart(tuple(series), x, y, room=(64, 14, 76, 46))
    return chart, "Bland–Altman: mean and limits of agreement", "Bland–Altman plot", ""


def _dots(name: str, x, y, colour: str) -> Series:
    at, values = (tuple(np.asarray(one, float).tolist()) for one in (x, y))
    return Series(name, at, values, colour, mark="circle", size=6)


def _response(context: DosimetryContext):
    found = context.result
    groups = [
        ("No response", found.not_responding, LIGHT.groups[1]),
        ("Response", found.responding, LIGHT.groups[0]),
    ]
    series = []
    for place, (name, values, colour) in enumerate(groups):
        five = np.percentile(values, [0, 25, 50, 75, 100]) if values.size else np.full(5, np.nan)
        series += _group(place, name, values if context.marks else (), five, colour)
    threshold = context.options.threshold
    series.append(
        Series(
            "Threshold",
            (-0.5, 1.5),
            (threshold,) * 2,
            LIGHT.ink,
            1.25,
            "dash",
            label=f"≥ {context.threshold_text()}",
        )
    )
    names = [f"{name} (n = {values.size})" for name, values, _ in groups]
    chart = _by_group(context, series, names, [threshold, *found.responding, *found.not_responding])
    return chart, "Receiver operating characteristic, clustered by patient", "Doses by response", ""


def _toxicity(context: DosimetryContext):
    found = context.result
    grades = context.study.adverse_events.grades
    colours = [LIGHT.quiet] + [
        LIGHT.line if grade == UNGRADED else LIGHT.severity_line[grade.high - 1] for grade in grades
    ]
    series = []
    for place, (name, values, colour) in enumerate(
        zip(found.labels, found.doses, colours, strict=True)
    ):
        dots = values if context.study.single_patients else ()
        series += _group(place, capitalised(name), dots, found.five_numbers(place), colour)
    drawn = [y for one in series for y in one.y if y is not None]
    names = [
        f"{capitalised(name)} (n = {n})" for name, n in zip(found.labels, found.n, strict=True)
    ]
    chart = _by_group(context, series, names, drawn)
    return chart, "Spearman's rank correlation of dose and worst grade", "Doses by worst grade", ""


def _group(place: int, name: str, values: Sequence[float], five, colour: str) -> list[Series]:
    """Single doses with their median; without single ones range, quartiles and median."""
    low, lower, median, upper, high = (float(x) for x in five)
    made = []
    if len(values):
        made.append(_dots(name, spread_out(place, len(values)), values, colour))
    else:
        if math.isfinite(low):
            made.append(Series(f"{name}, range", (place, place), (low, high), colour, 1.5))
        if math.isfinite(lower):
            across = [place - 0.16, place + 0.16, place + 0.16, place - 0.16, place - 0.16]
            y = (lower, lower, upper, upper, lower)
            made.append(Series(f"{name}, quartiles", tuple(across), y, colour, 1.5))
    if math.isfinite(median):
        ends = (place - 0.28, place + 0.28)
        made.append(Series(f"{name}, median", ends, (median, median), colour, 3))
    return made


def _by_group(context: DosimetryContext, series, names: list[str], values) -> Chart:
    y = even_axis(values, context.axis_words(), grid=True)
    last = len(names) - 1
    labels = Series(
        "Groups",
        tuple(float(i) for i in range(len(names))),
        (y.low,) * len(names),
        labels=tuple(names),
        side="b",
    )
    x = Axis("", -0.5, last + 0.5, last + 1.0, shown=False)
    return Chart((*series, labels), x, y, room=(64, 14, 76, 40))


def _survival(context: DosimetryContext):
    found = context.result
    origin = found.endpoint.origin
    if found.landmark_days is not None:
        origin = f"day {found.landmark_days} after {origin}"
    figure = survival_curves(
        found.groups,
        [group.label for group in found.groups.groups],
        title=f"{found.endpoint.curve}, %",
        origin=origin,
    )
    method = "Kaplan–Meier; log-rank test adjusted for all thresholds"
    return figure, method, f"Curves of {found.endpoint.name} by dose", "dose"
