"""The table of prognostic factors with its forest, as HTML."""

from __future__ import annotations

import math

from data.study import ARM, MISSING_ID
from layouts.charts.interval import axis_ticks, interval
from layouts.charts.log_axis import log_axis
from layouts.prognostic.context import PrognosticContext
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.words import FEW_EVENTS, p_number, p_words


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
    reason = fit.reasons[fit.terms.index(term)] if term in fit.terms else None
    # The term's technical name says nothing that the row does not.
    return reason.words() if reason else ""


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
    bodies = joined(_variable(context, place, rows[place], axis) for place in context.order())
    ticks = joined(
        tag("span", tag("span", "← longer"), tag("span", "shorter →"), class_="favours"),
        tag("span", axis_ticks(axis), class_="axis"),
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
        together = joined(
            together, tag("span", ", ".join(words), class_="across") if words else None
        )
    return tag(
        "table",
        tag("caption", f"Prognostic factors of {context.endpoint.name}"),
        tag(
            "thead",
            tag(
                "tr",
                tag("th", "Factor", scope="col", class_="name"),
                tag("th", "n", scope="col"),
                tag("th", "Events", scope="col"),
                tag("th", ticks, scope="col", class_="drawing forest"),
                tag(
                    "th",
                    tag("span", class_="key alone"),
                    "Univariable",
                    BREAK,
                    "HR (95 % CI)",
                    scope="col",
                ),
                tag("th", "p", scope="col"),
                tag(
                    "th",
                    tag("abbr", "PH", title="Test of proportional hazards of the variable alone"),
                    " p",
                    scope="col",
                ),
                tag(
                    "th",
                    tag("span", class_="key together"),
                    "Multivariable HR (95 % CI)",
                    BREAK,
                    tag("span", together, class_="interval"),
                    scope="col",
                    class_="multi",
                ),
                tag("th", "p", scope="col"),
                tag(
                    "th",
                    tag("abbr", "PH", title="Test of proportional hazards within the model"),
                    " p",
                    scope="col",
                ),
            ),
        ),
        bodies,
        class_="subgroups prognostic",
    )


def _variable(context: PrognosticContext, place: int, rows: list[dict], axis) -> str:
    variable, one = context.variables[place], context.result.univariable[place]
    hazards = one.hazards.tests[0].p_value if one.hazards.tests else math.nan
    # One term without an estimate has no p of its own: that of the variable stands above.
    single = len(one.fit.terms) == 1 and math.isfinite(float(one.fit.p_value[0]))
    together = _together(context, variable)
    cells = [
        tag(
            "th",
            variable.label,
            _left_out(context, one),
            scope="rowgroup",
            class_="name",
            colspan=3,
            title=variable.meaning or None,
        ),
        tag("td") * 2,
    ]
    if single:
        cells.append(tag("td") * 5)
    else:
        cells += [_p(one.p_value), _ph(hazards), tag("td") * 2]
        cells.append(_ph(together, _ph_beside(context, variable.id, together)))
    head = tag("tr", cells, class_="variable-row")
    # The one estimate of a variable has its tests beside it; of several they stand above.
    tests = (hazards, together) if single else None
    return tag(
        "tbody", head, (_row(context, row, axis, tests) for row in rows), data_variable=variable.id
    )


def _left_out(context: PrognosticContext, one) -> str:
    left_out = len(context.result.univariable) and _analysed(context) - int(one.n.sum())
    return tag("span", left_out, " without a value", class_="aside") if left_out else ""


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
    return tag("td", p_words(p), beside, class_=f"p{strong}", data_statistic=statistic)


def _ph_beside(context: PrognosticContext, name: str, p: float | None) -> str:
    """The range of the test of proportional hazards within the model."""
    if p is None:
        return ""
    return context.across.html(("model-hazards", name), p_number(p), p_number, "no test")


def _ph(p: float | None, beside: str = "") -> str:
    if p is None:
        return tag("td")
    strong = " doubtful" if p < 0.05 else ""
    return tag("td", p_words(p), beside, class_=f"ph{strong}", data_statistic="ph")


def _row(context: PrognosticContext, row: dict, axis, tests) -> str:
    own = tests if tests is not None and not row["reference"] else (None, None)
    few = ""
    if row["n"] and row["events"] < FEW_EVENTS:
        few = tag("span", "few events", class_="mark", title="Too few for a stable estimate")
    drawing = ""
    if math.isfinite(row["univariable"][0]):
        drawing = interval(row["univariable"][:3], axis, null=1, side=9)
    multi = row["multivariable"]
    if multi is not None and math.isfinite(multi[0]):
        drawing += interval(multi[:3], axis, null=1, kind="dot second", side=8)
    cells = [
        tag("th", row["label"], few, scope="row", class_="name level-name"),
        tag("td", row["n"], _beside(context, "n", row), data_statistic="n"),
        tag("td", row["events"], _beside(context, "events", row), data_statistic="events"),
        tag("td", drawing, class_="drawing forest"),
        _estimate(context, row, "univariable", row["reason"]),
        _term_p(context, row, "univariable"),
        _ph(own[0]),
    ]
    if multi is None:
        cells.append(tag("td") * 3)
    else:
        beside = _ph_beside(context, row["term"].partition("=")[0], own[1])
        cells += [
            _estimate(context, row, "multivariable", row["multivariable_reason"]),
            _term_p(context, row, "multivariable"),
            _ph(own[1], beside),
        ]
    state = None if row["n"] else "emptied"
    return tag("tr", cells, class_=state, data_level=row["id"] or None)


def _term_p(context: PrognosticContext, row: dict, kind: str) -> str:
    """The Wald p of a level."""
    p = row[kind][3]
    if not math.isfinite(p):
        return tag("td")
    key = ("p" if kind == "univariable" else "multivariable-p", row["term"])
    return _p(p, beside=context.across.html(key, p_number(p), p_number, "no test"))


def _beside(context: PrognosticContext, statistic: str, row: dict) -> str:
    """The range of a count over the data sets that fit the publication equally well."""
    key = (statistic, row["term"])
    return context.across.html(key, str(row[statistic]), "{:.0f}".format)


def _estimate(context: PrognosticContext, row: dict, kind: str, reason: str) -> str:
    value, lower, upper, _ = row[kind]
    if not row["n"] and not row["reference"]:
        return tag("td", "–")
    if row["reference"]:
        return tag("td", "reference" if row["n"] else "–", class_="aside")
    if not math.isfinite(value):
        return tag("td", reason or "Not estimable.", class_="reason")
    return tag(
        "td",
        tag("b", f"{value:.2f}"),
        " ",
        tag("span", f"({lower:.2f}–{upper:.2f})", class_="interval"),
        context.across.html((kind, row["term"]), f"{value:.2f}", "{:.2f}".format),
        data_statistic=kind,
    )
