"""Two arms compared: every estimate is that of its own module, on the same patients."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.arm_difference import rmst_difference, survival_difference
from analysis.arms import compare_arms
from analysis.cox.fit import fit_cox
from analysis.event_table import time_axis
from analysis.logrank import logrank
from analysis.permutation import permutation_logrank
from analysis.proportional_hazards import proportional_hazards
from analysis.restricted_mean import common_horizon
from analysis.survival import kaplan_meier

RANDOM = np.random.default_rng(7)
TIME = RANDOM.integers(1, 60, 80)
EVENT = RANDOM.integers(0, 2, 80)
ARM = RANDOM.integers(0, 2, 80)
EVERYBODY = np.ones(80, bool)
LABELS = ("New", "Old")


def compared(rows=EVERYBODY, arm=ARM, **more):
    axis = time_axis(TIME)
    return compare_arms(axis, EVENT, arm, LABELS, 1, rows, landmarks=(12.0, 24.0), **more)


@pytest.mark.parametrize("rows", [EVERYBODY, TIME > 10], ids=["all", "some"])
def test_estimates_are_those_of_their_modules(rows):
    result = compared(rows)
    time, event, new = TIME[rows], EVENT[rows], ARM[rows] == 0
    fit = fit_cox(time, event, new.astype(float))
    assert_allclose(result.cox.coef, fit.coef, rtol=1e-12)
    assert result.hazards.global_test == proportional_hazards(fit).global_test
    ours, theirs = (kaplan_meier(time[one], event[one]) for one in (new, ~new))
    tau = common_horizon((ours, theirs))
    assert result.restricted_mean.tau == tau
    assert_allclose(result.restricted_mean.value, rmst_difference(ours, theirs, tau).value)
    assert result.at_risk == (int((time[new] >= tau).sum()), int((time[~new] >= tau).sum()))
    assert result.shortest == min(time[new].max(), time[~new].max())
    for one, day in zip(result.landmarks, (12.0, 24.0), strict=True):
        assert_allclose(one.value, survival_difference(ours, theirs, day).value)
    assert_allclose(result.groups.test.p_value, logrank(time, event, ARM[rows]).p_value)
    assert result.permutation.p_value == permutation_logrank(time, event, ARM[rows]).p_value


def test_tau_is_chosen_but_never_beyond_the_shorter_arm():
    assert compared(tau=20.0).restricted_mean.tau == 20.0
    assert compared(tau=1e6).restricted_mean.tau == compared().shortest


def test_the_reference_turns_every_sign():
    axis = time_axis(TIME)
    other = compare_arms(axis, EVENT, ARM, LABELS, 0, EVERYBODY, landmarks=(12.0,))
    one = compared()
    assert_allclose(other.cox.coef, -one.cox.coef, rtol=1e-8)
    assert_allclose(other.restricted_mean.value, -one.restricted_mean.value)
    assert_allclose(other.landmarks[0].value, -one.landmarks[0].value)


@pytest.mark.parametrize("rows", [np.zeros(80, bool), ARM == 0], ids=["nobody", "one arm"])
def test_nothing_to_compare(rows):
    result = compared(rows)
    assert not result.possible
    assert np.isnan(result.restricted_mean.value)
    assert np.isnan(result.landmarks[0].value)
    assert np.isnan(result.cox.coef).all()
    assert result.groups.test is None


def test_patients_without_an_arm_are_left_out():
    arm = np.where(np.arange(80) < 5, -1, ARM)
    result = compared(arm=arm)
    assert result.groups.n == result.cox.n == 75
    assert result.groups.left_out == 5


def test_crossing_curves_are_not_proportional():
    time = np.concatenate([np.arange(1, 61), np.repeat([5, 100], 30)])
    arm = np.repeat([0, 1], 60)
    result = compare_arms(time_axis(time), np.ones(120, int), arm, LABELS, 1, np.ones(120, bool))
    assert not result.proportional
