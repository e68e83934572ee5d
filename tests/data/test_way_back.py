"""Which filters to take off: held against counting every choice of one or two."""

from __future__ import annotations

from itertools import combinations

import pytest

from data.cohort import Cohort, Filter, select
from data.way_back import ways_back
from tests.shipped import load_catalog

# 67, cirrhosis after hepatitis C, Child–Pugh A, BCLC C, portal vein, AFP above 400, ECOG 1.
PATIENT = (
    Filter("bclc", ("c",)),
    Filter("pvi", ("yes",)),
    Filter("child-pugh", ("a",)),
    Filter("cirrhosis", ("yes",)),
    Filter("hepatitis-c", ("yes",)),
    Filter("afp", ("yes",)),
    Filter("ecog", ("1",)),
    Filter("age-years", (), 62.0, 72.0),
)


@pytest.fixture(scope="module")
def soramic():
    return load_catalog().study("soramic")


@pytest.mark.parametrize("n", [2, 5, 8])
def test_they_are_the_best_of_all(soramic, n):
    cohort = Cohort("soramic", "analysed", PATIENT[-n:])
    left = {
        names: int(select(soramic, _without(cohort, names)).sum())
        for size in (1, 2)
        for names in combinations([one.variable for one in cohort.filters], size)
    }
    now = int(select(soramic, cohort).sum())
    found = ways_back(soramic, cohort)
    for one in found:
        names = tuple(off.variable for off in one.filters)
        assert one.left == left[names] > now
        assert one.cohort == _without(cohort, names)
    singles = [one.left for one in found if len(one.filters) == 1]
    best = sorted((m for names, m in left.items() if len(names) == 1 and m > now), reverse=True)
    assert singles == best[:2]
    pairs = [one.left for one in found if len(one.filters) == 2]
    most = max(m for names, m in left.items() if len(names) == 2)
    assert pairs == ([most] if most > max(best, default=now) else [])


def _without(cohort, names):
    for name in names:
        cohort = cohort.without(name)
    return cohort


def test_a_filter_that_filters_nothing_is_not_named(soramic):
    every = Filter("bclc", ("a-b", "c"))
    cohort = Cohort("soramic", "analysed", (every, Filter("age-years", (), 200.0, 300.0)))
    (one,) = ways_back(soramic, cohort)
    assert [off.variable for off in one.filters] == ["age-years"]


def test_without_filters_there_is_no_way_back(soramic):
    assert ways_back(soramic, Cohort("soramic", "analysed")) == ()
