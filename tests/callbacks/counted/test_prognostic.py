"""Prognostic factors from counts: every number, every word and the screen as of the same patients.

Numbers enter by their ranges; in memory they are levels from the start.
"""

from __future__ import annotations

import pytest

from tests.callbacks.counted.same import rows_apart
from tests.views import BY_ID

QUERIES = (
    "model=none",
    "model=p",
    "model=arm,stage,age,afp&endpoint=ttp&order=p",
    "model=rare,site&endpoint=left&stage=b,missing",
    "model=p,sex&endpoint=pps",
    "response=cr,pr&endpoint=pfs&model=marker",
    "set=first&model=stage",
    "marker=low&site=one&rare=yes&model=stage",
)


@pytest.mark.parametrize("query", QUERIES)
def test_every_factor(ranges, query):
    assert ranges.differences("prognostic", query) == []


@pytest.mark.parametrize("query", ["model=p", "model=arm,stage,afp&arm=a,c"])
def test_of_three_arms(three_arms_ranges, query):
    assert three_arms_ranges.differences("prognostic", query) == []


def test_the_method_says_how_numbers_enter(two_arms):
    context = two_arms.contexts("prognostic", "model=age")[1]
    assert "numbers enter by their ranges" in BY_ID["prognostic"].words(context).method
    context = two_arms.contexts("arms", "show=balance&adjust=age")[1]
    assert "numbers enter by their ranges" in BY_ID["arms"].words(context).method


def test_an_adjusted_comparison_takes_ranges_too(ranges):
    query = "show=balance&adjust=age,afp,stage"
    assert rows_apart(*ranges.rows("arms", query, "adjusted.csv")) == []
