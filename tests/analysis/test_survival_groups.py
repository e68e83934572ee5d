"""Everything a survival view states, at its edges and against the single functions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.event_table import time_axis
from analysis.logrank import logrank
from analysis.survival import follow_up, kaplan_meier
from analysis.survival_groups import survival_by_group

patients = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 1), st.integers(-1, 2), st.booleans()),
    min_size=1,
    max_size=40,
)


def compute(rows, labels=("A", "B", "C"), **options):
    time, event, group, seen = (np.array(column) for column in zip(*rows, strict=True))
    return survival_by_group(time_axis(time), event, group, labels, seen.astype(bool), **options)


def same(ours: float, theirs: float) -> bool:
    return ours == pytest.approx(theirs, rel=1e-12, nan_ok=True)


@given(patients)
def test_a_group_is_what_its_patients_alone_give(rows):
    result = compute(rows)
    for code, group in enumerate(result.groups):
        mine = [(t, e) for t, e, g, seen in rows if seen and g == code]
        assert group.n == len(mine)
        assert group.events == sum(e for _, e in mine)
        if not mine:
            assert np.isnan(group.median.value)
            assert np.isnan(group.restricted_mean.value)
            continue
        time, event = zip(*mine, strict=True)
        alone = kaplan_meier(time, event)
        assert group.curve.time.tolist() == alone.time.tolist()
        assert np.allclose(group.curve.survival, alone.survival, rtol=1e-13)
        for ours, theirs in (
            (group.median, alone.median),
            (group.follow_up, follow_up(time, event)),
        ):
            assert same(ours.value, theirs.value)
            assert same(ours.lower, theirs.lower)
            assert same(ours.upper, theirs.upper)
        expected = alone.rmst(result.horizon).value if len(mine) >= 10 else np.nan
        assert same(group.restricted_mean.value, expected)


@given(patients)
def test_the_test_is_that_of_the_patients_in_groups(rows):
    result = compute(rows)
    used = [(t, e, g) for t, e, g, seen in rows if seen and g >= 0]
    assert result.n == len(used)
    assert result.left_out == sum(1 for _, _, g, seen in rows if seen and g < 0)
    assert result.events == sum(e for _, e, _ in used)
    if len({g for _, _, g in used}) < 2:
        assert result.test is None
        return
    time, event, group = zip(*used, strict=True)
    alone = logrank(time, event, group)
    assert same(result.test.p_value, alone.p_value)
    assert same(result.test.statistic, alone.statistic)


@given(patients)
def test_the_horizon_leaves_enough_patients_at_risk(rows):
    result = compute(rows)
    longest = [group.curve.time[-1] for group in result.shown]
    assert result.largest_time == max(longest, default=0)
    large = [group for group in result.shown if group.n >= 10]
    if not large:
        assert np.isnan(result.horizon)
        return

    def enough(day: float) -> bool:
        left = [(g.n, sum(t >= day for t, _, c, s in rows if s and c == g.position)) for g in large]
        return all(at_risk >= 5 and 10 * at_risk >= n for n, at_risk in left)

    assert enough(result.horizon)
    assert not enough(result.horizon + 1)


@given(patients, st.lists(st.integers(0, 45), min_size=1, max_size=6))
def test_nobody_is_lost_in_the_risk_table(rows, ticks):
    result = compute(rows)
    counts = result.risk_table(np.array(sorted(ticks)))
    total = counts.at_risk + counts.censored + counts.events
    assert (total == result.table.n[:, None]).all()


def test_without_groups_everybody_is_one():
    time, event = np.array([5, 8, 8]), np.array([1, 0, 1])
    rows = np.ones(3, bool)
    result = survival_by_group(time_axis(time), event, None, ("All patients",), rows)
    (group,) = result.groups
    assert (group.position, group.label, group.n) == (-1, "All patients", 3)
    assert result.test is None
    assert result.left_out == 0


def test_a_group_that_vanishes_keeps_its_place():
    result = compute([(5, 1, 0, True), (7, 1, 2, True), (9, 0, 2, True)])
    assert [(g.position, g.label, g.n) for g in result.groups] == [
        (0, "A", 1),
        (1, "B", 0),
        (2, "C", 2),
    ]
    assert [group.label for group in result.shown] == ["A", "C"]
    assert result.test.df == 1


@pytest.mark.parametrize("conf_type", ["log", "log-log", "plain"])
def test_the_transform_reaches_curve_and_median(conf_type):
    rows = [(t, 1, 0, True) for t in range(1, 12)]
    result = compute(rows, ("A",), conf_type=conf_type)
    alone = kaplan_meier(range(1, 12), [1] * 11, conf_type=conf_type)
    assert result.groups[0].median == alone.median
    assert result.groups[0].curve.conf_type == conf_type


def test_an_empty_cohort_is_no_error():
    result = compute([(5, 1, 0, False), (6, 0, 1, False)])
    assert (result.n, result.events, result.shown, result.test) == (0, 0, (), None)
    assert result.risk_table(np.array([0, 5])).at_risk.sum() == 0


def test_everybody_censored_at_zero():
    result = compute([(0, 0, 0, True), (0, 0, 1, True)])
    assert result.largest_time == 0
    assert all(np.isnan(group.median.value) for group in result.groups)
    assert result.test is None or np.isnan(result.test.p_value)
