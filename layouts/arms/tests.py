"""The tests of the arms with what each says, as HTML."""

from __future__ import annotations

import math

from layouts.arms import numbers
from layouts.arms.context import ArmContext
from layouts.shared.claims import Test, in_sets
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Number, by_key, p_key
from layouts.shared.words import p_number, p_value


def tests_list(context: ArmContext) -> str:
    """Log-rank, permutation and proportional hazards."""
    found = by_key(numbers.numbers_of(context.result))
    log_rank, permutation = found[numbers.LOG_RANK], found[numbers.PERMUTATION]
    exact = "all arrangements" if context.result.permutation.exact else "10,000 draws"
    if not math.isfinite(permutation.p):
        exact = ""
    items = (
        ("Log-rank", p_value(log_rank.p), test_across(context, log_rank), "log-rank"),
        ("Permutation", p_value(permutation.p), exact, "permutation"),
        ("Proportional hazards", *hazards_words(context), "proportional-hazards"),
    )
    cells = joined(
        (
            tag(
                "div",
                tag("dt", name),
                tag("dd", tag("b", value), tag("span", detail, class_="detail")),
                data_statistic=statistic,
            )
            for name, value, detail, statistic in items
        )
    )
    return tag("dl", cells, class_="tests")


def test_across(context: ArmContext, test: Number) -> str:
    """The range of a test's p, as its detail."""
    words = context.across.words(p_key(test.key), p_number(test.p), p_number, "no test")
    return f"{words} across {context.across.n} data sets" if words else ""


def where_changing(context: ArmContext) -> str:
    """`` in 12 of 20 data sets``: in how many the ratio of the one shown changes over time.

    Empty where it does so in all of them.
    """
    p = context.result.hazards.global_test.p_value
    words = in_sets(context.across, Test("proportional hazards", numbers.HAZARDS, p))
    return words and f" {words} data sets"


def hazards_words(context: ArmContext) -> tuple[str, str]:
    """The test of proportional hazards: its p, and what it means."""
    test = by_key(numbers.numbers_of(context.result))[numbers.HAZARDS]
    p = test.p
    if not math.isfinite(p):
        return "no test possible", ""
    meaning = "no sign that the ratio changes over time"
    if p < 0.05:
        meaning = "the ratio changes over time: it is an average"
    if context.across.open_on(p_key(test.key), 0.05):
        meaning = "whether the ratio changes over time is not determined by the publication"
    across = test_across(context, test)
    return p_value(p), f"{across}; {meaning}" if across else meaning
