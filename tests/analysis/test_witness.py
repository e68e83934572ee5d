"""The second witness agrees where it should and would say where not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.event_table import event_table, time_axis
from analysis.survival_groups import survival_by_group
from analysis.witness import kinds_of, lifelines_witness

patients = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=30
)


def compute(rows):
    time, event, group = (np.array(column) for column in zip(*rows, strict=True))
    seen = np.ones(len(rows), bool)
    return survival_by_group(time_axis(time), event, group, ("A", "B", "C"), seen)


@given(patients)
def test_an_event_table_gives_its_patients_back(rows):
    time, event, group = (np.array(column) for column in zip(*rows, strict=True))
    table = event_table(time, event, group, 3)
    *columns, n = (column.tolist() for column in kinds_of(table))
    again = dict(zip(zip(*columns, strict=True), n, strict=True))
    assert again == Counter((float(t), e, g) for t, e, g in rows)


@settings(max_examples=40, deadline=None)
@given(patients)
def test_lifelines_agrees(rows):
    result = compute(rows)
    witness = lifelines_witness(result)
    assert witness.largest_difference <= 1e-12
    assert witness.points == sum(len(group.curve.time) for group in result.groups)
    if result.test is not None and np.isfinite(result.test.p_value):
        assert witness.p_value == pytest.approx(witness.own_p_value, abs=1e-9)


def test_a_wrong_curve_would_be_found():
    result = compute([(5, 1, 0), (7, 1, 0), (9, 0, 0), (6, 1, 1), (8, 1, 1)])
    curve = result.groups[0].curve
    bent = replace(curve, survival=np.where(curve.time == 7, 0.5, curve.survival))
    groups = (replace(result.groups[0], curve=bent), *result.groups[1:])
    witness = lifelines_witness(replace(result, groups=groups))
    assert witness.largest_difference == pytest.approx(0.5 - 1 / 3, abs=1e-12)


def test_a_wrong_p_would_be_found():
    result = compute([(5, 1, 0), (7, 1, 0), (9, 0, 0), (6, 1, 1), (8, 1, 1)])
    wrong = replace(result, test=replace(result.test, p_value=0.01))
    witness = lifelines_witness(wrong)
    assert witness.own_p_value == 0.01
    assert witness.p_value != pytest.approx(0.01, abs=1e-3)


def test_one_group_has_no_p():
    witness = lifelines_witness(compute([(5, 1, 0), (7, 0, 0)]))
    assert np.isnan(witness.p_value)
    assert np.isnan(witness.own_p_value)


def test_no_event_is_no_warning_and_no_p():
    witness = lifelines_witness(compute([(5, 0, 0), (7, 0, 1)]))
    assert witness.largest_difference == 0
    assert np.isnan(witness.p_value)


def test_nobody_gives_nothing_to_compare():
    time = np.array([5, 6])
    nobody = np.zeros(2, bool)
    result = survival_by_group(time_axis(time), np.array([1, 0]), None, ("All",), nobody)
    witness = lifelines_witness(result)
    assert witness.points == 0
    assert np.isnan(witness.largest_difference)
    assert witness.version.count(".") >= 1
