"""The lanes of a swimmer plot: longest on top, each patient's events on the own lane."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.swimmer import lanes


def test_lanes_by_hand():
    shown = lanes(
        end=[90, 900, 400],
        died=[1, 0, 1],
        response=[np.nan, 61, 152],
        progression=[60, 900, 300],
        progressed=[1, 0, 1],
        category=[3, 0, 1],
    )
    assert shown.end.tolist() == [900, 400, 90]
    assert shown.died.tolist() == [False, True, True]
    assert shown.category.tolist() == [0, 1, 3]
    np.testing.assert_array_equal(shown.response, [61, 152, np.nan])
    # A day of censoring is no progression.
    np.testing.assert_array_equal(shown.progression, [np.nan, 300, 60])


def test_nobody():
    assert lanes([], [], [], [], [], []).n == 0


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 1), st.integers(-1, 3))))
def test_each_lane_keeps_its_patient(patients):
    end, died, category = (np.array([one[i] for one in patients], int) for i in range(3))
    empty = np.full(len(patients), np.nan)
    shown = lanes(end, died, empty, end, np.zeros(len(patients), int), category)
    assert (np.diff(shown.end) <= 0).all()
    made = zip(shown.end.tolist(), shown.died.tolist(), shown.category.tolist(), strict=True)
    assert sorted(made) == sorted((e, bool(d), c) for e, d, c in patients)
