"""A number by its values and how many have each, against the same patients one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.balance import balance_of_numbers
from analysis.baseline import summarise_number
from analysis.distribution import distribution

SHARES = (0, 0.1, 0.25, 0.5, 0.75, 0.9, 1)
kinds = st.dictionaries(
    st.integers(-50, 50).map(lambda one: one / 7), st.integers(1, 6), min_size=1, max_size=9
)


def test_a_worked_example():
    # R: x <- rep(c(1, 2, 4, 9), c(2, 3, 1, 1)); quantile(x, 1:3 / 4); mean(x); sd(x)
    found = distribution([9, 1, 4, 2], [1, 2, 1, 3])

    assert found.n == 7
    assert found.quantiles(0.25, 0.5, 0.75).tolist() == [1.5, 2, 3]
    assert found.mean == 3
    assert found.sd == pytest.approx(np.sqrt(8), abs=1e-12)
    assert found.histogram(np.array([0, 2, 9])).tolist() == [2, 5]


def test_nobody_and_one_patient():
    nobody, one = distribution([], []), distribution([3.0], [1])

    assert np.isnan([nobody.mean, nobody.sd, one.sd, *nobody.quantiles(0.5)]).all()
    assert (one.mean, *one.quantiles(0, 0.5, 1)) == (3, 3, 3, 3)


def test_a_constant_has_no_spread():
    assert distribution([0.1], [3]).sd == distribution([0.1] * 3).sd == 0


@given(kinds)
def test_as_the_same_patients_one_by_one(found):
    values, patients = np.array(list(found)), np.array(list(found.values()))
    counted, single = distribution(values, patients), distribution(values.repeat(patients))

    assert counted.n == single.n
    for name in ("mean", "sd"):
        assert getattr(counted, name) == pytest.approx(getattr(single, name), nan_ok=True)
    assert counted.quantiles(*SHARES) == pytest.approx(single.quantiles(*SHARES))


@given(kinds, kinds)
def test_two_arms_as_the_same_patients_one_by_one(first, second):
    values = np.array([*first, *second, np.nan])
    arm = np.repeat([0, 1, 1], [len(first), len(second), 1])
    patients = np.array([*first.values(), *second.values(), 4])
    counted = balance_of_numbers(values, arm, patients)
    single = balance_of_numbers(values.repeat(patients), arm.repeat(patients))

    assert counted.smd == pytest.approx(single.smd, nan_ok=True)
    assert counted.missing.tolist() == single.missing.tolist() == [0, 4]
    edges, everybody = np.linspace(-8, 8, 5), np.ones(values.size, bool)
    groups = [everybody, arm == 0, arm == 1]
    summary = summarise_number(values, groups, edges, patients)
    same = summarise_number(
        values.repeat(patients), [one.repeat(patients) for one in groups], edges
    )
    for name in ("n", "missing", "median", "mean", "sd", "histogram", "smd", "largest"):
        expected = getattr(same, name)
        assert getattr(summary, name) == pytest.approx(expected, nan_ok=True), name
