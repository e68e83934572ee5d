"""Compare arms from counts: every file, every word and the screen as of the same patients."""

from __future__ import annotations

import pytest

QUERIES = (
    "",
    "ci=log-log&tau=12",
    "endpoint=ttp",
    "endpoint=left",
    "response=cr,pr",
    "set=first",
    "set=treated&endpoint=pps",
    "show=competing&endpoint=ttp",
    "show=competing&endpoint=left&stage=b,missing",
    "show=response",
)
BALANCE = (
    "show=balance&adjust=stage,marker,sex&stratify=site,rare",
    "show=balance&adjust=none&stratify=age,afp&endpoint=pfs",
    "show=balance&adjust=site&response=sd,pd",
)


@pytest.mark.parametrize("query", [*QUERIES, *BALANCE])
def test_of_two_arms(two_arms, query, always_the_limit):
    assert two_arms.differences("arms", query) == []


@pytest.mark.parametrize(
    "query",
    ["", "compare=c,a", "arm=a,b", *BALANCE[:2], "show=competing&endpoint=left", "show=response"],
)
def test_of_three_arms(three_arms, query, always_the_limit):
    assert three_arms.differences("arms", query) == []
