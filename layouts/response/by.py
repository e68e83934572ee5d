"""Objective response by the levels of variables, with drawn intervals, as HTML."""

from __future__ import annotations

import math
from dataclasses import replace
from html import escape

from analysis.proportions import Proportion
from analysis.response import FactorResponse
from data.address import address
from data.study import MISSING_ID, Variable
from layouts.response.context import ResponseContext
from layouts.shared.words import p_number, percent, percent_interval
from layouts.subgroups.published import p_words

TICKS = (0, 25, 50, 75, 100)


def response_by_table(context: ResponseContext) -> str:
    """One row for each level: patients, responders, share with its interval, drawn and in words."""
    result = context.result
    if result is None:
        return ""
    ticks = "".join(f'<span class="tick" style="left:{t}%">{t}</span>' for t in TICKS)
    heads = (
        '<th scope="col" class="name">Objective response by</th><th scope="col">n</th>'
        '<th scope="col">Responders</th><th scope="col">% (95 % CI)</th>'
        f'<th scope="col" class="drawing">Responders, %<span class="axis">{ticks}</span></th>'
        '<th scope="col">Fisher p</th>'
    )
    whole = result.whole
    bodies = "".join(_variable(context, *one) for one in result.factors)
    return (
        '<table class="subgroups response-by"><caption>Objective response by variable</caption>'
        f"<thead><tr>{heads}</tr></thead>"
        f'<tbody class="overall"><tr><th scope="row" class="name">All patients</th>'
        f"{_cells(whole, whole, context, ())}<td></td></tr></tbody>{bodies}</table>"
    )


def _variable(
    context: ResponseContext, variable: Variable, labels: tuple[str, ...], factor: FactorResponse
) -> str:
    meaning = f' title="{escape(variable.meaning, quote=True)}"' if variable.meaning else ""
    found = " found" if factor.p_value < 0.05 else ""
    name = escape(variable.label)
    if len(context.result.factors) > 1:
        target = address(_only(context, variable), context.study)
        name = f'<a href="{escape(target, quote=True)}" data-inside>{name}</a>'
    head = (
        f'<tr class="variable-row"><th scope="rowgroup" class="name"{meaning}>{name}</th>'
        f'<td colspan="4"></td><td class="p{found}" data-statistic="p">'
        f"{p_words(factor.p_value)}{_p_across(context, variable, factor.p_value)}</td></tr>"
    )
    rows = "".join(
        _level(context, variable, label, i, level.rate)
        for i, (label, level) in enumerate(zip(labels, factor.levels, strict=True))
    )
    return f'<tbody data-variable="{variable.id}">{head}{rows}</tbody>'


def _p_across(context: ResponseContext, variable: Variable, p: float) -> str:
    return context.across.html(("fisher", variable.id), p_number(p), p_number, "no test")


def _only(context: ResponseContext, variable: Variable):
    """The same view with this variable alone."""
    return replace(context.view, by=variable.id)


def _level(context, variable: Variable, label: str, place: int, rate: Proportion) -> str:
    level_id = variable.levels[place].id if place < len(variable.levels) else MISSING_ID
    state = "" if rate.n else ' class="emptied"'
    return (
        f'<tr{state} data-level="{level_id}"><th scope="row" class="name level-name">'
        f"{escape(label)}</th>{_cells(rate, context.result.whole, context, (variable.id, place))}"
        "<td></td></tr>"
    )


def _cells(rate: Proportion, whole: Proportion, context: ResponseContext, place: tuple) -> str:
    def beside(statistic: str, shown: str, words) -> str:
        return context.across.html((statistic, *place), shown, words)

    whole_number = "{:.0f}".format
    limits = percent_interval(rate.lower, rate.upper, 1)
    words = percent(rate.value, 1).replace(" %", "")
    interval = f' <span class="interval">({limits})</span>' if limits != "–" else ""
    return (
        f'<td data-statistic="n">{rate.n}{beside("n", str(rate.n), whole_number)}</td>'
        f'<td data-statistic="responders">{rate.events}'
        f"{beside('responders', str(rate.events), whole_number)}</td>"
        f'<td data-statistic="rate"><b>{words}</b>{interval}'
        f"{beside('rate', words, lambda x: percent(x, 1).replace(' %', ''))}</td>"
        f'<td class="drawing">{_drawing(rate, whole)}</td>'
    )


def _drawing(rate: Proportion, whole: Proportion) -> str:
    """Dot and interval on an axis from 0 to 100 %, with the whole cohort as a dotted line."""
    parts = []
    if math.isfinite(whole.value):
        parts.append(f'<span class="all" style="left:{100 * whole.value:.2f}%"></span>')
    if math.isfinite(rate.value):
        parts.append(
            f'<span class="range" style="left:{100 * rate.lower:.2f}%;'
            f'right:{100 - 100 * rate.upper:.2f}%"></span>'
            f'<span class="dot" style="left:{100 * rate.value:.2f}%"></span>'
        )
    return f'<span class="plot">{"".join(parts)}</span>'
