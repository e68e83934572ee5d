"""Odds ratios: equal to R, and solutions of the equations that define them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import nchypergeom_fisher

from analysis.odds_ratio import conditional_odds_ratio, odds_ratio
from tests.analysis.golden_data import GOLDEN, assert_equals_r

ROWS = list(pd.read_csv(GOLDEN / "binary_2x2.csv").itertuples())
EVERY_TABLE = pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row.a},{row.b},{row.c},{row.d}"
)
cells = st.tuples(*[st.integers(0, 25)] * 4)


def table_of(row):
    return [[row.a, row.b], [row.c, row.d]]


@EVERY_TABLE
def test_sample_odds_ratio_equals_r(row):
    result = odds_ratio(table_of(row))
    if row.a and row.b and row.c and row.d:
        assert_equals_r(
            [result.value, result.lower, result.upper],
            [row.or_sample, row.or_woolf_lower, row.or_woolf_upper],
        )
    else:  # R prints 0 with the interval from 0 to infinity
        assert np.isnan([result.value, result.lower, result.upper]).all()
        assert "a cell is empty" in str(result.reason)


@EVERY_TABLE
def test_conditional_odds_ratio_equals_r_as_far_as_r_searches(row):
    result = conditional_odds_ratio(table_of(row))
    # R stops at an absolute tolerance of eps^(1/4), about 1.2e-4, on the scale of the odds ratio
    # or of its inverse.
    theirs = (row.fisher_or_cmle, row.fisher_or_lower, row.fisher_or_upper)
    for ours, r in zip((result.value, result.lower, result.upper), theirs, strict=True):
        scale = max(1, r)
        assert abs(ours - r) < 2.5e-4 * scale * scale


def test_golden_data_has_an_empty_cell():
    assert len(ROWS) == 6
    assert any(row.a == 0 for row in ROWS)


@settings(deadline=None, max_examples=60)
@given(cells, st.sampled_from([0.9, 0.95]))
def test_the_defining_equations_hold(table, level):
    a, b, c, d = table
    result = conditional_odds_ratio([[a, b], [c, d]], level)
    total, row, column = a + b + c + d, a + b, a + c
    if 0 in (row, column, total - row, total - column):
        assert np.isnan(result.value)
        assert result.reason
        return
    assert result.lower <= result.value <= result.upper
    lowest, highest = max(0, row + column - total), min(row, column)
    if lowest < a < highest and 1e-3 < result.value < 1e3:
        mean = nchypergeom_fisher(total, column, row, result.value).mean()
        assert_allclose(mean, a, rtol=1e-6)
    tail = (1 - level) / 2
    if a > lowest and result.lower > 1e-4:
        at_lower = nchypergeom_fisher(total, column, row, result.lower).sf(a - 1)
        assert_allclose(at_lower, tail, rtol=1e-5)
    if a < highest and result.upper < 1e4:
        at_upper = nchypergeom_fisher(total, column, row, result.upper).cdf(a)
        assert_allclose(at_upper, tail, rtol=1e-5)


@given(cells)
def test_exchanging_the_arms_inverts(table):
    a, b, c, d = table
    for method in (odds_ratio, conditional_odds_ratio):
        there, back = method([[a, b], [c, d]]), method([[c, d], [a, b]])
        with np.errstate(divide="ignore"):
            inverse = 1 / np.array([back.value, back.upper, back.lower])
        assert_allclose([there.value, there.lower, there.upper], inverse, rtol=1e-9)


def test_an_event_in_one_arm_only_has_an_exact_bound():
    none = conditional_odds_ratio([[0, 20], [5, 17]])
    assert (none.value, none.lower) == (0.0, 0.0)
    assert 0 < none.upper < np.inf
    only = conditional_odds_ratio([[5, 17], [0, 20]])
    assert (only.value, only.upper) == (np.inf, np.inf)
    assert only.lower > 0


@pytest.mark.parametrize("method", [odds_ratio, conditional_odds_ratio])
def test_refusals(method):
    with pytest.raises(ValueError, match="needs a 2 × 2 table"):
        method([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(ValueError, match="conf_level must lie between"):
        method([[1, 2], [3, 4]], 95)
