"""STEPP: windows and residuals against R, the supremum against all orders of eight patients."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.event_table import time_axis
from analysis.sliding_windows import Windows
from analysis.stepp import score_residuals, stepp
from tests.analysis.golden_data import GOLDEN

R = json.loads((GOLDEN / "stepp.json").read_text("utf-8"))
AXIS, EVENT = time_axis(np.array(R["days"], int)), np.array(R["event"], int)
ARM, AGE = np.array(R["arm"], int), np.array(R["age"])
ALL = np.ones(len(AGE), bool)


def windows_of(low, high) -> Windows:
    low, high = np.array(low, float), np.array(high, float)
    return Windows(low, high, (low + high) / 2, 3)


WINDOWS = windows_of(R["low"], R["high"])


def test_the_hazard_ratio_in_each_window():
    found = stepp(AXIS, EVENT, AGE, ARM, ALL, windows=WINDOWS)
    assert found.n.sum(axis=1).tolist() == R["n"]
    assert found.events.sum(axis=1).tolist() == R["events"]
    ratios = np.array([one.estimate for one in found.ratios]).T
    assert ratios == pytest.approx(np.array([R["ratio"], R["lower"], R["upper"]]), rel=1e-6)


def test_score_residuals_and_departures():
    assert score_residuals(AXIS, EVENT, ARM) == pytest.approx(R["residual"], abs=1e-7)
    found = stepp(AXIS, EVENT, AGE, ARM, ALL, windows=WINDOWS)
    assert found.departure == pytest.approx(R["departure"], rel=1e-6)


def test_the_supremum_against_all_orders_of_eight_patients():
    axis = time_axis(np.array(R["tiny_days"], int))
    event, arm = np.array(R["tiny_event"], int), np.array(R["tiny_arm"], int)
    value, rows = np.array(R["tiny_value"], float), np.ones(8, bool)
    windows = windows_of(R["tiny_low"], R["tiny_high"])
    found = stepp(axis, event, value, arm, rows, windows=windows, draws=20_000)
    assert np.abs(found.departure).max() == pytest.approx(R["tiny_largest"][0], rel=1e-6)
    # Two standard errors of 20,000 draws are below 0.005.
    assert found.p_value == pytest.approx(R["tiny_p"][0], abs=0.007)


def test_the_limit_agrees_with_permutations_at_the_border():
    rng = np.random.default_rng(11)
    n = 2_000
    axis, event = time_axis(rng.exponential(500, n).astype(int)), rng.integers(0, 2, n)
    arm, value = rng.integers(0, 2, n), rng.normal(60, 10, n)
    both = [stepp(axis, event, value, arm, np.ones(n, bool), limit=one) for one in (False, True)]
    assert both[0].departure == pytest.approx(both[1].departure)
    assert both[0].p_value == pytest.approx(both[1].p_value, abs=0.03)
    assert ("limit" in both[1].method, "limit" in both[0].method) == (True, False)


def test_an_effect_that_turns_round_is_found():
    rng = np.random.default_rng(5)
    n = 400
    arm, value = rng.integers(0, 2, n), rng.uniform(0, 1, n)
    hazard = np.exp(1.6 * arm * np.sign(value - 0.5))
    axis = time_axis((500 * rng.exponential(1, n) / hazard).astype(int))
    found = stepp(axis, np.ones(n, int), value, arm, np.ones(n, bool))
    assert found.p_value == 1 / 2501
    values = [one.value for one in found.ratios]
    assert values[0] < 0.5
    assert values[-1] > 2


@pytest.mark.parametrize("keep", [0, 1, 5])
def test_too_few_have_no_windows_and_no_test(keep):
    found = stepp(AXIS, EVENT, AGE, ARM, np.arange(len(AGE)) < keep)
    assert len(found.windows) == len(found.ratios) == 0
    assert np.isnan(found.p_value)


def test_an_arm_without_events_has_no_test():
    found = stepp(AXIS, EVENT * ARM, AGE, ARM, ALL, least_events=10)
    assert np.isnan(found.p_value)
    assert all(np.isnan(one.value) for one in found.ratios)


def test_one_arm_alone_has_no_test():
    found = stepp(AXIS, EVENT, AGE, ARM, ARM == 1, least_events=10)
    assert np.isnan(found.p_value)
