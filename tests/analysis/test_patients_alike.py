"""Patients who are alike, as one row with how many they are, give what they give one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.adjusted import adjusted_comparison
from analysis.balance import balance_of_levels
from analysis.competing_risks import competing_risks
from analysis.cox.fit import fit_cox
from analysis.event_table import time_axis
from analysis.gray import gray_test
from analysis.joint_counts import joint_limit_of_counts, number_alone
from analysis.joint_limit import Alone, joint_limit
from analysis.permutation import permutation_logrank
from analysis.proportional_hazards import proportional_hazards
from analysis.response import compare_shares, response_by_level
from analysis.survival_groups import survival_by_group

ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(0, 1), st.integers(-1, 2)),
    min_size=1,
    max_size=60,
)
FEW = settings(max_examples=60)


def alike(rows):
    """Columns of patients one by one, and of kinds with how many there are."""
    patients = np.array(rows)
    kinds, n = np.unique(patients, axis=0, return_counts=True)
    return tuple(patients.T), tuple(kinds.T), n


def equal(one, other):
    """The same numbers in all fields that two results have."""
    for name, value in vars(one).items():
        theirs = getattr(other, name)
        if isinstance(value, float | int | np.ndarray):
            assert_allclose(value, theirs, rtol=1e-9, atol=1e-9, err_msg=name)


@FEW
@given(ROWS)
def test_survival_by_group(rows):
    (time, cause, _, level), kinds, n = alike(rows)
    labels, everybody = ("a", "b", "c"), np.ones
    one = survival_by_group(time_axis(time), cause > 0, level, labels, everybody(time.size, bool))
    other = survival_by_group(
        time_axis(kinds[0]), kinds[1] > 0, kinds[3], labels, everybody(n.size, bool), patients=n
    )
    assert one.left_out == other.left_out
    for ours, theirs in zip(one.groups, other.groups, strict=True):
        equal(ours.curve, theirs.curve)
        equal(ours.median, theirs.median)
        equal(ours.restricted_mean, theirs.restricted_mean)
    assert (one.test is None) == (other.test is None)
    if one.test is not None:
        equal(one.test, other.test)


@FEW
@given(ROWS)
def test_competing_risks(rows):
    (time, cause, group, _), kinds, n = alike(rows)
    one, other = competing_risks(time, cause), competing_risks(kinds[0], kinds[1], patients=n)
    assert (one.n, one.counts) == (other.n, other.counts)
    for ours, theirs in zip(one.incidences, other.incidences, strict=True):
        equal(ours, theirs)
    equal(one.naive, other.naive)
    for of in (1, 2):
        equal(gray_test(time, cause, group, of), gray_test(*kinds[:3], of, patients=n))


@FEW
@given(ROWS)
def test_the_limit_of_the_permutation_test(rows):
    (time, cause, group, _), kinds, n = alike(rows)
    other = permutation_logrank(kinds[0], kinds[1] > 0, kinds[2], patients=n)
    one = permutation_logrank(time, cause > 0, group, limit=True)
    assert_allclose(one.statistic, other.statistic, rtol=1e-9, atol=1e-9)
    assert other.limit or np.isnan(other.p_value)


@FEW
@given(ROWS)
def test_a_regression_with_its_tests_and_concordance(rows):
    patients, kinds, n = alike(rows)

    def fitted(part, each=None):
        columns = np.column_stack([part[2], part[3] == 2]).astype(float)
        return fit_cox(part[0], part[1] > 0, columns, patients=each)

    one, other = fitted(patients), fitted(kinds, n)
    assert one.reasons == other.reasons
    for name in ("coef", "se", "p_value", "loglik", "n", "n_events"):
        assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-6, atol=1e-8)
    if one.converged and not any(one.reasons):
        assert_allclose(one.concordance, other.concordance, atol=1e-9)
        assert_allclose(one.concordance_se, other.concordance_se, atol=1e-9)
        ours, theirs = (proportional_hazards(fit).global_test for fit in (one, other))
        assert_allclose(ours.statistic, theirs.statistic, rtol=1e-5, atol=1e-7)


@FEW
@given(ROWS)
def test_an_adjusted_and_stratified_comparison(rows):
    patients, kinds, n = alike(rows)

    def compared(part, each=None):
        levels = pd.DataFrame({"level": pd.Categorical.from_codes(part[3], ["a", "b", "c"])})
        nothing = levels[[]]
        return adjusted_comparison(part[0], part[1] > 0, part[2], nothing, levels, each)

    one, other = compared(patients), compared(kinds, n)
    assert one.n_strata == other.n_strata
    equal(one.logrank, other.logrank)
    assert (one.stratified is None) == (other.stratified is None)
    if one.stratified is not None:
        equal(one.stratified, other.stratified)
        assert one.stratified_cox.n == other.stratified_cox.n


@FEW
@given(ROWS)
def test_balance_and_response(rows):
    (_, cause, arm, level), kinds, n = alike(rows)
    equal(
        balance_of_levels(level, 3, arm),
        balance_of_levels(kinds[3], 3, kinds[2], n),
    )
    one = compare_shares(cause == 1, arm, 2, 0)
    other = compare_shares(kinds[1] == 1, kinds[2], 2, 0, patients=n)
    assert repr(one) == repr(other)
    one = response_by_level(cause == 1, level, 3, arm, 2, 0)
    other = response_by_level(kinds[1] == 1, kinds[3], 3, kinds[2], 2, 0, patients=n)
    assert repr(one) == repr(other)


@FEW
@given(ROWS)
def test_the_joint_limit_from_pairs(rows):
    """Two variables with levels and two numbers, one of them with missing values."""
    patients = np.array(rows)
    level, other = patients[:, 3], patients[:, 1]
    first = np.where(level < 0, np.nan, patients[:, 0] * 1.5 + 2)
    second = patients[:, 0] ** 2 - 3.0 * patients[:, 1]
    columns = [(level, 3), (first, 0), (other, 3), (second, 0)]
    whole = joint_limit(columns)
    alone = []
    for values, size in columns:
        known = values[np.isfinite(values)] if not size else values[values >= 0].astype(int)
        if size:
            alone.append(Alone(known.size, np.bincount(known, minlength=size)))
        else:
            alone.append(number_alone(known.size, known.sum(), (known**2).sum()))

    def indicators(place):
        values, size = columns[place]
        if size:
            return (values[:, None] == np.arange(size)).astype(float)
        one = alone[place]
        return np.nan_to_num((values[:, None] - one.mean) / (one.spread or 1.0))

    counted = joint_limit_of_counts(alone, lambda a, b: indicators(a).T @ indicators(b))
    assert counted.df.tolist() == whole.df.tolist()
    assert counted.known.tolist() == whole.known.tolist()
    assert_allclose(counted.correlation, whole.correlation, atol=1e-9)
