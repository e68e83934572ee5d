"""Cumulative incidence with competing risks: by hand, by R and by lifelines."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter
from numpy.testing import assert_allclose

from analysis.competing_risks import competing_risks
from data.causes import first_events
from tests.shipped import load_catalog

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/soramic_arms.json").read_text("utf-8"))
STUDY = load_catalog().study("soramic")


def by_definition(time, cause, of):
    """Sum of the survival before each day times the share of those at risk who have the event."""
    days = np.unique(time)
    survival, total, values = 1.0, 0.0, []
    for day in days:
        at_risk = (time >= day).sum()
        here = cause[time == day]
        total += survival * (here == of).sum() / at_risk
        survival *= 1 - (here > 0).sum() / at_risk
        values.append(total)
    return days, np.array(values)


def test_by_hand():
    # Day 1: one of 4 progresses. Day 2: one of 3 dies. Day 3: one of 2 progresses.
    found = competing_risks([1, 2, 3, 4], [1, 2, 1, 0])
    assert_allclose(found.event_incidence.value, [0.25, 0.25, 0.5, 0.5])
    assert_allclose(found.incidences[1].value, [0, 0.25, 0.25, 0.25])
    # Death taken for censoring: 1 - 3/4 * 1/2.
    assert_allclose(1 - found.naive.survival[-1], 0.625)
    assert (found.n, found.events, found.competing) == (4, 2, 1)


@pytest.mark.parametrize("arm", [0, 1])
def test_equal_to_r(arm):
    rows, first = STUDY.codes["arm"] == arm, first_events(STUDY.causes_of("ttp"), STUDY.outcomes)
    found = competing_risks(first.time[rows], first.cause[rows])
    days = (100, 200, 365, 730)
    for name, one in zip(("event", "competing"), found.incidences, strict=True):
        read = np.array([one.at(day) for day in days]).T
        for values, part in zip(read, ("", "_lower", "_upper"), strict=True):
            assert_allclose(values, GOLDEN["incidence"][arm][f"{name}{part}"], rtol=1e-9)


patients = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), min_size=1, max_size=25)


@settings(max_examples=25, deadline=None)
@given(patients)
def test_ties_of_every_kind(pairs):
    time, cause = (np.array(column) for column in zip(*pairs, strict=True))
    found = competing_risks(time, cause)
    for of, one in ((1, found.event_incidence), (2, found.incidences[1])):
        days, values = by_definition(time, cause, of)
        assert one.time.tolist() == days.tolist()
        assert_allclose(one.value, values, atol=1e-12)
        known = (one.value > 0) & (one.value < 1 - 1e-12)
        assert (one.lower[known] <= one.value[known] + 1e-12).all()
        assert (one.upper[known] >= one.value[known] - 1e-12).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=3, max_size=25), st.integers(0, 2**32 - 1))
def test_lifelines_finds_the_same_without_ties(cause, seed):
    """Where two events fall on one day, lifelines moves them by random numbers."""
    cause = np.array(cause)
    time = np.random.default_rng(seed).permutation(cause.size) + 1
    if not (cause == 1).any():
        return
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Where nothing is estimated lifelines divides 0 by 0.
        warnings.simplefilter("ignore")
        fit = AalenJohansenFitter().fit(time, cause, event_of_interest=1)
    one = competing_risks(time, cause).event_incidence
    assert_allclose(one.value, fit.cumulative_density_.to_numpy()[1:, 0], rtol=1e-9)
    limits = np.sort(fit.confidence_interval_.to_numpy()[1:], axis=1)
    # It has no limits where nobody is left, and writes them before the first event.
    known = np.isfinite(limits).all(axis=1) & np.isfinite(one.lower)
    assert_allclose(one.lower[known], limits[known, 0], rtol=1e-7)
    assert_allclose(one.upper[known], limits[known, 1], rtol=1e-7)


def test_reading_at_a_day():
    incidence = competing_risks([5, 10, 20], [1, 0, 1]).event_incidence
    assert incidence.at(0)[0] == 0
    assert_allclose(incidence.at(7)[0], 1 / 3)
    # The last one left had the event: the incidence stays at 1/3 + 2/3.
    assert_allclose(incidence.at(21)[0], 1)
    followed = competing_risks([5, 10, 20], [1, 2, 0])
    assert np.isnan(followed.event_incidence.at(21)[0])
    assert_allclose(followed.incidences[1].at(20)[0], 1 / 3)


def test_without_any_event():
    found = competing_risks([3, 4], [0, 0])
    assert found.event_incidence.value.tolist() == [0, 0]
    assert np.isnan(found.event_incidence.upper).all()


@pytest.mark.parametrize(
    ("time", "cause", "median"),
    [
        # 1/5 on day 1, 2/5 on day 3, 3/5 on day 5: the third event of five comes to half.
        ([1, 2, 3, 4, 5], [1, 2, 1, 2, 1], 5.0),
        # 1/4 on day 1, then 2/4 on day 3, which is flat until day 4.
        ([1, 2, 3, 4], [1, 2, 1, 2], 3.5),
        # Only one of four ever has it, which is half of those who do not die first of two.
        ([1, 2, 3, 4], [1, 2, 2, 2], np.nan),
        # Without competing events it is 1 - Kaplan–Meier: 1/4, then 1/4 + 3/4 · 1/2 = 5/8.
        ([1, 2, 3, 4], [1, 0, 1, 0], 3.0),
        # Ten shares of 0.05 are 0.5 but for the last binary digit.
        (list(range(1, 21)), [1] * 10 + [2] * 10, 15.0),
        ([1], [0], np.nan),
    ],
)
def test_the_day_by_which_half_had_the_event(time, cause, median):
    found = competing_risks(time, cause).event_incidence.median()
    assert found == median or (np.isnan(found) and np.isnan(median))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 2)), min_size=1, max_size=40))
def test_half_have_the_event_no_sooner_than_kaplan_meier_says(pairs):
    found = competing_risks(*zip(*pairs, strict=True))
    naive = found.naive.quantile(0.5).value
    median = found.event_incidence.median()
    assert np.isnan(median) or median >= naive
