"""Axes have round ends that hold what is drawn."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.slides.axes import even_axis, ratio_axis

NUMBERS = st.floats(-1e5, 1e5, allow_nan=False)


@given(st.lists(NUMBERS, min_size=1, max_size=20), st.booleans())
def test_an_even_axis_holds_its_values(values, zero):
    axis = even_axis(values, "", zero=zero)
    air = 1e-6 * max(1.0, axis.high - axis.low)
    assert axis.low - air <= min(values)
    assert axis.high + air >= max(values)
    assert axis.low < axis.high
    ticks = (axis.high - axis.low) / axis.step
    assert ticks == pytest.approx(round(ticks), abs=1e-3)
    assert ticks < 14


@pytest.mark.parametrize(
    ("values", "ends", "form"),
    [
        ([41.2], (0, 50, 10), "0"),
        ([0.4, 0.11], (0, 0.4, 0.1), "0.0"),
        ([-281, 280], (-400, 400, 200), "0"),
        ([0.13, -0.02], (-0.05, 0.15, 0.05), "0.00"),
    ],
)
def test_round_ends(values, ends, form):
    axis = even_axis(values, "")
    assert (axis.low, axis.high, axis.step, axis.form) == (*ends, form)


def test_nothing_known_still_has_an_axis():
    axis = even_axis([math.nan, math.inf], "")
    assert (axis.low, axis.high) == (0, 1)


@pytest.mark.parametrize(("reach", "high"), [(1.2, 2), (1.9, 2), (3.0, 4), (7.0, 8), (90.0, 16)])
def test_a_ratio_stands_between_powers_of_two(reach, high):
    axis = ratio_axis([(1.1, 1 / reach, reach)], "hazard ratio")
    assert (axis.low, axis.high, axis.log) == (1 / high, high, 2)
