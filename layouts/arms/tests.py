"""The tests of the arms with what each says, as HTML."""

from __future__ import annotations

import math

from analysis.permutation import PermutationTest
from layouts.arms import numbers
from layouts.arms.context import ArmContext
from layouts.arms.family import all_arms_words, all_log_rank_words, holm_words
from layouts.shared.claims import Test, in_sets
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Number, by_key, p_key
from layouts.shared.words import p_number, p_value


def tests_list(context: ArmContext) -> str:
    """Log-rank, permutation and proportional hazards."""
    found = by_key(numbers.numbers_of(context.result))
    log_rank, permutation = found[numbers.LOG_RANK], found[numbers.PERMUTATION]
    details = [test_across(context, log_rank), holm_words(context, context, numbers.LOG_RANK)]
    exact = _arrangements(context.result.permutation)
    items = [
        ("Log-rank", p_value(log_rank.p), "; ".join(filter(None, details)), "log-rank"),
        ("Permutation", p_value(permutation.p), exact, "permutation"),
        ("Proportional hazards", *hazards_words(context), "proportional-hazards"),
    ]
    return tests_html([*items, *(overall_items(context)[:1] if context.parts else ())])


def all_tests_list(context: ArmContext) -> str:
    """Log-rank and permutation test over all arms of three or more."""
    return tests_html(overall_items(context))


def overall_items(context: ArmContext) -> list[tuple[str, str, str, str]]:
    """Name, p, detail and id of the tests over all arms of three or more."""
    found, where = by_key(numbers.numbers_of(context.everyone)), all_arms_words(context)
    log_rank = p_value(found[numbers.LOG_RANK_ALL].p)
    items = [(f"Log-rank, {where}", log_rank, all_log_rank_words(context), "log-rank-overall")]
    if numbers.PERMUTATION_ALL in found:
        p = p_value(found[numbers.PERMUTATION_ALL].p)
        exact = _arrangements(context.everyone.permutation)
        items.append((f"Permutation, {where}", p, exact, "permutation-overall"))
    return items


def _arrangements(test: PermutationTest) -> str:
    if not math.isfinite(test.p_value):
        return ""
    if test.limit:
        return "their limit for many patients"
    return "all arrangements" if test.exact else "10,000 draws"


def tests_html(items) -> str:
    """Name, p, detail and id of each test as a list."""
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
    return f"[{words} across {context.across.n} data sets]" if words else ""


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
