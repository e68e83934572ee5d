"""The hazard ratio along a number, against R's coxph with natural splines."""

from __future__ import annotations

import json

import numpy as np
import pytest

from analysis.effect_along import effect_along
from analysis.event_table import time_axis
from tests.analysis.golden_data import GOLDEN

R = json.loads((GOLDEN / "stepp.json").read_text("utf-8"))
AXIS, EVENT = time_axis(np.array(R["days"], int)), np.array(R["event"], int)
ARM, AGE = np.array(R["arm"], int), np.array(R["age"])
ALL = np.ones(len(AGE), bool)
AT = (np.array(R["at"]), np.quantile(AGE, [0.25, 0.5, 0.75]))


def limits(log_ratio, se):
    return np.exp(np.array(log_ratio) + np.outer([0, -1, 1], 1.959963984540054 * np.array(se)))


def test_the_effect_of_an_arm():
    found = effect_along(AXIS, EVENT, AGE, ALL, ARM, at=AT)
    ratios = (found.curve.value, found.curve.lower, found.curve.upper)
    assert np.array(ratios) == pytest.approx(limits(R["log_ratio"], R["se"]), rel=1e-6)
    assert found.test.df == 2
    assert found.test.p_value == pytest.approx(R["p_interaction"][0], rel=1e-6)
    assert (found.bend.df, found.bend.p_value) == (1, pytest.approx(R["p_bend"][0], rel=1e-6))
    assert found.knots == pytest.approx(np.quantile(AGE, [0.1, 0.5, 0.9]))


def test_the_effect_of_the_number_itself_by_its_logarithm():
    found = effect_along(AXIS, EVENT, AGE, ALL, log=True, at=AT)
    ratios = (found.curve.value, found.curve.lower, found.curve.upper)
    assert np.array(ratios) == pytest.approx(limits(R["log_alone"], R["se_alone"]), rel=1e-6)
    assert found.test.p_value == pytest.approx(R["p_alone"][0], rel=1e-6)
    assert found.bend.p_value == pytest.approx(R["p_bend_alone"][0], rel=1e-6)
    assert found.quartiles.estimate(1) == pytest.approx((1, 1, 1))


def test_it_does_not_depend_on_the_unit_of_the_number():
    one = effect_along(AXIS, EVENT, AGE, ALL, ARM)
    other = effect_along(AXIS, EVENT, 1000 * AGE + 5, ALL, ARM)
    assert other.curve.value == pytest.approx(one.curve.value, rel=1e-7)
    assert other.test.p_value == pytest.approx(one.test.p_value, rel=1e-7)


def test_a_number_of_two_values_is_a_straight_line():
    two = (AGE > 60).astype(float)
    found = effect_along(AXIS, EVENT, two, ALL, ARM)
    assert found.knots.size == 0
    assert found.test.df == 1
    assert np.isnan(found.bend.p_value)


@pytest.mark.parametrize("keep", [0, 1, 2])
@pytest.mark.parametrize("arm", [None, ARM])
def test_nobody_or_few_have_no_estimate(keep, arm):
    rows = np.arange(len(AGE)) < keep
    found = effect_along(AXIS, EVENT, AGE, rows, arm)
    assert found.n == keep
    assert not found.fitted
    assert np.isnan(found.test.p_value)
    assert np.isnan(found.curve.value).all()


def test_nobody_has_an_event():
    found = effect_along(AXIS, 0 * EVENT, AGE, ALL, ARM)
    assert not found.fitted
    assert np.isnan(found.test.p_value)


def test_what_has_no_logarithm_is_refused():
    with pytest.raises(ValueError, match="logarithm"):
        effect_along(AXIS, EVENT, AGE - 60, ALL, log=True)


def test_an_arm_without_events_in_a_part_has_no_estimate_there():
    """Nobody of the compared arm dies above the median: no finite effect, and no huge number."""
    event = np.where((ARM == 1) & (np.median(AGE) < AGE), 0, EVENT)
    found = effect_along(AXIS, event, AGE, ALL, ARM)
    known = np.array([found.curve.value, found.curve.lower, found.curve.upper])
    known = known[np.isfinite(known)]
    assert not known.size or (known.max() < 1e7 and known.min() > 1e-7)
