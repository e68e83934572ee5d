"""Each arm against the reference: a row for every comparison, as HTML."""

from __future__ import annotations

import math

from layouts.arms import numbers
from layouts.arms.by_arm import arms_table
from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH, difference_words, note_html, p_beside, ratio_words
from layouts.arms.family import HOLM_TITLE, holm_p
from layouts.arms.tests import all_tests_list, where_changing
from layouts.charts.interval import axis_ticks, favours, interval, signed
from layouts.charts.log_axis import log_axis
from layouts.shared.html import joined, tag
from layouts.shared.numbers import by_key
from layouts.shared.theme import Theme
from layouts.shared.words import p_words


def each_side(context: ArmContext, theme: Theme) -> str:
    """Comparisons, arms and tests over all of them beside the curves."""
    return joined(
        (_pairs(context), arms_table(context, theme), all_tests_list(context), note_html(context))
    )


def _pairs(context: ArmContext) -> str:
    known = [one for one in context.parts if one.result is not None]
    ratios = [by_key(numbers.numbers_of(one.result))[numbers.HAZARD_RATIO] for one in known]
    axis = log_axis([one.estimate for one in ratios])
    reference = context.study.arms[context.study.reference].label
    head = tag(
        "thead",
        tag(
            "tr",
            tag("th", f"Against {reference}", scope="col", class_="name"),
            tag(
                "th",
                favours("favours the arm", reference),
                tag("span", axis_ticks(axis, few=True), class_="axis"),
                scope="col",
                class_="drawing",
            ),
            tag("th", "HR (95 % CI)", scope="col"),
            tag("th", "Log-rank p", scope="col"),
            tag("th", tag("abbr", "Holm p", title=HOLM_TITLE), scope="col"),
        ),
    )
    caption = f"{context.endpoint.name}: each arm against {reference}"
    rows = joined(_row(context, part, axis) for part in context.parts)
    return tag("table", tag("caption", caption), head, tag("tbody", rows), class_="estimates pairs")


def _row(context: ArmContext, part: ArmContext, axis) -> str:
    compared, _ = part.arms
    if part.result is None:
        return tag(
            "tr",
            tag("th", compared.label, scope="row", class_="name"),
            tag("td", part.obstacle, class_="reason", colspan="4"),
            data_pair=compared.level,
        )
    found = by_key(numbers.numbers_of(part.result))
    ratio, test = found[numbers.HAZARD_RATIO], found[numbers.LOG_RANK]
    two, holm = "{:.2f}".format, holm_p(context, part, numbers.LOG_RANK)
    beside = part.across.html(ratio.key, two(ratio.value), two)
    return tag(
        "tr",
        tag("th", compared.label, _detail(part), scope="row", class_="name"),
        tag("td", interval(ratio.estimate, axis, null=1, side=11), class_="drawing"),
        tag(
            "td",
            ratio_words(ratio.estimate),
            beside,
            class_="numbers-cell",
            data_statistic="hazard-ratio",
        ),
        tag("td", p_words(test.p), p_beside(part, test), class_="p", data_statistic="log-rank"),
        tag("td", p_words(holm), class_=_strong(holm), data_statistic="holm"),
        data_pair=compared.level,
    )


def _strong(p: float) -> str:
    return "p found" if p < 0.05 else "p"


def _detail(part: ArmContext) -> str:
    """Mean time gained, and what makes the ratio hard to read."""
    result = part.result
    said = []
    if result.cox.reasons[0]:
        said.append(tag("span", result.cox.reasons[0].words(), class_="detail"))
    elif not result.proportional:
        said.append(tag("span", "not constant over time", where_changing(part), class_="mark"))
    found = by_key(numbers.numbers_of(result))
    mean, tau = found[numbers.MEAN_GAINED], found[numbers.TAU].value
    if math.isfinite(mean.value):
        months = tuple(x / MONTH for x in mean.estimate)
        words = difference_words(months, 1)
        beside = part.across.bracket(
            mean.key, signed(f"{months[0]:.1f}"), lambda days: signed(f"{days / MONTH:.1f}")
        )
        said.append(
            tag(
                "span",
                "mean time gained up to ",
                f"{tau / MONTH:.0f} months: ",
                words,
                beside,
                class_="detail",
                data_statistic="rmst-difference",
            )
        )
    return joined(said)
