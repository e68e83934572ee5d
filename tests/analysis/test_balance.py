"""Standardised mean differences: by hand, by R on the shipped study, and their refusals."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.balance import balance_of_levels, balance_of_numbers
from tests.shipped import load_catalog

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/soramic_arms.json").read_text("utf-8"))
STUDY = load_catalog().study("soramic")
REFERENCE = (STUDY.codes["arm"] == 1).astype(int)


def test_a_number_by_hand():
    # Means 2 and 5, variances 1 and 4: 3 / sqrt(2.5).
    found = balance_of_numbers([1, 2, 3, 3, 5, 7], [0, 0, 0, 1, 1, 1])
    assert_allclose(found.smd, -3 / np.sqrt(2.5))
    assert_allclose(found.mean, [2, 5])
    assert_allclose(found.sd, [1, 2])
    assert_allclose(found.quartiles[:, 1], [4, 5, 6])


def test_two_levels_by_hand():
    # 3 of 4 against 1 of 4: 0.5 / sqrt(3/16).
    found = balance_of_levels([1, 1, 1, 0, 1, 0, 0, 0], 2, [0, 0, 0, 0, 1, 1, 1, 1])
    assert_allclose(found.smd, 0.5 / np.sqrt(3 / 16))
    assert found.counts.tolist() == [[1, 3], [3, 1]]


def test_equals_r():
    age = balance_of_numbers(STUDY.numbers["age-years"], REFERENCE)
    assert_allclose(age.smd, GOLDEN["smd"]["age"], rtol=1e-12)
    for name, variable in (("bclc", "bclc"), ("response", "best-response")):
        levels = len(STUDY.variable(variable).levels)
        found = balance_of_levels(STUDY.codes[variable], levels, REFERENCE)
        assert_allclose(abs(found.smd), GOLDEN["smd"][name], rtol=1e-10)


def test_missing_values_are_counted_and_left_out():
    found = balance_of_levels([0, 1, -1, 0, 1, -1], 2, [0, 0, 0, 1, 1, 1])
    assert (found.smd, found.missing.tolist(), found.n.tolist()) == (0.0, [1, 1], [2, 2])
    found = balance_of_numbers([1, 2, np.nan, 1, 2, 3], [0, 0, 0, 1, 1, 1])
    assert found.missing.tolist() == [1, 0]


def test_the_order_of_levels_does_not_matter():
    codes, arm = np.array([0, 1, 2, 2, 0, 1, 1, 1, 0, 2]), np.repeat([0, 1], 5)
    first = balance_of_levels(codes, 3, arm).smd
    assert_allclose(balance_of_levels((codes + 1) % 3, 3, arm).smd, first)


@pytest.mark.parametrize(
    ("codes", "arm", "why"),
    [
        ([0, 1], [0, 0], "no patient with a value"),
    ],
)
def test_what_cannot_be_computed_says_why(codes, arm, why):
    found = balance_of_levels(codes, 3, arm)
    assert np.isnan(found.smd)
    assert why in found.reason


@pytest.mark.parametrize(
    ("codes", "arm", "smd", "why"),
    [
        ([0, 0, 1, 1], [0, 0, 1, 1], -np.inf, "share no level"),
        ([0, 0, 1, 1], [1, 1, 0, 0], np.inf, "share no level"),
        ([0, 0, 1, 2], [0, 0, 1, 1], np.inf, "occurs in one arm only"),
    ],
)
def test_arms_without_a_common_level_are_infinitely_far_apart(codes, arm, smd, why):
    found = balance_of_levels(codes, 3, arm)
    assert found.smd == smd
    assert why in found.reason


def test_numbers_that_cannot_be_compared_say_why():
    assert "fewer than two" in balance_of_numbers([1.0, 2, 3], [0, 0, 1]).reason
    apart = balance_of_numbers([1.0, 1, 2, 2], [0, 0, 1, 1])
    assert (apart.smd, "no spread" in apart.reason) == (-np.inf, True)
    assert balance_of_numbers([1.0, 1, 1, 1], [0, 0, 1, 1]).smd == 0


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 1)), max_size=30))
def test_a_distance_is_never_negative_and_counts_add_up(patients):
    codes = np.array([code for code, _ in patients], int)
    arm = np.array([one for _, one in patients], int)
    found = balance_of_levels(codes, 4, arm)
    assert found.counts.sum() + found.missing.sum() == len(patients)
    assert np.isfinite(found.smd) != bool(found.reason)
    if (np.flatnonzero(found.counts.any(axis=1)).size) > 2 and not found.reason:
        assert found.smd >= 0
