"""Regressions of many data sets at once against one regression at a time."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cox.fit import fit_cox
from analysis.cox.interaction import interaction_test
from analysis.cox.many import many_interactions, many_univariable
from analysis.event_table import time_axis
from tests.analysis.golden_data import load, patients

N_SETS = 3


def data_sets(n_levels: int, seed: int, n: int = 90, ties: bool = True):
    """Times, events, arms and levels of three data sets below each other."""
    random = np.random.default_rng(seed)
    days = random.exponential(300, (N_SETS, n))
    time = np.ceil(days / (30 if ties else 1)).astype(int)
    event = random.random((N_SETS, n)) < 0.7
    arm, level = random.integers(0, 2, (N_SETS, n)), random.integers(0, n_levels, (N_SETS, n))
    return time, event.astype(int), arm, level


def below(*arrays):
    return [array.ravel() for array in arrays]


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 4), st.integers(0, 2**31), st.booleans())
def test_interactions_equal_those_of_one_data_set_at_a_time(n_levels, seed, ties):
    time, event, arm, level = data_sets(n_levels, seed, ties=ties)
    flat_time, *flat = below(time, event, arm, level)
    of_set = np.repeat(np.arange(N_SETS), time.shape[1])
    found = many_interactions(
        time_axis(flat_time),
        flat[0],
        of_set,
        flat[1],
        flat[2],
        N_SETS,
        n_levels,
        np.ones(of_set.size, bool),
    )
    for i in range(N_SETS):
        alone = interaction_test(
            time[i],
            event[i],
            pd.Categorical.from_codes(arm[i], categories=range(2)),
            pd.Categorical.from_codes(level[i], categories=range(n_levels)),
        )
        assert found.p_value[i] == pytest.approx(alone.p_value, abs=1e-8, nan_ok=True)
        ratios = [one.hazard_ratio for one in alone.levels]
        np.testing.assert_allclose(found.hazard_ratio[i], ratios, rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 4), st.integers(0, 2**31), st.integers(8, 30))
def test_what_has_nothing_to_test_is_the_same_in_both(n_levels, seed, n):
    """Few patients: levels without events, without an arm, or with one that leaves at once."""
    time, event, arm, level = data_sets(n_levels, seed, n=n)
    event[level == seed % n_levels] = 0
    flat_time, *flat = below(time, event, arm, level)
    of_set = np.repeat(np.arange(N_SETS), n)
    rows = np.ones(of_set.size, bool)
    found = many_interactions(
        time_axis(flat_time), flat[0], of_set, flat[1], flat[2], N_SETS, n_levels, rows
    )
    for i in range(N_SETS):
        alone = interaction_test(
            time[i],
            event[i],
            pd.Categorical.from_codes(arm[i], categories=range(2)),
            pd.Categorical.from_codes(level[i], categories=range(n_levels)),
        )
        # Near p = 1 it moves as the root of the likelihood's last digits.
        assert found.p_value[i] == pytest.approx(alone.p_value, abs=1e-4, nan_ok=True)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 4), st.integers(0, 2**31), st.integers(0, 1))
def test_univariable_models_equal_those_of_one_data_set_at_a_time(n_levels, seed, reference):
    time, event, _, level = data_sets(n_levels, seed)
    of_set = np.repeat(np.arange(N_SETS), time.shape[1])
    flat_time, flat_event, flat_level = below(time, event, level)
    fits = many_univariable(
        time_axis(flat_time),
        flat_event,
        of_set,
        flat_level,
        N_SETS,
        n_levels,
        np.ones(of_set.size, bool),
        reference,
    )
    order = [reference, *(i for i in range(n_levels) if i != reference)]
    for i in range(N_SETS):
        column = pd.Series(pd.Categorical(level[i], categories=order), name="level")
        alone = fit_cox(time[i], event[i], column)
        np.testing.assert_allclose(fits.coef[i], alone.coef, atol=1e-6)
        np.testing.assert_allclose(fits.se[i], alone.se, rtol=1e-5)


def test_the_coefficient_of_r():
    lung = patients("lung")
    fit = next(
        fit
        for model in load("lung")["cox"]
        for fit in model["fits"]
        if model["formula"] == "sex" and fit["ties"] == "efron"
    )
    level = (lung["sex"] == "Female").to_numpy().astype(int)
    n = len(lung)
    twice = np.tile(np.arange(n), 2)
    fits = many_univariable(
        time_axis(lung["time"].to_numpy()[twice]),
        lung["event"].to_numpy()[twice],
        np.repeat([0, 1], n),
        level[twice],
        2,
        2,
        np.ones(2 * n, bool),
    )
    np.testing.assert_allclose(fits.coef[:, 0], fit["coef_tight"][0], atol=1e-8)
    np.testing.assert_allclose(fits.se[:, 0], fit["se_tight"][0], rtol=1e-6)


def test_a_level_without_an_event_in_one_arm_has_no_ratio():
    time = np.array([1, 2, 3, 4, 5, 6, 7, 8])
    event = np.array([1, 1, 0, 0, 1, 1, 1, 1])
    arm = np.array([0, 0, 1, 1, 0, 1, 0, 1])
    level = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    found = many_interactions(
        time_axis(time), event, np.zeros(8, int), arm, level, 1, 2, np.ones(8, bool)
    )
    assert math.isnan(found.hazard_ratio[0, 0])
    assert math.isfinite(found.hazard_ratio[0, 1])


def test_an_arm_without_patients_leaves_nothing_to_test():
    time, event = np.arange(1, 7), np.ones(6, int)
    level = np.array([0, 0, 0, 1, 1, 1])
    found = many_interactions(
        time_axis(time), event, np.zeros(6, int), np.zeros(6, int), level, 1, 2, np.ones(6, bool)
    )
    assert math.isnan(found.p_value[0])
    assert np.isnan(found.hazard_ratio).all()


def test_patients_out_of_view_do_not_count():
    time, event, arm, level = data_sets(2, 7)
    of_set = np.repeat(np.arange(N_SETS), time.shape[1])
    rows = np.random.default_rng(1).random(of_set.size) < 0.6
    flat_time, flat_event, flat_arm, flat_level = below(time, event, arm, level)
    found = many_interactions(
        time_axis(flat_time), flat_event, of_set, flat_arm, flat_level, N_SETS, 2, rows
    )
    # A missing arm or level is the same as being out of view.
    missing = many_interactions(
        time_axis(flat_time),
        flat_event,
        of_set,
        np.where(rows, flat_arm, -1),
        flat_level,
        N_SETS,
        2,
        np.ones(of_set.size, bool),
    )
    np.testing.assert_array_equal(found.p_value, missing.p_value)
    np.testing.assert_array_equal(found.hazard_ratio, missing.hazard_ratio)
