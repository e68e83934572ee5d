"""Compare arms from counts: every file, every word and the screen as of the same patients."""

from __future__ import annotations

import pytest

FILES = {
    "effect": ("arms.csv",),
    "balance": ("balance.csv", "adjusted.csv"),
    "competing": ("competing.csv",),
    "response": ("response.csv", "response-factors.csv"),
}
EFFECT = ("", "ci=log-log&tau=12&endpoint=ttp", "endpoint=left&stage=b,c", "response=cr,pr")
ONE_ARM = ("set=first", "set=treated&endpoint=pps", "marker=low&site=one&rare=yes")
BALANCE = (
    "adjust=stage,marker,sex&stratify=site,rare",
    "adjust=none&stratify=age,afp&endpoint=pfs",
    "adjust=site,rare&response=sd,pd",
)
COMPETING = ("endpoint=ttp", "endpoint=left&stage=b,missing")


def apart(both, section: str, query: str) -> list[str]:
    return both.differences("arms", f"show={section}&{query}", *FILES[section])


@pytest.mark.parametrize("query", [*EFFECT, *ONE_ARM])
def test_the_effect(two_arms, query, always_the_limit):
    assert apart(two_arms, "effect", query) == []


@pytest.mark.parametrize("query", [*BALANCE, *ONE_ARM])
def test_the_balance(two_arms, query, always_the_limit):
    assert apart(two_arms, "balance", query) == []


@pytest.mark.parametrize("query", [*COMPETING, *ONE_ARM])
def test_competing_risks(two_arms, query):
    assert apart(two_arms, "competing", query) == []


@pytest.mark.parametrize("query", ["stage=b&age=40..60", ONE_ARM[0]])
def test_the_response(two_arms, query):
    assert apart(two_arms, "response", query) == []


@pytest.mark.parametrize(
    ("section", "query"),
    [
        ("effect", ""),
        ("effect", "compare=c,a"),
        ("effect", "arm=a,b"),
        ("effect", "arm=a"),
        ("balance", BALANCE[0]),
        ("balance", f"compare=a,c&{BALANCE[1]}"),
        ("competing", "endpoint=left"),
        ("response", "compare=c,a&site=one"),
    ],
)
def test_of_three_arms(three_arms, section, query, always_the_limit):
    assert apart(three_arms, section, query) == []


@pytest.mark.parametrize(("section", "query"), [("effect", ""), ("balance", BALANCE[0])])
def test_of_more_patients_than_are_permuted(large, section, query):
    assert apart(large, section, query) == []
