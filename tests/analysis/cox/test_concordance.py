"""Concordance against a count of all pairs, one by one, and against lifelines."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.cox.concordance import concordance
from analysis.cox.likelihood import risk_sets
from analysis.event_table import event_table, time_axis

# time, event, score, stratum
cohorts = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 1), st.integers(-4, 4), st.integers(0, 2)),
    min_size=1,
    max_size=45,
)


def pairs_one_by_one(time, event, score, stratum):
    """Harrell's rule in plain words: who had the event first should have the higher score."""
    agree = pairs = 0
    for i in range(len(time)):
        for j in range(len(time)):
            outlived = time[j] > time[i] or (time[j] == time[i] and not event[j])
            if event[i] and outlived and stratum[i] == stratum[j]:
                pairs += 1
                agree += 1.0 if score[i] > score[j] else 0.5 if score[i] == score[j] else 0.0
    return agree / pairs if pairs else np.nan


def of_cohort(time, event, score, stratum):
    axis = time_axis(time)
    table = event_table(axis, event, stratum, 3)
    sets = risk_sets(table, axis.code, event, stratum, "efron")
    return concordance(sets, score[sets.patient])


@settings(deadline=None, max_examples=150)
@given(cohorts)
def test_equals_the_count_of_all_pairs(cohort):
    time, event, score, stratum = (np.array(values) for values in zip(*cohort, strict=True))
    ours, _ = of_cohort(time, event, score.astype(float), stratum)
    assert_allclose(ours, pairs_one_by_one(time, event, score, stratum), atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(cohorts)
def test_lifelines_agrees(cohort):
    from lifelines.utils import concordance_index

    time, event, score, _ = (np.array(values) for values in zip(*cohort, strict=True))
    ours, _ = of_cohort(time, event, score.astype(float), np.zeros_like(time))
    if np.isnan(ours):
        return
    assert_allclose(ours, concordance_index(time, -score, event), atol=1e-12)


def test_scores_that_differ_by_rounding_are_equal():
    time, event, stratum = np.array([1, 2]), np.array([1, 0]), np.array([0, 0])
    assert of_cohort(time, event, np.array([0.1 + 0.2, 0.3]), stratum)[0] == 0.5


@pytest.mark.parametrize(("score", "value"), [([2.0, 1.0, 0.0], 1.0), ([0.0, 1.0, 2.0], 0.0)])
def test_perfect_and_opposite_order(score, value):
    zeros = np.zeros(3, dtype=int)
    assert of_cohort(np.array([1, 2, 3]), np.array([1, 1, 0]), np.array(score), zeros)[0] == value
