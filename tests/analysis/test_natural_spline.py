"""Natural cubic splines: straight beyond the knots, smooth at them."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.natural_spline import knots_of, natural_spline


def test_three_knots_at_the_quantiles_of_r():
    assert knots_of(np.arange(11.0)) == pytest.approx([1, 5, 9])


@pytest.mark.parametrize("values", [[], [4.0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 7.0]])
def test_no_knots_where_the_quantiles_are_not_different(values):
    assert knots_of(values).size == 0
    assert natural_spline(values, ()).shape == (len(values), 1)


def test_it_is_straight_beyond_the_outer_knots_and_bends_between():
    columns = natural_spline(np.array([-3.0, -2, -1, 0, 1, 2, 3, 6, 7, 8]), [0.0, 2, 5])
    bend = columns[:, 1]
    assert bend[:4] == pytest.approx(0)
    assert np.diff(bend[-3:], 2) == pytest.approx(0, abs=1e-12)
    assert bend[4] > 0
    # Harrell's form at 3: (3³ - (3 - 2)³ · 5 / 3) / 5².
    assert bend[6] == pytest.approx((27 - 5 / 3) / 25)
