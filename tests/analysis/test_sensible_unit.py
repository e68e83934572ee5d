"""The step of a number: worked examples, and what holds of any number."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sensible_unit import sensible_unit


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        # Standard deviations by hand: 8, 1.5, 0.03, 0.3, 120, 0.
        ([50, 66], 10),
        ([2.0, 5.0], 2),  # nearer to 2 than to 1 as a ratio
        ([0.11, 0.17], 0.02),
        ([0.1, 0.7], 0.2),
        ([40, 280], 100),
        ([7, 7, 7], 1),
        ([2.5, 2.5], 0.1),
        # 0.2 in spread, but whole numbers differ by 1 at least.
        ([0] * 24 + [1], 1),
        ([], 1),
        ([math.nan, math.inf], 1),
        ([50, 66, math.nan], 10),
    ],
)
def test_worked_examples(values, unit):
    assert sensible_unit(values) == unit


@given(st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=30))
def test_any_number_has_a_step_that_can_be_said(values):
    unit = sensible_unit(values)
    assert 0 < unit < math.inf
    digits = f"{unit:e}".partition("e")[0].rstrip("0").rstrip(".")
    assert digits in ("1", "2", "5")


@given(
    st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=30).filter(lambda x: np.std(x) >= 1)
)
def test_it_is_about_one_standard_deviation(values):
    # 1, 2, 5, 10: the widest gap is 2.5-fold, half of it on either side.
    ratio = sensible_unit(values) / np.std(values)
    assert 1 / math.sqrt(2.5) - 1e-9 <= ratio <= math.sqrt(2.5) + 1e-9
