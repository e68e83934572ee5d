"""All endpoints as one forest before a room: the groups of each, and their hazard ratio."""

from __future__ import annotations

import math

from layouts.endpoints import numbers
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.shared.words import DAYS_PER, time_interval, time_value, within
from layouts.slides.axes import even_axis, ratio_axis
from layouts.slides.figure import Forest
from layouts.slides.forests import NONE, ForestRow, forest_of, ratio_words
from layouts.slides.slide import Drawn
from layouts.survival.numbers import HAZARD_RATIO

MONTH = DAYS_PER["months"]


def endpoints_drawn(context: EndpointsContext) -> Drawn | None:
    """Hazard ratios of two groups, or the medians of one or several; None for nobody."""
    if not context.with_patients:
        return None
    split = context.split.label if context.split else ""
    if context.compared:
        compared, reference = context.names
        return Drawn(
            _ratios(context),
            None,
            "Kaplan–Meier medians; hazard ratios by Cox regression, not adjusted for their number",
            f"Hazard ratio of {compared} against {reference} for each endpoint with its interval",
            split,
            context.in_cohort,
        )
    return Drawn(
        _medians(context),
        None,
        "Kaplan–Meier medians, 95 % CI (log)",
        "Median of each endpoint and group with its interval",
        split,
        context.in_cohort,
    )


def _ratios(context: EndpointsContext) -> Forest:
    rows = [_ratio(context, one) for one in context.with_patients]
    names = context.names
    head = (
        "Endpoint",
        *(f"{name}\nevents / n, median" for name in names),
        "Hazard ratio (95 % CI)",
    )
    axis = ratio_axis([one for row in rows for one in row.estimates], "hazard ratio")
    favours = (f"favours {names[0]}", f"favours {within(names[1], context.study)}")
    return forest_of(head, rows, axis, null=1, favours=favours, kinds=("Hazard ratio",))


def _ratio(context: EndpointsContext, one: OneEndpoint) -> ForestRow:
    groups = [one.survival.result.groups[place] for place in context.compared]
    decimals = context.study.decimals
    cells = [
        f"{group.events} / {group.n}, {time_value(group.median.value, 'months', decimals)}"
        for group in groups
    ]
    ratio = one.survival.ratio
    estimate = NONE if ratio is None else (ratio.value, ratio.lower, ratio.upper)
    across = ""
    if math.isfinite(estimate[0]):
        key = numbers.of(one.id, HAZARD_RATIO)
        across = context.across.words(key, f"{estimate[0]:.2f}", "{:.2f}".format)
    words = ratio_words(estimate) + (f" [{across}]" if across else "")
    return ForestRow(one.survival.endpoint.label, (*cells, words), (estimate,))


def _medians(context: EndpointsContext) -> Forest:
    rows = [row for one in context.with_patients for row in _of_endpoint(context, one)]
    known = [x for row in rows for one in row.estimates for x in one]
    head = ("Endpoint", "n", "Events", "Median, months (95 % CI)")
    axis = even_axis(known, "Median, months")
    return forest_of(head, rows, axis, kinds=("Median",))


def _of_endpoint(context: EndpointsContext, one: OneEndpoint) -> list[ForestRow]:
    label, groups = one.survival.endpoint.label, one.survival.result.groups
    shown = [groups[place] for place in context.places]
    if len(shown) == 1:
        return [_median(context, label, shown[0], "")]
    made = [ForestRow(label, kind="variable")]
    names = [one.survival.group_names[place] for place in context.places]
    return made + [
        _median(context, name, group, "level") for name, group in zip(names, shown, strict=True)
    ]


def _median(context: EndpointsContext, label: str, group, kind: str) -> ForestRow:
    middle, decimals = group.median, context.study.decimals
    value = time_value(middle.value, "months", decimals) if group.n else "–"
    interval = time_interval(middle.lower, middle.upper, "months", decimals)
    words = value if interval == "–" else f"{value} ({interval})"
    months = tuple(x / MONTH for x in (middle.value, middle.lower, middle.upper))
    return ForestRow(label, (str(group.n), str(group.events), words), (months,), kind)
