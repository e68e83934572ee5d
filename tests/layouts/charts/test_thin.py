"""Long curves are drawn with few points and look the same; short ones are left as they are."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.event_table import time_axis
from analysis.survival_groups import survival_by_group
from layouts.charts.thin import MOST_POINTS, drawn_places, thinned

PIXELS = 1_200


def group_of(n: int):
    random = np.random.default_rng(2)
    time = random.integers(0, 5_000, n)
    event = random.integers(0, 2, n)
    (found,) = survival_by_group(time_axis(time), event, None, ("All",), np.ones(n, bool)).groups
    return found


def test_a_short_curve_is_drawn_as_it_is():
    group = group_of(500)
    assert thinned(group) is group
    assert drawn_places(group.curve.time).tolist() == list(range(group.curve.time.size))


def test_a_long_curve_keeps_its_ends_and_its_counts():
    group = group_of(40_000)
    curve, drawn = group.curve, thinned(group).curve
    assert curve.time.size > MOST_POINTS >= drawn.time.size > PIXELS
    assert (drawn.time[0], drawn.time[-1]) == (curve.time[0], curve.time[-1])
    assert drawn.n_event.sum() == curve.n_event.sum()
    assert drawn.n_censor.sum() == curve.n_censor.sum()
    assert drawn.n_risk[0] == curve.n


@pytest.mark.parametrize("name", ["survival", "lower", "upper"])
def test_at_every_pixel_the_curve_lies_where_it_lies_beside(name):
    """Between the heights that the whole curve has within a pixel to either side."""
    group = group_of(40_000)
    curve, drawn = group.curve, thinned(group).curve
    pixel = curve.time[-1] / PIXELS
    at = np.linspace(curve.time[0], curve.time[-1] - pixel, PIXELS)

    def height(one, when):
        return getattr(one, name)[np.searchsorted(one.time, when, "right") - 1]

    found = height(drawn, at)
    assert (found <= height(curve, np.maximum(at - pixel, curve.time[0])) + 1e-12).all()
    assert (found >= height(curve, at + pixel) - 1e-12).all()
