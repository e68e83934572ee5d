"""Gray's test and the cumulative incidence of several causes: as R's cmprsk and survival."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.competing_risks import competing_risks
from analysis.gray import gray_test

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/causes.json").read_text("utf-8"))
NAMES = ("pbc", "mgus2", "made")


def data_of(name):
    found = GOLDEN[name]
    return found, *(np.array(found[part]) for part in ("time", "cause", "group"))


@pytest.mark.parametrize("name", NAMES)
def test_gray_is_that_of_cmprsk(name):
    golden, time, cause, group = data_of(name)
    for of, statistic in enumerate(golden["statistic"], 1):
        found = gray_test(time, cause, group, of)
        assert_allclose(found.statistic, statistic, rtol=1e-9)
        assert_allclose(found.p_value, golden["p"][of - 1], rtol=1e-8, atol=1e-15)
        assert found.df == golden["df"][of - 1]


@pytest.mark.parametrize("name", NAMES)
def test_every_cause_is_that_of_survfit(name):
    golden, time, cause, group = data_of(name)
    for label, expected in zip(np.unique(group), golden["groups"], strict=True):
        rows = group == label
        found = competing_risks(time[rows], cause[rows], int(cause.max()))
        assert (found.n, list(found.counts)) == (expected["n"], expected["counts"])
        for place, one in enumerate(found.incidences):
            read = np.array([one.at(day) for day in golden["days"]]).T
            known = np.isfinite(read[0])
            for values, part in zip(read, ("value", "lower", "upper"), strict=True):
                there = np.array([np.nan if x == "NA" else x for x in expected[part][place]])
                some = known & np.isfinite(values)
                assert np.isfinite(there[some]).all()
                assert_allclose(values[some], there[some], rtol=1e-9, atol=1e-12)
        free = found.free.at(golden["days"]).survival
        some = np.isfinite(free)
        assert_allclose(free[some], np.array(expected["free"])[some], rtol=1e-9)


patients = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=40
)


@settings(max_examples=40, deadline=None)
@given(patients)
def test_all_causes_and_what_is_free_of_them_are_everybody(rows):
    time, cause, group = (np.array(column) for column in zip(*rows, strict=True))
    found = competing_risks(time, cause, 3)
    total = sum(one.value for one in found.incidences)
    assert_allclose(total, 1 - found.free.at(found.incidences[0].time).survival, atol=1e-12)
    for of in (1, 2, 3):
        test = gray_test(time, cause, group, of)
        # Other names and another order of the groups are the same test.
        other = gray_test(time, cause, 5 - group, of)
        assert (test.df == 0) == np.isnan(test.p_value)
        if test.df and other.df:
            assert_allclose(test.statistic, other.statistic, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(
    ("cause", "group"), [([1, 1, 2, 0], [0, 0, 0, 0]), ([2, 2, 0, 2], [0, 1, 0, 1]), ([], [])]
)
def test_no_test_without_groups_or_events(cause, group):
    found = gray_test(np.arange(len(cause)), np.array(cause, int), np.array(group, int))
    assert found.df == 0
    assert np.isnan(found.statistic)
