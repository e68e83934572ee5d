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
    assert range_of([math.nan, math.inf]) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_every_number_lies_in_the_range_and_its_ends_occur(values):
    found = range_of(values)
    assert all(found.low <= value <= found.high for value in values)
    assert found.low in values
    assert found.high in values
    assert (found.known, found.n) == (len(values), len(values))
