"""Cut-points that the data chose: against coin's maxstat_test and coxph in R."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from analysis.best_cut import cross_validated, shrinkage_factor, shrunk
from analysis.cox.two_groups import HazardRatio, hazard_ratios
from analysis.event_table import event_table, time_axis
from analysis.maximally_selected import maximally_selected
from tests.analysis.golden_data import GOLDEN

R = json.loads((GOLDEN / "cut_points.json").read_text("utf-8"))
AXIS, EVENT = time_axis(np.array(R["days"], int)), np.array(R["event"], int)
VALUE = np.array(R["value"])
ALL = np.ones(VALUE.size, bool)


@pytest.fixture(scope="module")
def selected():
    return maximally_selected(AXIS, EVENT, VALUE, ALL)


def test_every_standardised_statistic(selected):
    below = {float(np.max(VALUE[one > VALUE])): i for i, one in enumerate(selected.threshold)}
    places = [below[one] for one in R["cut"]]
    assert len(places) == selected.threshold.size
    # Of the sign of whichever group it is.
    assert np.abs(selected.statistic[places]) == pytest.approx(np.abs(R["statistic"]), rel=1e-6)


def test_the_best_cut_point_and_its_adjusted_p(selected):
    assert np.abs(selected.statistic).max() == pytest.approx(R["largest"][0], rel=1e-6)
    assert np.max(VALUE[selected.threshold[selected.best] > VALUE]) == R["best"][0]
    # Of 10,000 draws: three standard errors are 0.015.
    assert selected.p_adjusted[selected.best] == pytest.approx(R["p"][0], abs=0.015)


def test_the_shrunken_hazard_ratio(selected):
    above = (selected.threshold[selected.best] <= VALUE).astype(int)
    (ratio,) = hazard_ratios([event_table(AXIS, EVENT, above, 2)], 1, 0)
    assert ratio.value == pytest.approx(R["ratio"][0], rel=1e-6)
    assert shrinkage_factor(ratio) == pytest.approx(R["factor"][0], rel=1e-6)
    assert shrunk(ratio) == pytest.approx(R["shrunk"][0], rel=1e-6)


def test_the_cross_validated_hazard_ratio():
    found = cross_validated(AXIS, EVENT, VALUE, ALL, fold=np.array(R["fold"], int))
    assert found.value == pytest.approx(R["validated"][0], rel=1e-6)


def test_less_than_one_standard_error_is_shrunk_to_no_effect():
    assert shrunk(HazardRatio(1.1, 0.8, 1.5, 0.5)) == 1
    assert shrinkage_factor(HazardRatio(1, 0.8, 1.25, 1)) == 0
    assert math.isnan(shrunk(HazardRatio(*(math.nan,) * 4)))


def test_chance_alone_has_no_cross_validated_effect_on_average():
    """The best threshold of nothing looks like much, its cross-validated ratio does not."""
    rng = np.random.default_rng(2)
    apparent, validated = [], []
    for _ in range(40):
        axis = time_axis(rng.integers(1, 900, 80))
        event, value, rows = np.ones(80, int), rng.normal(size=80), np.ones(80, bool)
        found = maximally_selected(axis, event, value, rows, draws=10)
        above = (value >= found.threshold[found.best]).astype(int)
        (ratio,) = hazard_ratios([event_table(axis, event, above, 2)], 1, 0)
        apparent.append(abs(math.log(ratio.value)))
        validated.append(math.log(cross_validated(axis, event, value, rows).value))
    assert np.mean(apparent) > 0.4
    # The direction is that of the training patients, so that it can go either way.
    assert abs(np.mean(validated)) < 0.12


@pytest.mark.parametrize("keep", [0, 3, 9, 12])
def test_too_few_are_not_validated(keep):
    found = cross_validated(AXIS, EVENT, VALUE, np.arange(VALUE.size) < keep)
    assert math.isnan(found.value) or keep > 9


def test_one_value_alone_cannot_be_cut():
    assert math.isnan(cross_validated(AXIS, EVENT, 0 * VALUE, ALL).value)
