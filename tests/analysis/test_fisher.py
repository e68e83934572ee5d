"""Fisher's exact test: equal to R, to a plain enumeration of tables, and to scipy."""

from itertools import product
from math import factorial, prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import fisher_exact as scipy_fisher

from analysis.fisher import fisher_exact
from tests.analysis.golden_data import GOLDEN, assert_equals_r

TWO = list(pd.read_csv(GOLDEN / "binary_2x2.csv").itertuples())
MORE = list(pd.read_csv(GOLDEN / "binary_rxk.csv").itertuples())
small_tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=2, max_size=3
    )
)


def rows_of(total, columns):
    """Every row with this sum whose cells fit their columns."""
    cells = product(*(range(min(total, column) + 1) for column in columns))
    return [row for row in cells if sum(row) == total]


def weight(rows):
    """Probability of a table but for a constant of its margins."""
    return 1 / prod(factorial(cell) for row in rows for cell in row)


def enumerate_tables(table):
    """Weights of every table with the margins, row by row; the last row is what is left."""
    columns = [sum(column) for column in zip(*table, strict=True)]
    weights = []
    for upper in product(*(rows_of(sum(row), columns) for row in table[:-1])):
        left = [c - sum(above) for c, above in zip(columns, zip(*upper, strict=True), strict=True)]
        if min(left) >= 0:
            weights.append(weight([*upper, left]))
    weights = np.array(weights)
    return weights[weights <= weight(table) * (1 + 1e-7)].sum() / weights.sum()


@pytest.mark.parametrize("row", TWO, ids=lambda row: f"{row.a},{row.b},{row.c},{row.d}")
def test_two_by_two_equals_r(row):
    result = fisher_exact([[row.a, row.b], [row.c, row.d]])
    assert_equals_r(
        [result.p_value, result.p_less, result.p_greater],
        [row.fisher_p, row.fisher_p_less, row.fisher_p_greater],
    )
    assert result.exact


@pytest.mark.parametrize("row", MORE, ids=lambda row: row.table)
def test_larger_tables_equal_r(row):
    table = np.array(row.table.split(), dtype=int).reshape(row.rows, row.cols)
    for one in (table, table.T, table[::-1], table[:, ::-1]):
        result = fisher_exact(one)
        assert_equals_r(result.p_value, row.fisher_p)
        assert np.isnan([result.p_less, result.p_greater]).all()


def test_golden_data_is_there():
    assert (len(TWO), len(MORE)) == (6, 3)


@settings(deadline=None, max_examples=60)
@given(small_tables)
def test_equals_the_enumeration_of_all_tables(table):
    counts = np.array(table)
    if (counts.sum(axis=0) > 0).sum() < 2 or (counts.sum(axis=1) > 0).sum() < 2:
        assert np.isnan(fisher_exact(table).p_value)
        return
    result = fisher_exact(table).p_value
    assert 0 < result <= 1
    assert_allclose(result, enumerate_tables(table), rtol=1e-9)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_scipy_agrees_for_two_by_two(cells):
    table = np.array(cells).reshape(2, 2)
    if 0 in [*table.sum(axis=0), *table.sum(axis=1)]:
        return
    assert_allclose(fisher_exact(table).p_value, scipy_fisher(table).pvalue, rtol=1e-7)


def test_empty_rows_and_columns_say_nothing():
    plain = fisher_exact([[5, 9, 2], [7, 3, 8]])
    with_empty = fisher_exact([[5, 0, 9, 2], [0, 0, 0, 0], [7, 0, 3, 8]])
    assert_allclose(with_empty.p_value, plain.p_value)


def test_a_table_of_a_whole_trial():
    # Rare tables far out in the tail keep their relative precision.
    result = fisher_exact([[80, 5, 1], [6, 70, 9]])
    two = fisher_exact([[80, 6], [6, 79]])
    assert result.p_value < 1e-25
    assert_allclose(two.p_value, scipy_fisher([[80, 6], [6, 79]]).pvalue, rtol=1e-6)


@pytest.mark.parametrize("row", MORE, ids=lambda row: row.table)
def test_a_table_too_large_is_drawn_and_says_so(row):
    table = np.array(row.table.split(), dtype=int).reshape(row.rows, row.cols)
    drawn = fisher_exact(table, max_partial=1)
    assert not drawn.exact
    assert "random tables" in drawn.method
    assert "p = (1 + hits) / (1 + draws)" in drawn.method
    error = 5 * np.sqrt(row.fisher_p * (1 - row.fisher_p) / 10_000)
    assert abs(drawn.p_value - row.fisher_p) < error
    assert drawn == fisher_exact(table, max_partial=1)


@pytest.mark.parametrize(
    "table", [[[0, 0], [0, 0]], [[3, 4], [0, 0]], [[3, 0], [4, 0]], [[5]], [[]]]
)
def test_nothing_to_compare_is_said_and_not_raised(table):
    result = fisher_exact(table)
    assert np.isnan(result.p_value)
    assert "not possible" in result.method


def test_what_is_no_table_is_refused():
    with pytest.raises(ValueError, match="2 dimension"):
        fisher_exact([1, 2, 3])
    with pytest.raises(ValueError, match="whole numbers"):
        fisher_exact([[1, 2], [3, -4]])
