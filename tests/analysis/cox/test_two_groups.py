"""The hazard ratio of two groups from counts, against R's coxph and against patient by patient."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cox.fit import fit_cox
from analysis.cox.two_groups import hazard_ratios
from analysis.event_table import event_table, time_axis
from tests.analysis.golden_cox import regressions

BINARY = [
    one
    for one in regressions()
    if one.strata is None
    and one.expected["ties"] == "efron"
    and one.covariates.shape[1] == 1
    and one.design.columns.shape[1] == 1
    and len(np.unique(one.design.columns)) == 2
]


def counted(time, event, group, n_groups=2):
    everybody = np.ones(len(time), bool)
    return event_table(time_axis(np.asarray(time)), np.asarray(event), group, n_groups, everybody)


@pytest.mark.parametrize("regression", BINARY, ids=lambda one: one.name)
def test_the_ratio_is_that_of_r(regression):
    values = np.unique(regression.design.columns)
    group = np.searchsorted(values, regression.design.columns[:, 0])
    (found,) = hazard_ratios([counted(regression.time, regression.event, group)], 1, 0)
    coef, se = (np.ravel(regression.expected[name])[0] for name in ("coef_tight", "se_tight"))
    assert math.log(found.value) == pytest.approx(coef, abs=1e-7)
    assert math.log(found.lower) == pytest.approx(coef - 1.959963984540054 * se, abs=1e-6)
    assert math.log(found.upper) == pytest.approx(coef + 1.959963984540054 * se, abs=1e-6)
    (turned,) = hazard_ratios([counted(regression.time, regression.event, group)], 0, 1)
    assert turned.value == pytest.approx(1 / found.value, rel=1e-9)
    assert turned.p_value == pytest.approx(found.p_value, rel=1e-6)


def test_r_was_asked():
    assert len(BINARY) >= 4


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.integers(4, 60))
def test_it_is_that_of_patients_one_by_one(seed, n):
    random = np.random.default_rng(seed)
    time = random.integers(1, 12, n)
    event = (random.random(n) < 0.7).astype(int)
    group = random.integers(0, 3, n)
    both = group < 2
    (found,) = hazard_ratios([counted(time, event, group, 3)], 1, 0)
    if len(np.unique(group[both])) < 2:
        return
    alone = fit_cox(time[both], event[both], (group[both] == 1).astype(float)[:, None])
    if math.isfinite(found.value) and math.isfinite(alone.se[0]):
        assert math.log(found.value) == pytest.approx(alone.coef[0], abs=1e-6)
        assert found.p_value == pytest.approx(alone.p_value[0], abs=1e-6)


@pytest.mark.parametrize(
    ("time", "event", "group"),
    [
        # No event in one group; none at all; all of one before the first of the other.
        ([1, 2, 3, 4], [1, 1, 0, 0], [0, 0, 1, 1]),
        ([1, 2, 3, 4], [0, 0, 0, 0], [0, 0, 1, 1]),
        ([1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 1, 1]),
    ],
)
def test_without_a_finite_estimate_there_is_none(time, event, group):
    (found,) = hazard_ratios([counted(time, event, np.array(group))], 1, 0)
    assert math.isnan(found.value)
    assert math.isnan(found.lower)
    assert math.isnan(found.p_value)
