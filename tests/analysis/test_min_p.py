"""Westfall–Young min-P: against a plain loop, its order of p-values, and its error rate."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.coded_variables import coded_variables
from analysis.event_table import time_axis
from analysis.min_p import min_p
from analysis.permutation import logrank_scores, permutation_logrank

# time, event, and three variables, of which the last may be missing
cohorts = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, 2),
        st.integers(-1, 1),
    ),
    min_size=2,
    max_size=6,
)
N_LEVELS = (2, 3, 2)


def screen_of(cohort, **options):
    time, event, *codes = (np.array(values) for values in zip(*cohort, strict=True))
    return min_p(time_axis(time), event, coded_variables(codes, N_LEVELS), **options)


def westfall_young_by_loops(cohort):
    """Algorithm 2.8 of Westfall & Young (1993) over all orders of the patients."""
    time, event, *variables = (np.array(values) for values in zip(*cohort, strict=True))
    scores = logrank_scores(time_axis(time), event)

    def variation(codes, permuted):
        known = permuted[codes >= 0]
        if not known.size:
            return 0.0
        groups = [permuted[codes == level] for level in range(3) if (codes == level).any()]
        return sum(g.size * (g.mean() - known.mean()) ** 2 for g in groups)

    orders = [scores[list(order)] for order in permutations(range(len(scores)))]
    values = np.array([[variation(codes, one) for codes in variables] for one in orders])
    p = np.array([[(values[:, v] >= x - 1e-9).mean() for v, x in enumerate(row)] for row in values])
    raw = p[0]
    tested = [
        v
        for v, codes in enumerate(variables)
        if len(set(codes[codes >= 0])) > 1 and (np.abs(scores) > 1e-9).any()
    ]
    adjusted, floor = {}, 0.0
    for v in sorted(tested, key=lambda v: raw[v]):
        others = [u for u in tested if raw[u] >= raw[v] - 1e-12]
        floor = max(floor, float((p[:, others].min(axis=1) <= raw[v] + 1e-12).mean()))
        adjusted[v] = floor
    return raw, adjusted


@settings(deadline=None, max_examples=20)
@given(cohorts)
def test_equals_a_plain_loop_over_all_orders(cohort):
    result = screen_of(cohort)
    raw, adjusted = westfall_young_by_loops(cohort)
    assert result.exact
    assert result.n_tests == len(adjusted)
    for v in range(3):
        if v in adjusted:
            assert_allclose(result.p_value[v], raw[v], atol=1e-12)
            assert_allclose(result.p_adjusted[v], adjusted[v], atol=1e-12)
        else:
            assert np.isnan([result.p_value[v], result.p_adjusted[v]]).all()


def cohort_of(n, n_variables, seed, missing=0.0):
    rng = np.random.default_rng(seed)
    time, event = rng.integers(1, 400, n), rng.integers(0, 2, n)
    levels = rng.integers(2, 5, n_variables)
    codes = [np.where(rng.random(n) < missing, -1, rng.integers(0, k, n)) for k in levels]
    return time_axis(time), event, coded_variables(codes, levels)


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_adjusted_is_above_raw_and_the_smallest_at_most_bonferroni(missing):
    result = min_p(*cohort_of(60, 12, seed=5, missing=missing), draws=2_000)
    assert (result.p_adjusted >= result.p_value).all()
    assert ((result.p_value > 0) & (result.p_adjusted <= 1)).all()
    # Union bound: no arrangement set can charge more than Bonferroni's number of tests.
    smallest = result.p_value.argmin()
    assert result.p_adjusted[smallest] <= 12 * result.p_value[smallest] + 1e-12
    order = np.argsort(result.p_value)
    assert (np.diff(result.p_adjusted[order]) >= 0).all()


def test_a_copy_of_a_variable_costs_nothing():
    """Dependence is kept: testing the same variable ten times is one test."""
    axis, event, variables = cohort_of(50, 1, seed=2)
    copies = coded_variables([variables.codes[0]] * 10, [int(variables.n_levels[0])] * 10)
    result = min_p(axis, event, copies, draws=999)
    assert_allclose(result.p_adjusted, result.p_value)
    assert_allclose(result.p_value, min_p(axis, event, variables, draws=999).p_value[0])


def test_raw_p_values_are_those_of_each_variable_alone():
    axis, event, variables = cohort_of(60, 6, seed=8)
    result = min_p(axis, event, variables, draws=20_000, seed=1)
    for codes, p_value in zip(variables.codes, result.p_value, strict=True):
        alone = permutation_logrank(axis, event, codes, draws=20_000, seed=2).p_value
        assert abs(alone - p_value) < 5 * np.sqrt(2 * 0.25 / 20_000)


def test_only_the_patients_in_view_count():
    axis, event, variables = cohort_of(60, 4, seed=4, missing=0.1)
    view = np.arange(60) % 3 > 0
    part = min_p(axis, event, variables, rows=view, draws=500)
    alone = min_p(
        time_axis(axis.time[axis.code[view]]),
        event[view],
        coded_variables(list(variables.codes[:, view]), variables.n_levels),
        draws=500,
    )
    assert_allclose(part.p_value, alone.p_value)
    assert_allclose(part.p_adjusted, alone.p_adjusted)


def test_an_effect_survives_the_adjustment():
    axis, event, variables = cohort_of(80, 10, seed=9)
    event = np.ones(80, dtype=int)
    effect = (axis.code < np.median(axis.code)).astype(int)
    both = coded_variables([*variables.codes, effect], [*variables.n_levels, 2])
    result = min_p(axis, event, both, draws=2_000)
    assert result.p_value[-1] == 1 / 2_001
    # Each of 11 variables is most extreme in one arrangement at least: the finest step there is.
    assert result.p_adjusted[-1] <= 11 / 2_001
    assert (result.p_adjusted[:-1] > 0.05).all()


def test_family_wise_error_under_the_null():
    """Of 2,000 null cohorts 200 may have an adjusted p <= 0.1; 240 is 3 standard deviations more.

    Eight dependent variables of 30 patients. Raw p-values alarm far more often; far fewer alarms
    than 200 would mean that the dependence is wasted.
    """
    rng = np.random.default_rng(1_993)
    false_alarms = raw_alarms = 0
    for _ in range(2_000):
        time, event = rng.integers(1, 100, 30), rng.random(30) < 0.7
        base = rng.random(30)
        codes = [((base + 0.5 * rng.random(30)) * 2).astype(int).clip(0, 2) for _ in range(8)]
        variables = coded_variables(codes, [3] * 8)
        seed = int(rng.integers(2**31))
        result = min_p(time_axis(time), event.astype(int), variables, draws=199, seed=seed)
        false_alarms += bool(np.nanmin(result.p_adjusted) <= 0.1)
        raw_alarms += bool(np.nanmin(result.p_value) <= 0.1)
    print(false_alarms, raw_alarms)
    assert 140 <= false_alarms <= 240
    assert raw_alarms > 1.5 * false_alarms


@pytest.mark.parametrize("n", [0, 1, 2])
def test_nothing_to_compare_is_no_test(n):
    variables = coded_variables([np.zeros(n, dtype=int)], [2])
    result = min_p(time_axis(np.arange(n)), np.zeros(n, dtype=int), variables)
    assert np.isnan(result.p_value).all()
    assert result.n_tests == 0


def test_no_variables():
    assert min_p(time_axis([1, 2]), [1, 1], coded_variables([], [])).n_tests == 0


def test_the_method_states_the_count_and_the_seed():
    result = min_p(*cohort_of(30, 3, seed=1), draws=99, seed=7)
    assert "3 variables with 99 random permutations, seed 7" in result.method
    assert "step-down min-P" in result.method


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="variables have 3 patients, the time axis 2"):
        min_p(time_axis([1, 2]), [1, 1], coded_variables([[0, 1, 0]], [2]))
