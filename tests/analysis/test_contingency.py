"""Chi-square and trend: equal to R, with the continuity said and empty margins dropped."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import chi2_contingency

from analysis.contingency import chi_square, trend
from tests.analysis.golden_data import GOLDEN, assert_equals_r

TWO = list(pd.read_csv(GOLDEN / "binary_2x2.csv").itertuples())
MORE = list(pd.read_csv(GOLDEN / "binary_rxk.csv").itertuples())
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 15), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def table_of(row):
    if hasattr(row, "table"):
        return np.array(row.table.split(), dtype=int).reshape(row.rows, row.cols)
    return np.array([[row.a, row.b], [row.c, row.d]])


def test_golden_data_is_there():
    assert (len(TWO), len(MORE)) == (6, 3)


@pytest.mark.parametrize("row", TWO, ids=lambda row: str(table_of(row).tolist()))
def test_two_by_two_equals_r(row):
    plain, yates = (chi_square(table_of(row), continuity=c) for c in (False, True))
    assert_equals_r([plain.statistic, plain.p_value], [row.chisq, row.chisq_p])
    assert_equals_r([yates.statistic, yates.p_value], [row.chisq_yates, row.chisq_yates_p])
    assert_equals_r(plain.smallest_expected, row.min_expected)
    assert "without continuity correction" in plain.method
    assert "with Yates' continuity correction" in yates.method


@pytest.mark.parametrize("row", MORE, ids=lambda row: row.table)
def test_larger_tables_equal_r(row):
    result = chi_square(table_of(row), continuity=True)  # Yates is for 2 × 2 only
    assert result.df == row.df
    assert_equals_r([result.statistic, result.p_value], [row.chisq, row.chisq_p])
    assert "without continuity correction" in result.method


@pytest.mark.parametrize("row", MORE, ids=lambda row: row.table)
def test_empty_margins_are_dropped_as_r_is_asked_to(row):
    with_empty = np.insert(np.insert(table_of(row), 1, 0, axis=1), 1, 0, axis=0)
    result = chi_square(with_empty)
    assert result.df == row.df_drop_empty
    assert_equals_r(
        [result.statistic, result.p_value], [row.chisq_drop_empty, row.chisq_drop_empty_p]
    )


TRENDS = [row for row in MORE if not np.isnan(row.trend_chisq)]


@pytest.mark.parametrize("row", TRENDS, ids=lambda row: row.table)
def test_trend_equals_r(row):
    table = table_of(row)
    result = trend(table[0], table.sum(axis=0))
    assert_equals_r([result.statistic, result.p_value], [row.trend_chisq, row.trend_p])


def test_trends_were_compared():
    assert len(TRENDS) == 2


@given(tables, st.booleans())
def test_scipy_agrees(table, continuity):
    counts = np.array(table)
    result = chi_square(counts, continuity=continuity)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        assert result.df == 0
        assert np.isnan([result.statistic, result.p_value]).all()
        assert "not possible" in result.method
        return
    witness = chi2_contingency(counts, correction=continuity)
    assert result.df == witness.dof
    assert_allclose(
        [result.statistic, result.p_value], [witness.statistic, witness.pvalue], atol=1e-10
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_a_trend_of_two_groups_is_the_chi_square_and_direction_does_not_matter(pairs):
    events, others = np.array(pairs).T
    n = events + others
    result, reverse = trend(events, n), trend(events[::-1], n[::-1])
    assert result.df == reverse.df
    assert_allclose(result.statistic, reverse.statistic, atol=1e-9)
    assert_allclose(trend(others, n).statistic, result.statistic, atol=1e-9)
    if len(pairs) == 2:
        plain = chi_square([events, others])
        assert_allclose(result.statistic, plain.statistic, atol=1e-9)


def test_scores_may_be_given_and_only_their_spacing_counts():
    events, n = [1, 4, 9], [10, 10, 10]
    assert_allclose(trend(events, n, [0, 10, 20]).statistic, trend(events, n).statistic)
    assert trend(events, n, [0, 1, 10]).statistic != trend(events, n).statistic


@pytest.mark.parametrize("events", [[0, 0], [3, 5]], ids=["nobody-responds", "everybody-responds"])
def test_a_trend_without_variation_is_no_test(events):
    result = trend(events, [3, 5])
    assert np.isnan([result.statistic, result.p_value]).all()
    assert "not possible" in result.method
    assert trend([], []).df == trend([0], [0]).df == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: chi_square([1, 2]), "2 dimension"),
        (lambda: chi_square([[1, -1], [1, 1]]), "not negative"),
        (lambda: chi_square([[1, np.nan], [1, 1]]), "not missing"),
        (lambda: chi_square([[1, 0.5], [1, 1]]), "whole numbers"),
        (lambda: trend([1], [1, 2]), "same length"),
        (lambda: trend([3], [2]), "must not exceed n"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()
