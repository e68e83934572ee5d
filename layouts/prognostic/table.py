"""The table of prognostic factors with its forest, as HTML."""

from __future__ import annotations

import math

from layouts.charts.interval import axis_ticks, interval
from layouts.charts.log_axis import log_axis
from layouts.prognostic import numbers
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.levels import levels_of
from layouts.shared.few import whole
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.steps import ratio_decimals
from layouts.shared.words import FEW_EVENTS, events, p_number, p_words


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
    together = "none chosen" if model is None else f"n = {model.n}, {events(model.n_events)}"
    if model is not None:
        count, across = "{:.0f}".format, context.across.words
        found = (
            across(numbers.MODEL_PATIENTS, str(model.n), count),
            across(numbers.MODEL_EVENTS, str(model.n_events), count),
        )
        words = [
            f"{text} {name}" for text, name in zip(found, ("n", "events"), strict=True) if text
        ]
        together = joined(
            together, tag("span", f"[{', '.join(words)}]", class_="across") if words else None
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
    # One term without an estimate has no p of its own: that of the variable stands above.
    single = len(one.fit.terms) == 1 and math.isfinite(float(one.fit.p_value[0]))
    hazards, together = _hazards(context, variable.id)
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
        beside = _p_beside(context, numbers.variable_alone(variable.id), one.p_value)
        cells += [_p(one.p_value, beside=beside), hazards, tag("td") * 2, together]
    head = tag("tr", cells, class_="variable-row")
    # The one estimate of a variable has its tests beside it; of several they stand above.
    tests = (hazards, together) if single else (tag("td"), tag("td"))
    return tag(
        "tbody", head, (_row(context, row, axis, tests) for row in rows), data_variable=variable.id
    )


def _left_out(context: PrognosticContext, one) -> str:
    left_out = len(context.result.univariable) and _analysed(context) - whole(one.n.sum())
    return tag("span", left_out, " without a value", class_="aside") if left_out else ""


def _analysed(context: PrognosticContext) -> int:
    return max(whole(one.n.sum()) for one in context.result.univariable)


def _hazards(context: PrognosticContext, name: str) -> tuple[str, str]:
    """The cells of the tests of proportional hazards of a variable: alone and within the model."""
    result, tests = context.result, numbers.tests_of(context.result)
    alone = _ph(context, numbers.hazards_alone(name), tests.hazards[name])
    if name not in result.chosen:
        return alone, tag("td")
    return alone, _ph(context, numbers.model_hazards(name), tests.model.get(name, math.nan))


def _p(p: float, statistic: str = "p", beside: str = "") -> str:
    strong = " found" if p < 0.05 else ""
    return tag("td", p_words(p), beside, class_=f"p{strong}", data_statistic=statistic)


def _p_beside(context: PrognosticContext, key: Key, p: float) -> str:
    """The range of a p over the data sets that fit the publication equally well."""
    return context.across.html(p_key(key), p_number(p), p_number, "no test")


def _ph(context: PrognosticContext, key: Key, p: float) -> str:
    strong = " doubtful" if p < 0.05 else ""
    beside = _p_beside(context, key, p)
    return tag("td", p_words(p), beside, class_=f"ph{strong}", data_statistic="ph")


def _row(context: PrognosticContext, row: dict, axis, tests) -> str:
    own = tests if not row["reference"] else (tag("td"), tag("td"))
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
        _count(context, "n", numbers.patients(row["term"]), row["n"]),
        _count(context, "events", numbers.events(row["term"]), row["events"]),
        tag("td", drawing, class_="drawing forest"),
        _estimate(context, row, "univariable", row["reason"]),
        _term_p(context, row, "univariable"),
        own[0],
    ]
    if multi is None:
        cells.append(tag("td") * 3)
    else:
        cells += [
            _estimate(context, row, "multivariable", row["multivariable_reason"]),
            _term_p(context, row, "multivariable"),
            own[1],
        ]
    state = None if row["n"] else "emptied"
    return tag("tr", cells, class_=state, data_level=row["id"] or None)


def _term_p(context: PrognosticContext, row: dict, kind: str) -> str:
    """The Wald p of a level."""
    p = row[kind][3]
    if not math.isfinite(p):
        return tag("td")
    return _p(p, beside=_p_beside(context, numbers.RATIOS[kind](row["term"]), p))


def _count(context: PrognosticContext, statistic: str, key: Key, n: int) -> str:
    """A count with its range over the data sets that fit the publication equally well."""
    beside = context.across.html(key, str(n), "{:.0f}".format)
    return tag("td", n, beside, data_statistic=statistic)


def _estimate(context: PrognosticContext, row: dict, kind: str, reason: str) -> str:
    value, lower, upper, _ = row[kind]
    shown = f"{{:.{ratio_decimals(value, lower, upper)}f}}".format
    if not row["n"] and not row["reference"]:
        return tag("td", "–")
    if row["reference"]:
        return tag("td", "reference" if row["n"] else "–", class_="aside")
    if not math.isfinite(value):
        return tag("td", reason or "Not estimable.", class_="reason")
    return tag(
        "td",
        tag("b", shown(value)),
        " ",
        tag("span", f"({shown(lower)}–{shown(upper)})", class_="interval"),
        context.across.html(numbers.RATIOS[kind](row["term"]), shown(value), shown),
        data_statistic=kind,
    )
