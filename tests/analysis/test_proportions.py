"""Proportions: equal to R's intervals, to Newcombe's published examples, and sane at the edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import binom

from analysis.proportions import clopper_pearson, newcombe_difference, wilson
from tests.analysis.golden_data import GOLDEN

ROWS = list(pd.read_csv(GOLDEN / "binary_proportion.csv").itertuples())
counts = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

# Newcombe RG. Interval estimation for the difference between independent proportions. Statistics
# in Medicine 1998;17:873-890, table II, method 10.
NEWCOMBE = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0000)),
    ((10, 10, 0, 10), (0.6075, 1.0000)),
]


def test_golden_data_is_there():
    assert len(ROWS) == 48
    assert {(row.x, row.n) for row in ROWS} >= {(0, 34), (34, 34), (0, 10), (10, 10)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.x}-of-{row.n}-{row.conf:g}")
def test_intervals_equal_r(row):
    exact, score = clopper_pearson(row.x, row.n, row.conf), wilson(row.x, row.n, row.conf)
    assert_allclose(
        [exact.value, exact.lower, exact.upper], [row.est, row.cp_lower, row.cp_upper], rtol=1e-9
    )
    assert_allclose(
        [score.lower, score.upper], [row.wilson_lower, row.wilson_upper], rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize(("table", "limits"), NEWCOMBE)
def test_differences_equal_the_published_examples(table, limits):
    result = newcombe_difference(*table)
    assert_allclose([result.lower, result.upper], limits, atol=5.1e-5)


@given(counts, st.sampled_from([0.8, 0.95, 0.99]))
def test_intervals_contain_the_estimate_and_mirror(count, level):
    events, n = count
    for interval in (clopper_pearson, wilson):
        result, mirrored = interval(events, n, level), interval(n - events, n, level)
        if n == 0:
            assert np.isnan([result.value, result.lower, result.upper]).all()
            continue
        assert 0 <= result.lower <= result.value <= result.upper <= 1
        assert_allclose([mirrored.lower, mirrored.upper], [1 - result.upper, 1 - result.lower])


@given(counts.filter(lambda count: count[1] > 0))
def test_clopper_pearson_limits_have_their_tails(count):
    events, n = count
    result = clopper_pearson(events, n)
    if events:
        assert_allclose(binom.sf(events - 1, n, result.lower), 0.025, rtol=1e-7)
    if events < n:
        assert_allclose(binom.cdf(events, n, result.upper), 0.025, rtol=1e-7)


@given(counts, counts)
def test_the_difference_lies_in_its_interval_and_turns_its_sign(a, b):
    there, back = newcombe_difference(*a, *b), newcombe_difference(*b, *a)
    if 0 in (a[1], b[1]):
        assert np.isnan([there.value, there.lower, there.upper]).all()
        return
    assert -1 - 1e-12 <= there.lower <= there.value <= there.upper <= 1 + 1e-12
    assert_allclose([there.value, there.lower], [-back.value, -back.upper], atol=1e-12)


def test_nobody_of_twenty_is_not_certainty():
    # A Wald interval would be [0, 0].
    result = newcombe_difference(0, 20, 0, 22)
    assert result.value == 0
    assert result.lower < -0.1
    assert result.upper > 0.1


def test_all_and_none_touch_the_end_exactly():
    for interval in (clopper_pearson, wilson):
        assert interval(0, 7).lower == 0.0
        assert interval(7, 7).upper == 1.0


@pytest.mark.parametrize(
    "bad", [(2, 1), (-1, 3), (0.5, 3), (1, 2.5), (0, -1)], ids=lambda bad: f"{bad[0]}-of-{bad[1]}"
)
def test_impossible_counts_are_refused(bad):
    for interval in (clopper_pearson, wilson):
        with pytest.raises(ValueError, match="0 <= events <= n"):
            interval(*bad)
    with pytest.raises(ValueError, match="conf_level must lie between"):
        clopper_pearson(1, 2, 95)


def test_the_method_is_named():
    assert "99 % Clopper–Pearson" in clopper_pearson(1, 3, 0.99).method
    assert "no continuity correction" in wilson(1, 3).method
    assert "Newcombe" in newcombe_difference(1, 3, 1, 3).method
