"""Welch's test."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from analysis.welch import welch_p

# Whole numbers: scipy warns about data that are nearly the same.
NUMBERS = st.lists(st.integers(-1000, 1000), min_size=2, max_size=20)


def test_the_sleep_of_student():
    """R: t.test(extra ~ group, sleep) prints p-value = 0.07939."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    assert welch_p(first, second) == pytest.approx(0.07939, abs=5e-6)


@given(NUMBERS, NUMBERS)
def test_scipy_agrees(first, second):
    if not (np.std(first) and np.std(second)):
        return
    expected = ttest_ind(first, second, equal_var=False).pvalue
    assert welch_p(first, second) == pytest.approx(expected, abs=1e-9)
    assert welch_p(second, first) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("groups", [([], [1, 2]), ([1], [1, 2]), ([1, 1], [2, 2])])
def test_without_spread_or_numbers_there_is_no_test(groups):
    assert math.isnan(welch_p(*groups))
