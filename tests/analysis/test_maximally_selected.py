"""The best of many thresholds: against brute force and the log-rank test of each split."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from analysis.event_table import time_axis
from analysis.logrank import logrank
from analysis.maximally_selected import maximally_selected
from analysis.permutation import logrank_scores, permutation_logrank

TIME = np.array([5, 8, 12, 20, 21, 30, 31, 44])
EVENT = np.array([1, 1, 0, 1, 1, 1, 0, 1])
DOSE = np.array([200, 180, 190, 120, 150, 110, 90, 100.0])
ALL = np.ones(8, bool)


def test_thresholds_have_three_patients_on_either_side():
    found = maximally_selected(time_axis(TIME), EVENT, DOSE, ALL)
    # Sorted 90 100 110 | 120 | 150 | 180 190 200: cuts at 120, 150 and 180.
    assert found.threshold.tolist() == [120, 150, 180]
    assert found.adjusted(120) == found.adjusted(110.5) == found.p_adjusted[0]
    assert found.below_first == 110


@pytest.mark.parametrize("threshold", [-np.inf, 0, 90, 95, 100, 105, 110, 180.5, 190, 201, np.nan])
def test_a_threshold_with_fewer_on_one_side_has_no_adjusted_p(threshold):
    """At 110 two patients lie below, from just above 180 on two at or above."""
    found = maximally_selected(time_axis(TIME), EVENT, DOSE, ALL)
    assert np.isnan(found.adjusted(threshold))


@pytest.mark.parametrize(
    ("threshold", "place"), [(110.5, 0), (120, 0), (120.5, 1), (150, 1), (151, 2), (180, 2)]
)
def test_thresholds_between_two_doses_are_the_same_split(threshold, place):
    found = maximally_selected(time_axis(TIME), EVENT, DOSE, ALL)
    assert found.adjusted(threshold) == found.p_adjusted[place]
    below = (threshold > DOSE).sum()
    assert below == (found.threshold[place] > DOSE).sum()


def test_each_statistic_is_that_of_the_permutation_test():
    found = maximally_selected(time_axis(TIME), EVENT, DOSE, ALL)
    for threshold, statistic in zip(found.threshold, found.statistic, strict=True):
        split = permutation_logrank(TIME, EVENT, threshold <= DOSE)
        assert statistic**2 == pytest.approx(split.statistic)
        test = logrank(TIME, EVENT, threshold <= DOSE)
        # Above zero where those at or above have more events than expected.
        assert np.sign(statistic) == np.sign(test.observed[1] - test.expected[1])


def test_the_adjusted_p_is_near_that_of_all_orders():
    axis = time_axis(TIME[:7])
    dose = DOSE[:7]
    scores = logrank_scores(axis, EVENT[:7])[np.argsort(dose)]
    cuts = np.array([3, 4])
    spread = scores @ scores / 6
    deviation = np.sqrt(spread * cuts * (7 - cuts) / 7)
    orders = scores[np.array(list(permutations(range(7))))]
    largest = np.abs(orders.cumsum(axis=1)[:, cuts - 1] / deviation).max(axis=1)
    found = maximally_selected(axis, EVENT[:7], dose, np.ones(7, bool))
    exact = [(largest >= abs(s) - 1e-9).mean() for s in found.statistic]
    assert found.p_adjusted == pytest.approx(exact, abs=0.015)


def test_the_best_is_never_below_its_own_p():
    rng = np.random.default_rng(3)
    time, event = rng.integers(1, 500, 60), rng.integers(0, 2, 60)
    dose = rng.normal(100, 20, 60).round()
    found = maximally_selected(time_axis(time), event, dose, np.ones(60, bool))
    place = found.best
    alone = permutation_logrank(time, event, dose >= found.threshold[place])
    assert found.p_adjusted[place] == found.p_adjusted.min()
    assert found.p_adjusted[place] > alone.p_value


def test_rows_and_ties():
    rows = np.array([True] * 7 + [False])
    value = np.where(rows, DOSE, np.nan)
    found = maximally_selected(time_axis(TIME), EVENT, value, rows)
    assert found.n == 7
    again = maximally_selected(time_axis(TIME[:7]), EVENT[:7], DOSE[:7], np.ones(7, bool))
    assert found.p_adjusted.tolist() == again.p_adjusted.tolist()


@pytest.mark.parametrize(
    ("rows", "value"),
    [(np.zeros(8, bool), DOSE), (ALL, np.full(8, 100.0)), (np.arange(8) < 5, DOSE)],
    ids=["nobody", "one dose", "too few"],
)
def test_nothing_to_select(rows, value):
    found = maximally_selected(time_axis(TIME), EVENT, value, rows)
    assert (found.best, found.threshold.size, found.draws) == (None, 0, 0)
    assert np.isnan(found.adjusted(100))


def test_a_missing_value_is_refused():
    with pytest.raises(ValueError, match="a value is missing"):
        maximally_selected(time_axis(TIME), EVENT, np.full(8, np.nan), ALL)
