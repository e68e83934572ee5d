"""The effect of the arm: one drawing of all estimates, the arms' numbers and the tests, as HTML."""

from __future__ import annotations

import math

from markupsafe import Markup

from analysis.restricted_mean import FEWEST_PATIENTS
from layouts.arms import numbers
from layouts.arms.by_arm import arms_table
from layouts.arms.context import ArmContext
from layouts.arms.options import LANDMARKS
from layouts.arms.tests import tests_list, where_changing
from layouts.charts.interval import axis_ticks, difference_axis, favours_side, interval, signed
from layouts.charts.log_axis import log_axis
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Number, by_key, p_key
from layouts.shared.ranges import across_note
from layouts.shared.theme import Theme
from layouts.shared.words import (
    DAYS_PER,
    p_number,
    p_words,
)

MONTH = DAYS_PER["months"]
FEW_PATIENTS = 10


def effect_side(context: ArmContext, theme: Theme) -> str:
    """Estimates, arms and tests beside the curves."""
    return joined(
        (_estimates(context), arms_table(context, theme), tests_list(context), note_html(context))
    )


def ratio_words(estimate, decimals: int = 2) -> str:
    """``0.69 (0.50–0.95)`` with the interval set apart."""
    value, lower, upper = estimate
    if not math.isfinite(value):
        return "not estimable"
    limits = f"({lower:.{decimals}f}–{upper:.{decimals}f})"
    return joined(tag("b", f"{value:.{decimals}f}"), " ", tag("span", limits, class_="interval"))


def difference_words(estimate, decimals: int) -> str:
    """``+3.1 (+0.4 to +5.8)`` with the interval set apart."""
    value, lower, upper = estimate
    if not math.isfinite(value):
        return "not estimable"
    ends = " to ".join(signed(f"{x:.{decimals}f}") for x in (lower, upper))
    ends = joined(" ", tag("span", f"({ends})", class_="interval")) if math.isfinite(lower) else ""
    return joined(tag("b", signed(f"{value:.{decimals}f}")), ends)


def _estimates(context: ArmContext) -> str:
    result = context.result
    compared, reference = (arm.label for arm in context.arms)
    found = by_key(numbers.numbers_of(result))
    rows = [
        _ratio_row(context, found[numbers.HAZARD_RATIO]),
        _mean_row(context, found[numbers.MEAN_GAINED], found[numbers.TAU].value),
    ]
    rows += _landmark_rows(context, [found[numbers.difference_at(one)] for one in LANDMARKS])
    head = tag(
        "thead",
        tag(
            "tr",
            tag("th", "Effect", scope="col", class_="name"),
            tag("th", tag("span", "Drawn", class_="heard"), scope="col", class_="drawing"),
            tag("th", "Estimate (95 % CI)", scope="col"),
            tag("th", "p", scope="col"),
        ),
    )
    caption = f"{context.endpoint.name}: {compared} against {reference}"
    return tag("table", tag("caption", caption), head, tag("tbody", rows), class_="estimates")


def _row(
    name: str,
    detail: str,
    estimate: tuple[float, float, float],
    drawing: str,
    ticks: str,
    words: str,
    p: float,
    **more,
) -> Markup:
    detail = tag("span", detail, class_="detail") if detail else ""
    side = more.get("side", "")
    if not math.isfinite(estimate[0]):
        # Nothing to draw: an axis without an estimate would say that there is one.
        drawing = ticks = side = ""
    small = p_words(p) if math.isfinite(p) else ""
    strong = " found" if p < 0.05 else ""
    return tag(
        "tr",
        tag("th", name, detail, scope="row", class_="name"),
        tag("td", side, drawing, tag("span", ticks, class_="axis"), class_="drawing"),
        tag("td", words, class_="numbers-cell"),
        tag("td", small, more.get("beside", ""), class_=f"p{strong}"),
        class_=more.get("state", ""),
        data_statistic=more["statistic"],
    )


def _favours(context: ArmContext, side: str) -> str:
    """A ratio below 1, and a difference above 0, favour the compared arm."""
    return favours_side(context.arms[0].label, side)


def p_beside(context: ArmContext, number: Number) -> str:
    """The range of a p-value over the data sets that fit the publication equally well."""
    return context.across.html(p_key(number.key), p_number(number.p), p_number, "no test")


def _ratio_row(context: ArmContext, number: Number) -> str:
    result, estimate = context.result, number.estimate
    axis = log_axis([estimate])
    detail = "Cox, whole follow-up"
    if not result.proportional:
        detail = tag("span", "not constant over time", where_changing(context), class_="mark")
    if result.cox.reasons[0]:
        detail = result.cox.reasons[0].words()
    two = "{:.2f}".format
    words = ratio_words(estimate) + context.across.html(number.key, two(number.value), two)
    return _row(
        "Hazard ratio",
        detail,
        estimate,
        interval(estimate, axis, null=1, side=12),
        axis_ticks(axis, few=True),
        words,
        number.p,
        statistic="hazard-ratio",
        beside=p_beside(context, number),
        state="lead",
        side=_favours(context, "left"),
    )


def _mean_row(context: ArmContext, number: Number, tau: float) -> str:
    months = tuple(x / MONTH for x in number.estimate)
    axis = difference_axis(months)
    return _row(
        tag(
            "abbr",
            "Mean time gained",
            title="Restricted mean survival time: the area under the curve up to a common time",
        ),
        _up_to(context, tau),
        months,
        interval(months, axis, null=0, side=12),
        axis_ticks(axis, lambda t: signed(f"{t:g}")),
        difference_words(months, 1)
        + context.across.html(
            number.key,
            signed(f"{months[0]:.1f}"),
            lambda days: signed(f"{days / MONTH:.1f}"),
        ),
        number.p,
        statistic="rmst-difference",
        beside=p_beside(context, number),
        side=_favours(context, "right"),
    )


def _up_to(context: ArmContext, tau: float) -> str:
    """Up to when the mean is taken, and on how many patients its end rests."""
    if not math.isfinite(tau):
        return f"months, RMST: an arm of fewer than {FEWEST_PATIENTS} patients sets no τ"
    ours, theirs = context.result.at_risk
    return f"months, RMST to τ = {tau / MONTH:.1f}; then at risk: {ours} and {theirs}"


def _landmark_rows(context: ArmContext, landmarks: list[Number]) -> list[str]:
    points = [tuple(100 * x for x in one.estimate) for one in landmarks]
    axis = difference_axis(*points)
    rows = []
    for month, estimate, one in zip(LANDMARKS, points, landmarks, strict=True):
        ticks = axis_ticks(axis, lambda t: signed(f"{t:g}")) if month == LANDMARKS[-1] else ""
        rows.append(
            _row(
                f"At {month} months",
                "percentage points" if month == LANDMARKS[0] else "",
                estimate,
                interval(estimate, axis, null=0),
                ticks,
                difference_words(estimate, 0)
                + context.across.html(
                    one.key,
                    signed(f"{estimate[0]:.0f}"),
                    lambda share: signed(f"{100 * share:.0f}"),
                ),
                one.p,
                statistic=f"difference-{month}",
                beside=p_beside(context, one),
                side=_favours(context, "right") if month == LANDMARKS[0] else "",
            )
        )
    return rows


def note_html(context: ArmContext) -> str:
    """What the small numbers of a section are; empty where there are none."""
    note = across_note(context.across)
    return tag("p", note, class_="rail-note") if note else ""
