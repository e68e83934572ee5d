"""The limit of permutations: against R's coin, and against permutations of the same patients."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.balance_chance import chance_imbalance
from analysis.coded_variables import coded_variables
from analysis.event_table import time_axis
from analysis.joint_limit import MOST_PERMUTED, joint_limit, step_down
from analysis.maximally_selected import _largest_in_the_limit, maximally_selected
from analysis.min_p import min_p
from analysis.permutation import permutation_logrank

GOLDEN = Path(__file__).parents[1] / "golden"
LEVELS = {"a": 2, "b": 2, "c": 2, "d": 2, "e": 3}


@cache
def r() -> dict:
    return json.loads((GOLDEN / "limit.json").read_text("utf-8"))


@cache
def patients() -> pd.DataFrame:
    found = pd.read_csv(GOLDEN / "limit.csv")
    assert len(found) == MOST_PERMUTED
    return found


def family(names, **options):
    data = patients()
    codes = {name: data[name].to_numpy() for name in names}
    variables = coded_variables(codes, {name: LEVELS[name] for name in names})
    return min_p(time_axis(data["time"]), data["event"].to_numpy(), variables, **options)


@pytest.mark.parametrize("name", LEVELS)
def test_one_variable_equals_coin(name):
    data = patients()
    found = permutation_logrank(data["time"], data["event"], data[name], limit=True)
    assert_allclose(found.statistic, r()["single"][name]["statistic"], rtol=1e-8)
    assert_allclose(found.p_value, r()["single"][name]["p"], rtol=1e-8)
    assert_allclose(family([name], limit=True).p_value, found.p_value, rtol=1e-9)
    assert found.limit
    assert not found.exact
    assert "limit of the permutation distribution" in found.method


def test_the_family_equals_coins_joint_normal():
    """Of two levels each, the smallest p-value and coin's largest statistic say the same."""
    found = family("abcd", limit=True)
    expected = [r()["step_down"][name] for name in "abcd"]
    assert_allclose(found.p_adjusted, expected, rtol=0.03)
    assert found.limit
    assert "joint normal" in found.method


def test_the_best_threshold_equals_coins():
    data = patients()
    everybody = np.ones(len(data), bool)
    found = maximally_selected(
        time_axis(data["time"]), data["event"].to_numpy(), data["age"], everybody, limit=True
    )
    expected = r()["maximum"]
    assert_allclose(abs(found.statistic[found.best]), expected["statistic"], rtol=1e-8)
    # coin splits at or below against above.
    below = data["age"][data["age"] < found.threshold[found.best]].max()
    assert below == expected["cutpoint"]
    sampling = 4 * np.sqrt(expected["p"] * (1 - expected["p"]) / found.draws)
    assert_allclose(found.p_adjusted[found.best], expected["p"], atol=sampling)


def test_both_agree_at_the_border():
    """Ten thousand draws tell a p-value to one hundredth."""
    drawn, limit = family("abcde", limit=False), family("abcde", limit=True)
    assert not drawn.limit
    assert_allclose(limit.p_value, drawn.p_value, atol=0.012)
    assert_allclose(limit.p_adjusted, drawn.p_adjusted, atol=0.015)
    data = patients()
    numbers = data["age"].where(data["age"] % 10 > 0)
    columns = [*((data[name].to_numpy(), LEVELS[name]) for name in LEVELS), (numbers.to_numpy(), 0)]
    arm = np.arange(len(data)) % 3
    drawn = chance_imbalance(columns, arm, draws=2_000, limit=False)
    limit = chance_imbalance(columns, arm, limit=True)
    assert limit.limit
    assert_allclose(limit.expected, drawn.expected, atol=0.1)
    assert abs(limit.upper - drawn.upper) <= 1


def test_the_border_decides_by_itself():
    data = patients()
    arm = np.arange(len(data)) % 2
    assert not permutation_logrank(data["time"], data["event"], arm).limit
    more = pd.concat([data, data[:1]])
    arm = np.arange(len(more)) % 2
    assert permutation_logrank(more["time"], more["event"], arm).limit
    alone = arm * 0
    alone[7] = 1
    # So few arrangements are enumerated, however many patients there are.
    assert permutation_logrank(more["time"], more["event"], alone).exact


def test_a_small_group_is_named():
    data = patients()
    few = np.arange(len(data)) < 8
    method = permutation_logrank(data["time"], data["event"], few, limit=True).method
    assert "rough for 1 group with fewer than 10 expected events" in method


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_the_numbers_have_the_covariance_of_permutations(seed):
    """Sums of permuted scores, made independent by hand, against all orders' mean products."""
    random = np.random.default_rng(seed)
    codes = random.integers(-1, 3, 40)
    value = np.where(random.random(40) < 0.2, np.nan, random.normal(size=40))
    joint = joint_limit([(codes, 3), (value, 0)])
    present = np.unique(codes[codes >= 0])
    assert joint.df.tolist() == [present.size - 1, 1]
    assert joint.known.tolist() == [(codes >= 0).sum(), np.isfinite(value).sum()]
    for part in joint.parts:
        assert_allclose(joint.correlation[part, part], np.eye(part.stop - part.start), atol=1e-5)
    # The share of a number that levels explain does not depend on how the levels are turned.
    both = (codes >= 0) & np.isfinite(value)
    known = np.isfinite(value)
    z = np.where(known, (value - value[known].mean()) / value[known].std(), 0)
    sums = np.array([z[codes == level].sum() for level in present])
    sizes = np.array([(codes == level).sum() for level in present])
    between = (sums**2 / sizes).sum() - sums.sum() ** 2 / sizes.sum()
    explained = joint.correlation[joint.parts[0], joint.parts[1]]
    assert_allclose((explained**2).sum(), between / known.sum(), atol=1e-5)
    assert both.any()


def test_the_same_variable_twice_costs_nothing():
    codes = np.arange(300) % 3
    joint = joint_limit([(codes, 3), (codes, 3)])
    adjusted, error = step_down(np.array([0.01, 0.01]), joint, seed=1)
    assert_allclose(adjusted, 0.01)
    assert error < 1e-6


def test_independent_variables_are_adjusted_as_by_sidak():
    random = np.random.default_rng(4)
    joint = joint_limit([(random.integers(0, 2 + k % 3, 200_000), 2 + k % 3) for k in range(9)])
    for p in (0.2, 1e-3, 1e-12):
        adjusted, error = step_down(np.full(9, p), joint, seed=1)
        assert_allclose(adjusted, -np.expm1(9 * np.log1p(-p)), rtol=0.03)
        assert error < 0.01


@pytest.mark.parametrize("q", [2.2, 3.0])
def test_thresholds_between_the_drawn_ones_count(monkeypatch, q):
    below, n = np.arange(2_000, 18_000, 8), 20_000
    thinned = _largest_in_the_limit(below, n, 20_000, seed=2)
    monkeypatch.setattr("analysis.maximally_selected._DRAWN_AT", below.size)
    whole = _largest_in_the_limit(below, n, 5_000, seed=1)
    expected = (whole >= q).mean()
    error = np.sqrt(expected * (1 - expected) * (1 / 5_000 + 1 / 20_000))
    assert abs((thinned >= q).mean() - expected) < 4 * error
