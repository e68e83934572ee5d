"""Objective response by the levels of variables, with drawn intervals, as HTML."""

from __future__ import annotations

import math
from dataclasses import replace

from analysis.proportions import Proportion
from analysis.response import FactorResponse
from data.address import address
from data.study import MISSING_ID, Variable
from layouts.response import numbers
from layouts.response.context import ResponseContext
from layouts.shared.html import joined, simulated_mark, tag
from layouts.shared.numbers import p_key
from layouts.shared.words import p_number, p_words, percent, percent_interval

TICKS = (0, 25, 50, 75, 100)


def response_by_table(context: ResponseContext) -> str:
    """One row for each level: patients, responders, share with its interval, drawn and in words."""
    result = context.result
    if result is None:
        return ""
    ticks = joined(tag("span", t, class_="tick", style=f"left:{t}%") for t in TICKS)
    heads = joined(
        tag("th", "Objective response by", scope="col", class_="name"),
        tag("th", "n", scope="col"),
        tag("th", "Responders", scope="col"),
        tag("th", "% (95 % CI)", scope="col"),
        tag(
            "th", "Responders, %", tag("span", ticks, class_="axis"), scope="col", class_="drawing"
        ),
        tag("th", "Fisher p", scope="col"),
    )
    whole = result.whole
    bodies = joined(_variable(context, *one) for one in result.factors)
    return tag(
        "table",
        tag("caption", "Objective response by variable"),
        tag("thead", tag("tr", heads)),
        tag(
            "tbody",
            tag(
                "tr",
                tag("th", "All patients", scope="row", class_="name"),
                _cells(whole, whole, context, numbers.EVERYBODY),
                tag("td"),
            ),
            class_="overall",
        ),
        bodies,
        class_="subgroups response-by",
    )


def _variable(
    context: ResponseContext, variable: Variable, labels: tuple[str, ...], factor: FactorResponse
) -> str:
    found = " found" if factor.p_value < 0.05 else ""
    name = variable.label
    if len(context.result.factors) > 1:
        target = address(_only(context, variable), context.study)
        name = tag("a", name, href=target, data_inside=True)
    head = tag(
        "tr",
        tag("th", name, scope="rowgroup", class_="name", title=variable.meaning or None),
        tag("td", colspan="4"),
        tag(
            "td",
            p_words(factor.p_value),
            simulated_mark(factor.fisher.exact),
            _p_across(context, variable, factor.p_value),
            class_=f"p{found}",
            data_statistic="p",
        ),
        class_="variable-row",
    )
    rows = joined(
        (
            _level(context, variable, label, i, level.rate)
            for i, (label, level) in enumerate(zip(labels, factor.levels, strict=True))
        )
    )
    return tag("tbody", head, rows, data_variable=variable.id)


def _p_across(context: ResponseContext, variable: Variable, p: float) -> str:
    key = p_key(numbers.fisher(variable.id))
    return context.across.html(key, p_number(p), p_number, "no test")


def _only(context: ResponseContext, variable: Variable):
    """The same view with this variable alone."""
    return replace(context.view, by=variable.id)


def _level(context, variable: Variable, label: str, place: int, rate: Proportion) -> str:
    level_id = variable.levels[place].id if place < len(variable.levels) else MISSING_ID
    return tag(
        "tr",
        tag("th", label, scope="row", class_="name level-name"),
        _cells(rate, context.result.whole, context, (variable.id, place)),
        tag("td"),
        class_=None if rate.n else "emptied",
        data_level=level_id,
    )


def _cells(rate: Proportion, whole: Proportion, context: ResponseContext, place: tuple) -> str:
    beside, whole_number = context.across.html, "{:.0f}".format
    limits = percent_interval(rate.lower, rate.upper, 1)
    words = percent(rate.value, 1).replace(" %", "")
    interval = joined(" ", tag("span", f"({limits})", class_="interval")) if limits != "–" else ""
    return joined(
        tag(
            "td",
            rate.n,
            beside(numbers.patients(place), str(rate.n), whole_number),
            data_statistic="n",
        ),
        tag(
            "td",
            rate.events,
            beside(numbers.responders(place), str(rate.events), whole_number),
            data_statistic="responders",
        ),
        tag(
            "td",
            tag("b", words),
            interval,
            beside(numbers.rate(place), words, lambda x: percent(x, 1).replace(" %", "")),
            data_statistic="rate",
        ),
        tag("td", _drawing(rate, whole), class_="drawing"),
    )


def _drawing(rate: Proportion, whole: Proportion) -> str:
    """Dot and interval on an axis from 0 to 100 %, with the whole cohort as a dotted line."""
    parts = []
    if math.isfinite(whole.value):
        parts.append(tag("span", class_="all", style=f"left:{100 * whole.value:.2f}%"))
    if math.isfinite(rate.value):
        parts.append(
            joined(
                tag(
                    "span",
                    class_="range",
                    style=f"left:{100 * rate.lower:.2f}%;right:{100 - 100 * rate.upper:.2f}%",
                ),
                tag("span", class_="dot", style=f"left:{100 * rate.value:.2f}%"),
            )
        )
    return tag("span", parts, class_="plot")
