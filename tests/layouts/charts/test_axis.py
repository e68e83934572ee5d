"""Where the ticks of a time axis stand."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.charts.axis import axis_end, time_ticks

UNITS = ("months", "days", "years")
LAST = {"months": 600, "days": 18000, "years": 50}


@pytest.mark.parametrize(
    ("last", "unit", "at_most", "ticks"),
    [
        (40, "months", 11, [0, 6, 12, 18, 24, 30, 36]),
        (60, "months", 11, [0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60]),
        (60, "months", 6, [0, 12, 24, 36, 48, 60]),
        (2, "years", 11, [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]),
        (400, "days", 6, [0, 90, 180, 270, 360]),
        (0, "months", 11, [0]),
    ],
)
def test_ticks_are_where_clinicians_count(last, unit, at_most, ticks):
    assert time_ticks(0, last, unit, at_most) == ticks


def test_an_axis_that_starts_later_keeps_round_ticks():
    assert time_ticks(7, 40, "months", 11) == [12, 18, 24, 30, 36]


def test_a_tick_on_either_edge_counts():
    # 336 to 600 in steps of 24 are twelve ticks, though the span is eleven steps long.
    assert time_ticks(0.56 * 600, 600, "months", 11) == list(range(360, 601, 36))


@given(
    st.sampled_from(UNITS), st.floats(0, 1), st.floats(0, 1), st.integers(min_value=3, max_value=14)
)
def test_ticks_lie_inside_rise_evenly_and_are_not_too_many(unit, one, other, at_most):
    first, last = sorted((one * LAST[unit], other * LAST[unit]))
    ticks = time_ticks(first, last, unit, at_most)
    assert len(ticks) <= at_most
    assert all(first - 1e-6 <= tick <= last + 1e-6 for tick in ticks)
    steps = [b - a for a, b in pairwise(ticks)]
    assert all(step > 0 for step in steps)
    assert max(steps, default=0) - min(steps, default=0) < 1e-6


@given(st.sampled_from(UNITS), st.floats(0.001, 1), st.integers(min_value=3, max_value=14))
def test_an_axis_from_zero_has_its_zero(unit, share, at_most):
    assert time_ticks(0, share * LAST[unit], unit, at_most)[0] == 0


@given(st.sampled_from(UNITS), st.floats(0, 1e4))
def test_an_axis_has_a_length(unit, last):
    end = axis_end(last, unit)
    assert end > 0
    assert math.isfinite(end)
    assert end == last or last == 0
