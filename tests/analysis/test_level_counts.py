"""Large cohorts are counted one variable after the other; the numbers are those of small ones."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from analysis.coded_variables import coded_variables
from analysis.cox.interaction import Interaction, interaction_test
from analysis.event_table import event_table, time_axis
from analysis.level_counts import counts_by_variable, table_of_counts
from analysis.subgroups import subgroups

# time, event, two variables, arm, in view
patients = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(0, 1),
        st.integers(-1, 1),
        st.integers(-1, 2),
        st.integers(-1, 1),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)
N_LEVELS = (2, 3)


def columns_of(rows):
    time, event, first, second, arm, view = map(np.array, zip(*rows, strict=True))
    return time_axis(time), event, coded_variables([first, second], N_LEVELS), arm, view


@settings(deadline=None, max_examples=60)
@given(patients)
def test_counts_make_the_table_of_each_variable(rows):
    axis, event, variables, arm, view = columns_of(rows)
    view = np.flatnonzero(view & (arm >= 0))
    found = counts_by_variable(axis, event[view], variables, view, arm[view], 2)
    for codes, n_levels, counts in zip(variables.codes, N_LEVELS, found, strict=True):
        table = table_of_counts(axis.time, counts.reshape(-1, 2, axis.time.size))
        known = view[codes[view] >= 0]
        group = 2 * codes.astype(int) + arm
        expected = event_table(axis, event, np.maximum(group, 0), 2 * n_levels, known)
        for one in fields(expected):
            assert_array_equal(getattr(table, one.name), getattr(expected, one.name))


@settings(deadline=None, max_examples=40)
@given(patients)
def test_the_numbers_do_not_depend_on_the_way(rows):
    axis, event, variables, arm, view = columns_of(rows)
    if not (view & (arm >= 0)).any():
        return

    def made():
        return subgroups(axis, event, variables, view, landmarks=(3,), arm=arm)

    few = made()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.screen_stack.MANY_PATIENTS", 0)
        many = made()
    for one in fields(few.screen):
        ours, theirs = (getattr(found.screen, one.name) for found in (few, many))
        if isinstance(ours, np.ndarray):
            assert_allclose(theirs, ours, err_msg=one.name)
    for found, codes, n_levels in zip(few.effects, variables.codes, N_LEVELS, strict=True):
        used = view & (codes >= 0) & (arm >= 0)
        levels = pd.Categorical.from_codes(codes[used], categories=range(n_levels))
        arms = pd.Categorical.from_codes(arm[used], categories=found.arms)
        _same(found, interaction_test(axis.time[axis.code[used]], event[used], arms, levels))


def _same(theirs: Interaction, ours: Interaction) -> None:
    assert_allclose([theirs.statistic, theirs.p_value], [ours.statistic, ours.p_value], atol=1e-9)
    assert (theirs.df, theirs.arms, theirs.warnings) == (ours.df, ours.arms, ours.warnings)
    for one, other in zip(theirs.levels, ours.levels, strict=True):
        assert (one.level, one.n, one.events, one.reason) == (
            other.level,
            other.n,
            other.events,
            other.reason,
        )
        assert_allclose(one.hazard_ratio, other.hazard_ratio, rtol=1e-9)
