"""The order of a waterfall, and quartiles."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.response_depth import spread, waterfall


def test_growth_first_and_the_unmeasured_counted():
    change = [-100, -45, 5, 30, np.nan, -30, np.nan, np.nan]
    category = [0, 1, 2, 3, 2, 1, -1, 2]
    shown = waterfall(change, category, 4)
    assert shown.change.tolist() == [30, 5, -30, -45, -100]
    assert shown.category.tolist() == [3, 2, 1, 1, 0]
    assert shown.unmeasured.tolist() == [0, 0, 2, 0, 1]
    assert shown.n == 5


def test_of_equal_changes_the_worse_response_stands_first():
    shown = waterfall([-20, -20, -20, -20], [1, -1, 0, 2], 3)
    assert shown.category.tolist() == [-1, 2, 1, 0]


def test_nobody_measured():
    shown = waterfall([np.nan, np.nan], [0, -1], 1)
    assert shown.n == 0
    assert shown.unmeasured.tolist() == [1, 1]


def test_quartiles_as_r():
    # R: quantile(c(1, 2, 4, 8)) is 1, 1.75, 3, 5, 8.
    one = spread([8, 1, np.nan, 4, 2])
    assert (one.n, one.smallest, one.largest) == (4, 1, 8)
    assert_allclose([one.lower, one.median, one.upper, one.mean], [1.75, 3, 5, 3.75])


def test_one_value_and_none():
    assert spread([7.0]).lower == spread([7.0]).upper == 7
    assert spread([np.nan]).n == 0
    assert math.isnan(spread([]).median)


@given(
    st.lists(
        st.tuples(st.one_of(st.just(np.nan), st.integers(-100, 60)), st.integers(-1, 3)),
        max_size=40,
    )
)
def test_nobody_is_lost(patients):
    change = np.array([one[0] for one in patients], float)
    category = np.array([one[1] for one in patients], int)
    shown = waterfall(change, category, 4)
    assert shown.n + shown.unmeasured.sum() == len(patients)
    assert (np.diff(shown.change) <= 0).all()
    pairs = sorted(zip(shown.change.tolist(), shown.category.tolist(), strict=True))
    known = np.isfinite(change)
    assert pairs == sorted(zip(change[known].tolist(), category[known].tolist(), strict=True))
