"""Windows over a number: enough events each, from the smallest value to the largest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sliding_windows import sliding_windows


def test_neighbours_share_three_quarters_of_their_events():
    found = sliding_windows(np.arange(1.0, 13), np.ones(12), 8)
    assert found.low.tolist() == [1, 3, 5]
    assert found.high.tolist() == [8, 10, 12]
    assert found.events == 8


def test_patients_with_one_value_are_never_divided():
    found = sliding_windows([1, 1, 1, 2, 2, 2, 3, 3], np.ones(8), 4)
    assert list(zip(found.low, found.high, strict=True)) == [(1, 2), (2, 3)]


def test_there_are_none_with_too_few_events():
    assert len(sliding_windows([], [], 4)) == 0
    assert len(sliding_windows([1, 2, 3], [1, 1, 0], 4)) == 0


def test_a_large_study_has_few_windows():
    rng = np.random.default_rng(3)
    found = sliding_windows(rng.normal(size=20_000), rng.integers(0, 2, 20_000), 20)
    assert 30 <= len(found) <= 60


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1)), max_size=60), st.integers(1, 12))
def test_every_window_has_its_events_and_together_they_hold_everybody(patients, least):
    value = np.array([v for v, _ in patients], float)
    event = np.array([e for _, e in patients])
    found = sliding_windows(value, event, least)
    if event.sum() < least:
        assert len(found) == 0
        return
    inside = (found.low[:, None] <= value) & (value <= found.high[:, None])
    assert (inside @ event >= least).all()
    assert (found.low[0], found.high[-1]) == (value.min(), value.max())
    assert inside.any(axis=0).all()
    assert (np.diff(found.low) > 0).all()
    assert (np.diff(found.high) >= 0).all()
    assert found.middle == pytest.approx([value[one].mean() for one in inside])
    assert found.events == pytest.approx(max(least, -(-event.sum() // 12)))
