"""The range of a number over several data sets."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from analysis.reconstruction_range import Range, range_of


def test_a_range_by_hand():
    assert range_of([1.31, 1.08, math.nan, 1.62]) == Range(1.08, 1.62, 3, 4)


def test_no_data_set_and_no_number_have_no_range():
    assert range_of([]) is None
    assert range_of([math.nan, math.nan]) is None


def test_an_infinite_number_is_the_largest_and_not_none():
    assert range_of([math.nan, math.inf]) == Range(math.inf, math.inf, 1, 2)
    assert range_of([0.4, math.inf, 2.0]) == Range(0.4, math.inf, 3, 3)
    assert range_of([-math.inf, 0.4]) == Range(-math.inf, 0.4, 2, 2)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_every_number_lies_in_the_range_and_its_ends_occur(values):
    found = range_of(values)
    assert all(found.low <= value <= found.high for value in values)
    assert found.low in values
    assert found.high in values
    assert (found.known, found.n) == (len(values), len(values))
