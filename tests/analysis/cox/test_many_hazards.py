"""Proportional hazards of many data sets at once against the test of one fit, and against R."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cox.fit import fit_cox
from analysis.cox.many import many_univariable
from analysis.cox.many_hazards import many_hazards
from analysis.event_table import time_axis
from analysis.proportional_hazards import proportional_hazards
from tests.analysis.golden_data import patients

N_SETS = 3


def together(time, event, level, n_levels: int, reference: int = 0, rows=None):
    """p of every data set; arrays of shape (B, N)."""
    n_sets, n = np.shape(time)
    asked = (
        time_axis(np.ravel(time)),
        np.ravel(event),
        np.repeat(np.arange(n_sets), n),
        np.ravel(level),
        n_sets,
        n_levels,
        np.ones(n_sets * n, bool) if rows is None else np.ravel(rows),
    )
    found = many_hazards(*asked, many_univariable(*asked, reference), reference)
    return found.p_value


def alone(time, event, level, n_levels: int, reference: int = 0) -> float:
    """p of one data set, from its own fit."""
    order = [reference, *(i for i in range(n_levels) if i != reference)]
    column = pd.Series(pd.Categorical(level, categories=order), name="level")
    tests = proportional_hazards(fit_cox(time, event, column)).tests
    return tests[0].p_value if tests else np.nan


def data_sets(n_levels: int, seed: int, n: int, ties: bool):
    random = np.random.default_rng(seed)
    days = random.exponential(300, (N_SETS, n))
    time = np.ceil(days / (30 if ties else 1)).astype(int)
    event = (random.random((N_SETS, n)) < 0.7).astype(int)
    return time, event, random.integers(0, n_levels, (N_SETS, n))


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 4), st.integers(0, 2**31), st.integers(0, 1), st.booleans())
def test_equals_the_test_of_each_fit(n_levels, seed, reference, ties):
    time, event, level = data_sets(n_levels, seed, 90, ties)
    found = together(time, event, level, n_levels, reference)
    expected = [alone(*one, n_levels, reference) for one in zip(time, event, level, strict=True)]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 3), st.integers(0, 2**31), st.integers(6, 20), st.booleans())
def test_what_has_no_test_is_the_same_in_both(n_levels, seed, n, ties):
    """Few patients: levels without events, that leave at once, or that nobody has."""
    time, event, level = data_sets(n_levels, seed, n, ties)
    event[level == seed % n_levels] = 0
    found = together(time, event, level, n_levels)
    expected = [alone(*one, n_levels) for one in zip(time, event, level, strict=True)]
    np.testing.assert_array_equal(np.isnan(found), np.isnan(expected))


@pytest.mark.parametrize(
    ("name", "column", "p"),
    [
        # cox.zph(coxph(Surv(time, status) ~ x)), R 4.2.2, survival 3.5-3, eps = 1e-14.
        ("veteran", "celltype", 0.0310201278705639),
        ("kidney", "disease", 0.70611294224295),
        ("lung", "sex", 0.0906250642529956),
    ],
)
def test_equals_r(name, column, p):
    table = patients(name)
    level, labels = pd.factorize(table[column])
    event = table["event" if "event" in table else "status"]
    twice = [np.tile(one, (2, 1)) for one in (table["time"], event, level)]
    found = together(*twice, len(labels))
    np.testing.assert_allclose(found, [p, p], rtol=0, atol=1e-8)


def test_a_level_that_nobody_has_in_one_data_set_takes_no_degree_of_freedom():
    time, event, level = data_sets(3, 5, 60, ties=False)
    level[1] = np.minimum(level[1], 1)
    level[2] = np.maximum(level[2], 1)
    found = together(time, event, level, 3)
    expected = [alone(*one, 3) for one in zip(time, event, level, strict=True)]
    assert np.isfinite(expected).all()
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)


@pytest.mark.parametrize(
    ("time", "event", "level"),
    [
        ([1, 2, 3, 4], [0, 0, 0, 0], [0, 1, 0, 1]),
        ([5, 5, 5, 5], [1, 1, 0, 0], [1, 0, 1, 0]),
        ([1, 2, 3, 4], [1, 1, 1, 1], [1, 1, 1, 1]),
        ([1, 2, 3, 4], [1, 1, 0, 0], [1, 1, 0, 0]),
    ],
    ids=["no event", "one day", "one level", "separated"],
)
def test_no_test_beside_one_that_has_it(time, event, level):
    other = [3, 1, 4, 2], [1, 1, 1, 1], [0, 0, 1, 1]
    sets = [
        np.array([own, theirs]) for own, theirs in zip((time, event, level), other, strict=True)
    ]
    found = together(*sets, 2)
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(alone(*other, 2), abs=1e-8, nan_ok=True)


def test_nobody_in_view():
    time, event, level = data_sets(2, 3, 10, ties=False)
    assert np.isnan(together(time, event, level, 2, rows=np.zeros(time.shape, bool))).all()
