"""Log-rank tests: equal to R, agreed by lifelines, and never an exception where no test exists."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.event_table import event_table
from analysis.logrank import logrank, logrank_from_table, logrank_stratified
from tests.analysis.golden_data import assert_equals_r, comparisons

COMPARISONS = comparisons()
PAIRWISE = [comparison for comparison in COMPARISONS if comparison.pairwise]

cohorts = st.lists(
    st.tuples(st.integers(0, 25), st.integers(0, 1), st.integers(0, 2), st.integers(0, 1)),
    min_size=1,
    max_size=40,
)


def columns(cohort):
    return (np.array(values, dtype=int) for values in zip(*cohort, strict=True))


# ---------------------------------------------------------------- equal to R


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.name)
def test_equals_r(comparison):
    golden = comparison.expected
    result = logrank(
        comparison.time,
        comparison.event,
        comparison.group,
        strata=comparison.strata,
        rho=golden["rho"],
    )
    order = [result.groups.index(level) for level in golden["levels"]]
    assert len(result.groups) == len(order)
    assert result.n[order].tolist() == golden["n"]
    assert_equals_r(result.observed[order], golden["observed"])
    assert_equals_r(result.expected[order], golden["expected"])
    assert_equals_r(result.variance[np.ix_(order, order)], golden["var"])
    if golden["df"] < 1:  # R prints chi-square 0 on -1 degrees of freedom: no test
        assert result.df == 0
        assert np.isnan([result.statistic, result.p_value]).all()
    else:
        assert result.df == golden["df"]
        assert_equals_r([result.statistic, result.p_value], [golden["chisq"], golden["p"]])


@pytest.mark.parametrize("comparison", PAIRWISE, ids=lambda comparison: comparison.name)
def test_pairs_equal_r(comparison):
    pairs = comparison.pairwise
    for a, b, p_value in zip(pairs["a"], pairs["b"], pairs["p"], strict=True):
        pair = np.isin(comparison.group, [a, b])
        result = logrank(comparison.time[pair], comparison.event[pair], comparison.group[pair])
        assert_equals_r(result.p_value, p_value)


def test_golden_data_has_what_it_should():
    names = {comparison.name for comparison in COMPARISONS}
    assert {"lung-sex-within-inst-rho1", "kidney-disease-rho0", "float_ties-g-rho1"} <= names
    assert sum(comparison.strata is not None for comparison in COMPARISONS) == 16
    assert len(PAIRWISE) == 4


# ---------------------------------------------------------------- agreed by lifelines


@settings(max_examples=40, deadline=None)
@given(cohorts)
def test_lifelines_agrees(cohort):
    from lifelines.statistics import logrank_test

    time, event, group, _ = columns(cohort)
    a, b = group == 0, group == 1
    either = a | b
    result = logrank(time[either], event[either], group[either])
    if result.df == 0:
        return
    witness = logrank_test(time[a], time[b], event[a], event[b])
    assert_allclose(result.statistic, witness.test_statistic, rtol=1e-8, atol=1e-9)
    assert_allclose(result.p_value, witness.p_value, rtol=1e-8, atol=1e-9)


# ---------------------------------------------------------------- properties


@given(cohorts, st.sampled_from([0.0, 0.5, 1.0]))
def test_observed_and_expected_have_the_same_sum(cohort, rho):
    time, event, group, stratum = columns(cohort)
    for strata in (None, stratum):
        result = logrank(time, event, group, strata=strata, rho=rho)
        assert_allclose(result.observed.sum(), result.expected.sum(), atol=1e-9)
        assert_allclose(result.variance.sum(axis=1), 0, atol=1e-9)


@given(cohorts, st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(cohort, random):
    time, event, group, stratum = columns(cohort)
    two = (group > 0).astype(int)
    order = list(range(time.size))
    random.shuffle(order)
    first = logrank(time, event, two, strata=stratum)
    second = logrank(time[order], event[order], 1 - two[order], strata=stratum[order])
    assert first.df == second.df
    assert_allclose([first.statistic, first.p_value], [second.statistic, second.p_value], atol=1e-9)
    if len(first.groups) == 2:
        assert_allclose(first.observed, second.observed[::-1], atol=1e-9)
        assert_allclose(first.expected, second.expected[::-1], atol=1e-9)


@given(cohorts)
def test_one_stratum_is_the_plain_test(cohort):
    time, event, group, _ = columns(cohort)
    plain = logrank(time, event, group, rho=1.0)
    stratified = logrank(time, event, group, rho=1.0, strata=np.zeros(time.size))
    assert_allclose(stratified.expected, plain.expected, atol=1e-12)
    assert_allclose(stratified.statistic, plain.statistic, atol=1e-9)


@given(cohorts)
def test_a_group_twice_as_labels_or_codes_is_the_same_test(cohort):
    time, event, group, _ = columns(cohort)
    labels = np.array(["none", "one", "two"])[group]
    from_table = logrank_from_table(event_table(time, event, group, n_groups=3))
    from_labels = logrank(time, event, labels)
    assert from_table.df == from_labels.df
    assert_allclose(from_table.statistic, from_labels.statistic, atol=1e-9)


# ---------------------------------------------------------------- no test possible


def assert_no_test(result):
    assert result.df == 0
    assert math.isnan(result.statistic)
    assert math.isnan(result.p_value)
    assert "not possible" in result.method


@pytest.mark.parametrize(
    ("time", "event", "group"),
    [
        ([], [], []),
        ([3], [1], ["a"]),
        ([1, 2, 3], [1, 1, 0], ["a", "a", "a"]),
        ([1, 2, 3, 4], [0, 0, 0, 0], ["a", "b", "a", "b"]),
        ([0, 0], [0, 0], ["a", "b"]),
        ([1, 2, 5, 6], [0, 0, 1, 1], ["a", "a", "b", "b"]),
        ([4, 4, 4], [1, 1, 1], ["a", "b", "b"]),
    ],
    ids=[
        "nobody",
        "one-patient",
        "one-group",
        "no-events",
        "all-censored-at-0",
        "one-group-gone-before-the-first-event",
        "everybody-at-once",
    ],
)
def test_no_test_is_said_and_not_raised(time, event, group):
    assert_no_test(logrank(time, event, group))
    assert_no_test(logrank(time, event, group, rho=1.0))


def test_groups_that_never_share_a_stratum_cannot_be_compared():
    result = logrank([1, 2, 3, 4], [1, 1, 1, 1], ["a", "a", "b", "b"], strata=[1, 1, 2, 2])
    assert (result.expected > 0).all()
    assert_no_test(result)


def test_singular_variance_tests_what_can_be_compared():
    # a and b meet only in stratum 1, c and d only in stratum 2: two separate comparisons.
    time, event = [1, 2, 3, 5, 1, 3, 4, 6], [1, 1, 0, 1, 1, 1, 1, 0]
    group = list("aabbccdd")
    both = logrank(time, event, group, strata=[1, 1, 1, 1, 2, 2, 2, 2])
    one, other = (logrank(time[s], event[s], group[s]) for s in (slice(0, 4), slice(4, 8)))
    assert both.df == 2
    assert_allclose(both.statistic, one.statistic + other.statistic, rtol=1e-12)
    assert "2 degrees of freedom instead of 3" in both.method


def test_a_group_without_expected_events_takes_no_degree_of_freedom():
    with_it = logrank([1, 3, 4, 5, 6], [0, 1, 1, 0, 1], ["gone", "a", "b", "a", "b"])
    without = logrank([3, 4, 5, 6], [1, 1, 0, 1], ["a", "b", "a", "b"])
    assert with_it.df == without.df == 1
    assert with_it.method == without.method
    assert_allclose(with_it.p_value, without.p_value, rtol=1e-12)
    assert with_it.groups == ("a", "b", "gone")


# ---------------------------------------------------------------- labels and words


def test_categories_keep_their_order_and_empty_levels():
    group = pd.Categorical(["low", "high", "low"], categories=["low", "middle", "high"])
    result = logrank([1, 2, 3], [1, 1, 1], group)
    assert result.groups == ("low", "middle", "high")
    assert result.n.tolist() == [2, 0, 1]
    assert result.df == 1


def test_missing_as_a_word_is_a_group():
    assert logrank([1, 2, 3], [1, 1, 0], ["Missing", "No", "No"]).groups == ("Missing", "No")


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA], ids=["none", "nan", "pandas-na"])
def test_a_missing_label_never_becomes_a_group(missing):
    with pytest.raises(ValueError, match="group is missing at position 1"):
        logrank([1, 2, 3], [1, 1, 0], ["a", missing, "b"])
    with pytest.raises(ValueError, match="strata is missing at position 1"):
        logrank([1, 2, 3], [1, 1, 0], ["a", "a", "b"], strata=["x", missing, "x"])


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="group has 2 values for 3 patients"):
        logrank([1, 2, 3], [1, 1, 0], ["a", "b"])
    with pytest.raises(ValueError, match="strata has 2 values for 3 patients"):
        logrank([1, 2, 3], [1, 1, 0], ["a", "b", "a"], strata=[1, 2])


def test_stratified_tables_must_have_the_same_groups():
    two, one = event_table([1, 2], [1, 1], [0, 1]), event_table([1, 2], [1, 1])
    with pytest.raises(ValueError, match="same groups"):
        logrank_stratified([two, one])
    with pytest.raises(ValueError, match="at least one table"):
        logrank_stratified([])


def test_the_method_is_named():
    time, event, group = [1, 2, 3, 4], [1, 1, 1, 0], ["a", "b", "a", "b"]
    assert logrank(time, event, group).method == (
        "Log-rank test, chi-square with 1 degree of freedom."
    )
    assert "Fleming–Harrington test (rho = 1)" in logrank(time, event, group, rho=1).method
    assert "stratified (2 strata)" in logrank(time, event, group, strata=[1, 1, 2, 2]).method


def test_results_cannot_be_changed():
    result = logrank([1, 2], [1, 1], ["a", "b"])
    with pytest.raises(ValueError, match="read-only"):
        result.observed[0] = 0
