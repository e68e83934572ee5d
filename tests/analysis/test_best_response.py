"""Counts of the best response: published cells, exact limits, columns that add up."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import beta

from analysis.best_response import category_rates, group_rates

# Table 3 of the single-arm study: 12 PR, 16 SD, 4 PD, 2 off study of 34.
CODES = np.repeat([0, 1, 2, 3], [12, 16, 4, 2])
EVERYBODY = np.ones((1, 34), bool)


def test_the_published_cells():
    rows = category_rates(CODES, 4, EVERYBODY)
    assert [row[0].events for row in rows] == [12, 16, 4, 2, 0]
    assert [f"{100 * row[0].value:.1f}" for row in rows[:4]] == ["35.3", "47.1", "11.8", "5.9"]


def test_limits_are_quantiles_of_the_beta_distribution():
    (rate,) = group_rates(CODES == 0, EVERYBODY)
    assert_allclose(rate.lower, beta.ppf(0.025, 12, 23))
    assert_allclose(rate.upper, beta.ppf(0.975, 13, 22))


def test_groups_may_overlap():
    first = np.arange(34) < 20
    rates = group_rates(CODES == 0, [first, ~first, np.ones(34, bool)])
    assert [(one.events, one.n) for one in rates] == [(12, 20), (0, 14), (12, 34)]


def test_a_group_without_patients_has_no_share():
    (rate,) = group_rates(CODES == 0, np.zeros((1, 34), bool))
    assert rate.n == 0
    assert np.isnan(rate.value)


@given(st.lists(st.integers(-1, 3), max_size=30), st.integers(0, 2**30 - 1))
def test_every_column_adds_up(codes, bits):
    members = np.array([[bits >> i & 1 for i in range(len(codes))], [1] * len(codes)], bool)
    rows = category_rates(np.array(codes, int), 4, members)
    for group in (0, 1):
        assert sum(row[group].events for row in rows) == members[group].sum()
        assert {row[group].n for row in rows} == {members[group].sum()}
