"""Two arms at one time: made of R's estimates of the arms, agreed by lifelines."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.arm_difference import rmst_difference, survival_difference
from analysis.event_table import event_table
from analysis.survival import kaplan_meier, kaplan_meier_from_table
from tests.analysis.golden_data import assert_equals_r, stratum

arms = st.lists(st.tuples(st.integers(1, 25), st.integers(0, 1)), min_size=2, max_size=30)


def test_differences_are_made_of_the_arms_restricted_means():
    male, female = stratum("lung-sex=Male"), stratum("lung-sex=Female")
    result = rmst_difference(
        *(kaplan_meier(arm.time, arm.event) for arm in (male, female)), tau=730
    )
    means = [next(r for r in arm.expected["rmst"] if r["tau"] == 730) for arm in (male, female)]
    assert_difference_follows(result, *((mean["rmean"], mean["se"]) for mean in means))


def test_differences_are_made_of_the_arms_survival():
    male, female = stratum("lung-sex=Male"), stratum("lung-sex=Female")
    result = survival_difference(
        *(kaplan_meier(arm.time, arm.event) for arm in (male, female)), 365
    )
    steps = [arm.expected["landmarks"]["log"] for arm in (male, female)]
    at = steps[0]["time"].index(365)
    assert_difference_follows(result, *((step["surv"][at], step["std_err"][at]) for step in steps))


def assert_difference_follows(result, a, b):
    """Compare with interval and p-value by the standard library from R's estimates of the arms."""
    value, se = a[0] - b[0], math.sqrt(a[1] ** 2 + b[1] ** 2)
    p_value = math.erfc(abs(value) / se / math.sqrt(2))
    limits = (value - 1.959963984540054 * se, value + 1.959963984540054 * se)
    assert_equals_r(
        [result.value, result.se, result.lower, result.upper, result.p_value],
        [value, se, *limits, p_value],
    )


def test_default_horizon_is_the_smallest_of_the_arms_largest_follow_ups():
    a, b = kaplan_meier([1, 5], [1, 0]), kaplan_meier([2, 9], [1, 1])
    assert rmst_difference(a, b).tau == 5
    assert rmst_difference(a, b, tau=3).tau == 3


@settings(max_examples=25, deadline=None)
@given(arms, arms, st.integers(1, 20))
def test_lifelines_agrees_on_the_difference(a, b, tau):
    from lifelines import KaplanMeierFitter
    from lifelines.utils import restricted_mean_survival_time

    (time_a, event_a), (time_b, event_b) = (np.array(arm).T for arm in (a, b))
    curves = kaplan_meier(time_a, event_a), kaplan_meier(time_b, event_b)
    witnesses = [
        KaplanMeierFitter().fit(time, event)
        for time, event in ((time_a, event_a), (time_b, event_b))
    ]
    if tau <= min(time_a.max(), time_b.max()):
        means = [restricted_mean_survival_time(witness, t=tau) for witness in witnesses]
        assert_allclose(rmst_difference(*curves, tau).value, means[0] - means[1], atol=1e-9)
        steps = [float(witness.predict(tau)) for witness in witnesses]
        assert_allclose(survival_difference(*curves, tau).value, steps[0] - steps[1], atol=1e-9)


@given(arms, arms)
def test_exchanging_the_arms_turns_the_sign(a, b):
    one, other = (kaplan_meier(*np.array(arm).T) for arm in (a, b))
    there, back = rmst_difference(one, other), rmst_difference(other, one)
    assert_allclose(
        [there.value, there.lower, there.p_value], [-back.value, -back.upper, back.p_value]
    )


def test_known_difference_of_restricted_means():
    # Without censoring the mean up to 10 of {2, 4, 12} is 16/3 and of {6, 10} is 8.
    result = rmst_difference(kaplan_meier([2, 4, 12], [1, 1, 1]), kaplan_meier([6, 10], [1, 1]), 10)
    assert_allclose(result.value, 16 / 3 - 8)
    variances = np.var([2, 4, 10]) / 3 + np.var([6, 10]) / 2
    assert_allclose(result.se, math.sqrt(variances))


def test_difference_beyond_one_arms_follow_up_is_not_estimable():
    result = survival_difference(kaplan_meier([10], [0]), kaplan_meier([20], [0]), 15)
    assert math.isnan(result.value)
    assert math.isnan(result.p_value)


def test_no_events_support_no_interval():
    result = survival_difference(kaplan_meier([20], [0]), kaplan_meier([20], [0]), 15)
    assert (result.value, result.se) == (0.0, 0.0)
    assert np.isnan([result.lower, result.upper, result.p_value]).all()


def test_an_arm_emptied_by_a_filter():
    table = event_table([1, 2], [1, 1], [0, 1], rows=[0])
    result = rmst_difference(*(kaplan_meier_from_table(table, group) for group in (0, 1)))
    assert np.isnan([result.value, result.lower, result.upper, result.p_value]).all()


def test_everybody_censored_at_time_zero():
    km = kaplan_meier([0, 0, 0], [0, 0, 0])
    assert math.isnan(rmst_difference(km, km).p_value)


def test_the_level_must_be_a_probability():
    km = kaplan_meier([1], [1])
    with pytest.raises(ValueError, match="conf_level must lie between"):
        rmst_difference(km, km, conf_level=2)
