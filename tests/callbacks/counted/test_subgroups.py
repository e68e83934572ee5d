"""Subgroups from counts: every number, every word and the screen as of the same patients."""

from __future__ import annotations

import pytest

QUERIES = (
    "",
    "endpoint=ttp&ci=log-log&p=westfall-young&stage=b,missing",
    "endpoint=left&order=p",
    "endpoint=pps",
    "response=cr,pr&endpoint=pfs",
    "set=first",
    "marker=low&site=one&rare=yes",
)


@pytest.mark.parametrize("query", QUERIES)
def test_every_level(two_arms, query, always_the_limit):
    assert two_arms.differences("subgroups", query) == []


@pytest.mark.parametrize("query", ["", "compare=a,c", "arm=a,b"])
def test_of_three_arms(three_arms, query, always_the_limit):
    assert three_arms.differences("subgroups", query) == []


def test_of_more_patients_than_are_permuted(large):
    assert large.differences("subgroups", "") == []
