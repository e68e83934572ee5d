"""Differences, means and hazard ratios over time against R's survival and splines."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.over_time.comparison import over_time_comparison
from analysis.over_time.difference import (
    difference_over_time,
    mean_over_time,
    simultaneous_band,
)
from analysis.over_time.hazard import piecewise_hazard, smoothed_hazard
from analysis.reason import Why
from analysis.survival import kaplan_meier

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "over_time.json").read_text("utf-8"))
R = GOLDEN["lung"]
DATA = {name: np.array(column, float) for name, column in R["data"].items()}
PATIENTS = (DATA["time"], DATA["event"], DATA["treated"])
CURVES = tuple(
    kaplan_meier(DATA["time"][DATA["treated"] == arm], DATA["event"][DATA["treated"] == arm])
    for arm in (1, 0)
)


def test_the_band_is_that_of_the_same_construction_drawn_by_r():
    band = simultaneous_band(*CURVES, R["last"])
    # Of 4,000 draws here and 40,000 there.
    assert_allclose(band.critical, R["critical"], rtol=0.02)
    assert_allclose(band.p_value, R["p"], atol=0.004)
    assert (band.first, band.last) == (R["days"][0], R["days"][-1])
    assert simultaneous_band(*CURVES, R["last"]) == band


def test_the_difference_has_greenwoods_standard_error():
    band = simultaneous_band(*CURVES, R["last"])
    found = difference_over_time(*CURVES, R["last"], band)
    there = np.isin(found.time, R["days"])
    assert_allclose(found.value[there], R["value"], atol=1e-12)
    assert_allclose(found.se[there], R["se"], rtol=1e-10)
    assert (found.band_lower[there] <= found.lower[there]).all()


def test_means_up_to_every_day_are_those_of_survmean():
    expected = np.array(R["rmst"])
    expected = expected if expected.shape[0] == 3 else expected.T
    found = mean_over_time(*CURVES, expected[0])
    assert_allclose(found.value, expected[1], rtol=1e-9)
    assert_allclose((found.upper - found.lower) / 2 / 1.959963984540054, expected[2], rtol=1e-9)


def test_the_smooth_ratio_is_that_of_plot_cox_zph():
    found = smoothed_hazard(*PATIENTS)
    assert_allclose(found.log_ratio, R["smooth"], atol=1e-9)
    assert_allclose(found.se, R["smooth_se"], rtol=1e-8)


def test_each_stretch_is_a_regression_of_survsplit():
    found = piecewise_hazard(*PATIENTS, R["cuts"])
    assert_allclose(
        [np.log(one.value) for one in found.pieces], [one["coef"] for one in R["pieces"]], rtol=1e-8
    )
    assert [sum(one.events) for one in found.pieces] == [one["events"] for one in R["pieces"]]
    assert [sum(one.n) for one in found.pieces] == [one["n"] for one in R["pieces"]]
    assert_allclose(found.chi_square, R["constant"], rtol=1e-7)
    assert found.df == 2


def test_a_stretch_without_events_of_an_arm_has_no_ratio_and_a_reason():
    time, event = np.array([1, 2, 3, 10, 11, 12.0]), np.ones(6)
    found = piecewise_hazard(time, event, np.array([1, 0, 1, 0, 0, 0]), [5])
    assert np.isnan(found.pieces[1].value)
    assert found.pieces[1].reason.why is Why.ONE_ARM
    assert found.df == 0
    assert np.isnan(found.p_value)


@pytest.mark.parametrize("n", [0, 1, 2, 9])
def test_tiny_arms_have_no_band_and_no_smooth_ratio(n):
    time, arm = np.arange(1, 2 * n + 1.0), np.arange(2 * n) % 2
    found = over_time_comparison(time, np.zeros(2 * n), arm, (5,))
    assert np.isnan(found.horizon)
    assert np.isnan(found.band.critical)
    assert not found.difference.time.size
    assert found.smooth is None


def test_equal_arms_differ_nowhere():
    time = np.tile(np.arange(1, 41.0), 2)
    found = over_time_comparison(time, np.ones(80), np.repeat([1, 0], 40), (10, 20))
    assert_allclose(found.difference.value, 0, atol=1e-12)
    assert found.band.p_value == 1
    assert_allclose([one.value for one in found.pieces.pieces], 1, rtol=1e-9)
    assert_allclose(found.smooth.log_ratio, 0, atol=1e-9)
