"""Large differences by chance alone: the vectorised sizes, symmetry, and what the page says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.balance import balance_of_levels, balance_of_numbers
from analysis.balance_chance import chance_imbalance, sizes_of_levels, sizes_of_numbers
from layouts.arms.words import sentence
from tests.shipped import load_catalog
from tests.views import PageViews

cells = st.lists(
    st.tuples(st.integers(-1, 3), st.integers(0, 1), st.integers(-1, 6)), min_size=4, max_size=30
)


@settings(max_examples=80, deadline=None)
@given(cells)
def test_sizes_are_those_of_one_allocation_at_a_time(patients):
    codes, arm, numbers = (np.array(one) for one in zip(*patients, strict=True))
    numbers = np.where(numbers < 0, np.nan, numbers)
    alone = abs(balance_of_levels(codes, 4, arm).smd)
    together = sizes_of_levels(codes, arm[None, :].astype(float))[0]
    if np.isfinite(alone):
        assert together == pytest.approx(alone, abs=1e-7)
    elif np.isinf(alone):
        assert together > 100
    alone = abs(balance_of_numbers(numbers, arm).smd)
    together = sizes_of_numbers(numbers, arm[None, :].astype(float))[0]
    if np.isfinite(alone) and alone > 0:
        assert together == pytest.approx(alone, rel=1e-6)


def test_one_number_in_two_arms_of_fifty_is_as_the_normal_distribution_says():
    # The difference of means over the deviation is near N(0, 2/50): P(|Z| > 0.1 / 0.2).
    values = np.random.default_rng(5).normal(size=100)
    found = chance_imbalance([(values, 0)], np.repeat([0, 1], 50), draws=20_000)
    assert found.expected == pytest.approx(2 * norm.sf(0.5), abs=0.015)
    assert (found.lower, found.upper) == (0, 1)


def test_large_arms_are_hardly_imbalanced_by_chance():
    values = np.random.default_rng(5).normal(size=8_000)
    found = chance_imbalance([(values, 0)], np.repeat([0, 1], 4_000), draws=200)
    assert found.expected < 0.02


def test_soramic_is_as_uneven_as_chance():
    context = PageViews(load_catalog())("arms", "study=soramic&show=balance")
    found = context.result.chance
    assert found.expected == pytest.approx(9.74, abs=0.1)
    assert (found.lower, found.upper) == (5, 14)
    assert (
        "9 [9–10] of 19 baseline variables have a standardised difference above 0.1 (chance "
        f"alone would give {found.expected:.1f}, 5 to 14 in 95 % of random allocations), most "
    ) in sentence(context)


@pytest.mark.parametrize(("n", "draws"), [(60, 4_000), (1_000, 4_000), (2_000, 2_000)])
def test_more_patients_are_drawn_less_often(n, draws):
    assert chance_imbalance([(np.arange(n) % 2, 2)], np.arange(n) % 2).draws == draws
