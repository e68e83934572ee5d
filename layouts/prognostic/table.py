"""The table of prognostic factors with its forest, as HTML."""

from __future__ import annotations

import math
from html import escape

from data.study import ARM, MISSING_ID
from layouts.charts.interval import axis_ticks, interval
from layouts.charts.log_axis import log_axis
from layouts.prognostic.context import PrognosticContext
from layouts.shared.words import p_number
from layouts.subgroups.published import p_words

FEW_EVENTS = 5


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
    if variable.is_number:
        unit = f" ({variable.unit})" if variable.unit else ""
        labels, ids = [f"per unit{unit}"], [""]
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
                "n": int(one.n[i]),
                "events": int(one.events[i]),
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
    if term not in fit.terms:
        return ""
    # The term's technical name says nothing that the row does not.
    return fit.reasons[fit.terms.index(term)].replace(f"{term} is not", "Not")


def prognostic_table(context: PrognosticContext) -> str:
    """The whole table; empty text when nobody is in view."""
    if not context.result.univariable or not context.with_endpoint:
        return ""
    rows = {place: levels_of(context, place) for place in range(len(context.variables))}
    axis = log_axis(
        estimate[:3]
        for one in rows.values()
        for row in one
        for estimate in (row["univariable"], row["multivariable"])
        if estimate is not None
    )
    bodies = "".join(_variable(context, place, rows[place], axis) for place in context.order())
    ticks = (
        '<span class="favours"><span>← longer</span><span>shorter →</span></span>'
        f'<span class="axis">{axis_ticks(axis)}</span>'
    )
    model = context.result.multivariable
    together = "none chosen" if model is None else f"n = {model.n}, {model.n_events} events"
    if model is not None:
        count, across = "{:.0f}".format, context.across.words
        found = (
            across(("model-n", ""), str(model.n), count),
            across(("model-events", ""), str(model.n_events), count),
        )
        words = [
            f"{text} {name}" for text, name in zip(found, ("n", "events"), strict=True) if text
        ]
        together += f'<span class="across">{", ".join(words)}</span>' if words else ""
    return (
        '<table class="subgroups prognostic"><caption>Prognostic factors of '
        f"{escape(context.endpoint.name)}</caption><thead><tr>"
        '<th scope="col" class="name">Factor</th><th scope="col">n</th><th scope="col">Events</th>'
        f'<th scope="col" class="drawing forest">{ticks}</th>'
        '<th scope="col"><span class="key alone"></span>Univariable<br>HR (95 % CI)</th>'
        '<th scope="col">p</th>'
        '<th scope="col"><abbr title="Test of proportional hazards of the variable alone">PH</abbr>'
        ' p</th><th scope="col" class="multi"><span class="key together">'
        "</span>Multivariable HR (95 % CI)<br>"
        f'<span class="interval">{together}</span></th><th scope="col">p</th>'
        '<th scope="col"><abbr title="Test of proportional hazards within the model">PH</abbr> p'
        f"</th></tr></thead>{bodies}</table>"
    )


def _variable(context: PrognosticContext, place: int, rows: list[dict], axis) -> str:
    variable, one = context.variables[place], context.result.univariable[place]
    title = f' title="{escape(variable.meaning, quote=True)}"' if variable.meaning else ""
    hazards = one.hazards.tests[0].p_value if one.hazards.tests else math.nan
    single = len(one.fit.terms) == 1
    together = _together(context, variable)
    head = (
        f'<tr class="variable-row"><th scope="rowgroup" class="name" colspan="3"{title}>'
        f"{escape(variable.label)}{_left_out(context, one)}</th><td></td><td></td>"
        + ("<td></td>" * 5 if single else f"{_p(one.p_value)}{_ph(hazards)}<td></td><td></td>")
        + ("" if single else _ph(together, _ph_beside(context, variable.id, together)))
        + "</tr>"
    )
    # The one estimate of a variable has its tests beside it; of several they stand above.
    tests = (hazards, together) if single else None
    return (
        f'<tbody data-variable="{variable.id}">{head}'
        f"{''.join(_row(context, row, axis, tests) for row in rows)}</tbody>"
    )


def _left_out(context: PrognosticContext, one) -> str:
    left_out = len(context.result.univariable) and _analysed(context) - int(one.n.sum())
    return f'<span class="aside">{left_out} without a value</span>' if left_out else ""


def _analysed(context: PrognosticContext) -> int:
    return max(int(one.n.sum()) for one in context.result.univariable)


def _together(context: PrognosticContext, variable) -> float | None:
    """The PH test of a variable within the model; None where it is not in it."""
    result = context.result
    if variable.id not in result.chosen:
        return None
    names = result.hazards.variables
    if variable.id not in names:
        return math.nan
    return result.hazards.tests[names.index(variable.id)].p_value


def _p(p: float, statistic: str = "p", beside: str = "") -> str:
    strong = " found" if p < 0.05 else ""
    return f'<td class="p{strong}" data-statistic="{statistic}">{p_words(p)}{beside}</td>'


def _ph_beside(context: PrognosticContext, name: str, p: float | None) -> str:
    """The range of the test of proportional hazards within the model."""
    if p is None:
        return ""
    return context.across.html(("model-hazards", name), p_number(p), p_number, "no test")


def _ph(p: float | None, beside: str = "") -> str:
    if p is None:
        return "<td></td>"
    strong = " doubtful" if p < 0.05 else ""
    return f'<td class="ph{strong}" data-statistic="ph">{p_words(p)}{beside}</td>'


def _row(context: PrognosticContext, row: dict, axis, tests) -> str:
    own = tests if tests is not None and not row["reference"] else (None, None)
    few = ""
    if row["n"] and row["events"] < FEW_EVENTS:
        few = '<span class="mark" title="Too few for a stable estimate">few events</span>'
    drawing = ""
    if math.isfinite(row["univariable"][0]):
        drawing = interval(row["univariable"][:3], axis, null=1, side=9)
    multi = row["multivariable"]
    if multi is not None and math.isfinite(multi[0]):
        drawing += interval(multi[:3], axis, null=1, kind="dot second", side=8)
    state = ' class="emptied"' if not row["n"] else ""
    level = f' data-level="{row["id"]}"' if row["id"] else ""
    return (
        f'<tr{state}{level}><th scope="row" class="name level-name">{escape(row["label"])}{few}'
        f'</th><td data-statistic="n">{row["n"]}{_beside(context, "n", row)}</td>'
        f'<td data-statistic="events">{row["events"]}{_beside(context, "events", row)}</td>'
        f'<td class="drawing forest">{drawing}</td>'
        f"{_estimate(context, row, 'univariable', row['reason'])}"
        f"{_term_p(context, row, 'univariable')}{_ph(own[0])}"
        + (
            f"{_estimate(context, row, 'multivariable', row['multivariable_reason'])}"
            f"{_term_p(context, row, 'multivariable')}"
            f"{_ph(own[1], _ph_beside(context, row['term'].partition('=')[0], own[1]))}"
            if multi is not None
            else "<td></td><td></td><td></td>"
        )
        + "</tr>"
    )


def _term_p(context: PrognosticContext, row: dict, kind: str) -> str:
    """The Wald p of a level."""
    p = row[kind][3]
    if not math.isfinite(p):
        return "<td></td>"
    key = ("p" if kind == "univariable" else "multivariable-p", row["term"])
    return _p(p, beside=context.across.html(key, p_number(p), p_number, "no test"))


def _beside(context: PrognosticContext, statistic: str, row: dict) -> str:
    """The range of a count over the data sets that fit the publication equally well."""
    key = (statistic, row["term"])
    return context.across.html(key, str(row[statistic]), "{:.0f}".format)


def _estimate(context: PrognosticContext, row: dict, kind: str, reason: str) -> str:
    value, lower, upper, _ = row[kind]
    if not row["n"] and not row["reference"]:
        return "<td>–</td>"
    if row["reference"]:
        return f'<td class="aside">{"reference" if row["n"] else "–"}</td>'
    if not math.isfinite(value):
        return f'<td class="reason">{escape(reason or "Not estimable.")}</td>'
    return (
        f'<td data-statistic="{kind}"><b>{value:.2f}</b> '
        f'<span class="interval">({lower:.2f}–{upper:.2f})</span>'
        f"{context.across.html((kind, row['term']), f'{value:.2f}', '{:.2f}'.format)}</td>"
    )
