"""Weights, weighted curves, Cox regression and balance against R's glm, survival and survey."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.weighting.balance import weighted_smd_of_levels, weighted_smd_of_numbers
from analysis.weighting.cox import weighted_cox
from analysis.weighting.curve import weighted_curve
from analysis.weighting.propensity import Obstacle, propensity
from analysis.weighting.weights import effective_size, stabilised_weights

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "weighting.json").read_text("utf-8"))
R = GOLDEN["lung"]
DATA = {name: np.array(column, float) for name, column in R["data"].items()}
COVARIATES = ("age", "ph.ecog", "wt.loss")
TREATED = DATA["treated"]
WEIGHT = np.array(R["weight"])


def test_chances_and_weights_are_those_of_glm():
    found = propensity(np.column_stack([DATA[name] for name in COVARIATES]), TREATED)
    assert_allclose(found.chance, R["chance"], rtol=1e-10)
    weights = stabilised_weights(found.chance, TREATED, 0)
    assert_allclose(weights.value, R["weight"], rtol=1e-10)
    assert_allclose([one.effective for one in weights.arms], R["ess"], rtol=1e-10)
    assert weights.limits is None
    assert weights.cut == 0


def test_the_weighted_ratio_has_the_robust_variance_of_coxph_and_svycoxph():
    found = weighted_cox(DATA["time"], DATA["event"], TREATED, WEIGHT)
    assert_allclose([found.coef, found.se], [R["coef"], R["se"]], rtol=1e-10)
    assert_allclose(found.chi_square, R["rscore"][0][0], rtol=1e-9)
    n = TREATED.size
    assert_allclose(found.coef, R["survey_coef"], rtol=1e-10)
    assert_allclose(found.se * np.sqrt(n / (n - 1)), R["survey_se"], rtol=1e-8)


@pytest.mark.parametrize(("arm", "place"), [(1, 0), (0, 1)])
def test_weighted_curves_are_those_of_survfit_and_svykm(arm, place):
    rows, expected = arm == TREATED, R["curves"][place]
    found = weighted_curve(DATA["time"][rows], DATA["event"][rows], WEIGHT[rows])
    assert_allclose(found.time, expected["time"])
    assert_allclose(found.survival, expected["surv"], rtol=1e-10)
    # With a robust variance R prints the standard error of survival, not of its logarithm.
    assert_allclose(found.survival * found.std_err, expected["std_err"], rtol=1e-8, atol=1e-14)
    assert_allclose(found.lower, expected["lower"], rtol=1e-8)
    assert_allclose(found.upper, expected["upper"], rtol=1e-8)
    assert_allclose([found.at(day)[0] for day in (90, 180, 365)], expected["svykm"], rtol=1e-10)


def test_the_balance_after_weighting_is_that_of_the_definition():
    second = (1 - TREATED).astype(int)
    found = [weighted_smd_of_numbers(DATA[name], second, WEIGHT) for name in COVARIATES]
    assert_allclose(found, R["smd"], atol=1e-12)
    levels = (DATA["age"] > 60).astype(int)
    a, b = (np.average(levels[arm == TREATED], weights=WEIGHT[arm == TREATED]) for arm in (1, 0))
    by_hand = (a - b) / np.sqrt((a * (1 - a) + b * (1 - b)) / 2)
    assert_allclose(weighted_smd_of_levels(levels, 2, second, WEIGHT), by_hand)


def test_covariates_that_tell_the_arms_apart_give_no_chances():
    treated = np.array([0, 0, 0, 1, 1, 1])
    assert propensity(np.arange(6.0)[:, None], treated).obstacle is Obstacle.SEPARATED
    # A level that one arm alone has: R's glm warns of chances of 0 or 1.
    level = np.array([0, 0, 0, 1, 0, 0.0])
    assert propensity(level[:, None], treated).obstacle is Obstacle.SEPARATED
    assert propensity(level[:3, None], treated[:3]).obstacle is Obstacle.ONE_ARM
    assert propensity(np.zeros((0, 1)), np.zeros(0)).obstacle is Obstacle.ONE_ARM
    many = np.random.default_rng(1).normal(size=(6, 5))
    assert propensity(many, treated).obstacle is Obstacle.TOO_MANY


def test_a_column_that_others_determine_changes_nothing():
    columns = np.column_stack([DATA["age"], 2 * DATA["age"] + 3, np.ones(TREATED.size)])
    both, alone = propensity(columns, TREATED), propensity(columns[:, :1], TREATED)
    assert both.terms == alone.terms == 1
    assert_allclose(both.chance, alone.chance, rtol=1e-10)


def test_truncation_sets_what_lies_beyond_the_percentiles_to_them():
    chance = np.linspace(0.02, 0.98, 101)
    treated = np.arange(101) % 2
    weights = stabilised_weights(chance, treated, 0.05)
    whole = stabilised_weights(chance, treated, 0).value
    assert weights.limits == tuple(np.quantile(whole, (0.05, 0.95)))
    assert weights.cut == ((whole < weights.limits[0]) | (whole > weights.limits[1])).sum()
    with pytest.raises(ValueError, match="tail"):
        stabilised_weights(chance, treated, 0.5)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=30))
def test_the_effective_size_is_at_most_the_number_of_patients(weights):
    assert 1 - 1e-9 <= effective_size(weights) <= len(weights) * (1 + 1e-9)
    assert_allclose(effective_size([3.0] * len(weights)), len(weights))


def test_an_arm_without_events_and_one_arm_have_a_reason():
    time, ones = np.array([1.0, 2, 3, 4]), np.ones(4)
    found = weighted_cox(time, [0, 0, 1, 1], [1, 1, 0, 0], ones)
    assert np.isnan(found.hazard_ratio)
    assert "runs to 0" in found.reasons[0].words()
    assert "one arm" in str(weighted_cox(time, [1, 0, 1, 1], [1, 1, 1, 1], ones).reasons[0])
    assert "had the event" in str(weighted_cox(time, [0] * 4, [1, 1, 0, 0], ones).reasons[0])


def test_a_curve_that_ends_at_nobody_has_no_limits_there():
    found = weighted_curve([1, 2, 3], [1, 0, 1], [0.3, 1.1, 0.7])
    assert found.survival[-1] == 0
    assert np.isnan(found.lower[-1])
    assert found.at(5)[0] == 0
    assert np.isnan(weighted_curve([1, 2], [1, 0], [1, 1]).at(5)[0])
