"""The tests of the arms with what each says, as HTML."""

from __future__ import annotations

import math

from layouts.arms.context import ArmContext
from layouts.shared.html import joined, tag
from layouts.shared.words import p_number, p_value


def tests_list(context: ArmContext) -> str:
    """Log-rank, permutation and proportional hazards."""
    result = context.result
    log_rank = result.groups.test.p_value if result.groups.test else math.nan
    exact = "all arrangements" if result.permutation.exact else "10,000 draws"
    if not math.isfinite(result.permutation.p_value):
        exact = ""
    items = (
        ("Log-rank", p_value(log_rank), test_across(context, "log-rank", log_rank), "log-rank"),
        ("Permutation", p_value(result.permutation.p_value), exact, "permutation"),
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


def test_across(context: ArmContext, name: str, p: float) -> str:
    """The range of a test's p, as its detail."""
    words = context.across.words((name,), p_number(p), p_number, "no test")
    return f"{words} across {context.across.n} data sets" if words else ""


def hazards_words(context: ArmContext) -> tuple[str, str]:
    """The test of proportional hazards: its p, and what it means."""
    p = context.result.hazards.global_test.p_value
    if not math.isfinite(p):
        return "no test possible", ""
    meaning = "no sign that the ratio changes over time"
    if p < 0.05:
        meaning = "the ratio changes over time: it is an average"
    if context.across.open_on(("hazards",), 0.05):
        meaning = "whether the ratio changes over time is not determined by the publication"
    across = test_across(context, "hazards", p)
    return p_value(p), f"{across}; {meaning}" if across else meaning
