"""Survival from counts: every file, every word and the screen as of the same patients."""

from __future__ import annotations

import pytest

QUERIES = (
    "",
    "by=none",
    "by=stage&ci=log-log&show=band,censored,median,risk,weibull",
    "by=marker&endpoint=pfs&stage=b,c",
    "by=afp&endpoint=ttp&ci=plain",
    "by=age&endpoint=left",
    "by=response&endpoint=ttp",
    "by=response&endpoint=pps",
    "by=site&alive=6&endpoint=ttp",
    "by=sex&age=40..60&marker=high,missing&set=treated",
    "by=rare&landmarks=3,9",
    "by=arm&set=first",
    "by=none&response=cr",
)


@pytest.mark.parametrize("query", QUERIES)
def test_every_split(two_arms, query):
    assert two_arms.differences("survival", query) == []


@pytest.mark.parametrize("query", ["", "endpoint=ttp", "by=stage&arm=a,c"])
def test_of_three_arms(three_arms, query):
    assert three_arms.differences("survival", query) == []
