"""Adjusted p-values: equal to R's p.adjust, and in their known order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.multiplicity import benjamini_hochberg, holm
from tests.analysis.golden_data import assert_equals_r, comparisons, load

FAMILIES = [comparison.pairwise for comparison in comparisons() if comparison.pairwise]
p_values = st.lists(st.floats(0, 1), max_size=30)


@pytest.mark.parametrize("family", FAMILIES)
def test_pairwise_tests_equal_r(family):
    assert_equals_r(holm(family["p"]), family["p_holm"])
    assert_equals_r(benjamini_hochberg(family["p"]), family["p_BH"])


def test_a_missing_p_value_is_not_counted_as_in_r():
    golden = load("binary_misc")["p_adjust"]
    p = np.array(golden["p"], dtype=float)
    assert np.isnan(p).sum() == 1
    assert_equals_r(holm(p), golden["holm"])
    assert_equals_r(benjamini_hochberg(p), golden["BH"])


@given(p_values, st.randoms(use_true_random=False))
def test_holm_is_above_benjamini_hochberg_is_above_the_raw_value(values, random):
    p = np.array(values)
    by_holm, by_rate = holm(p), benjamini_hochberg(p)
    assert (by_holm >= by_rate - 1e-15).all()
    assert (by_rate >= p - 1e-15).all()
    assert (by_holm <= 1).all()
    order = np.arange(p.size)
    random.shuffle(order)
    assert_allclose(holm(p[order]), by_holm[order])
    assert_allclose(benjamini_hochberg(p[order]), by_rate[order])


def test_one_p_value_stays_and_none_stays_none():
    assert holm([0.03]).tolist() == benjamini_hochberg([0.03]).tolist() == [0.03]
    assert holm([]).size == 0
    assert np.isnan(benjamini_hochberg([np.nan])).all()


def test_what_is_no_probability_is_refused():
    with pytest.raises(ValueError, match=r"lie in \[0, 1\]; found 1.5"):
        holm([0.1, 1.5])
