"""Shares in three states against survfit of R, and what must hold of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import multistate
from analysis.multistate import DEAD, FREE, limits, occupation
from analysis.survival import kaplan_meier

GOLDEN = json.loads(Path("tests/golden/multistate.json").read_text())


@pytest.mark.parametrize("name", GOLDEN)
def test_shares_errors_and_mean_times_of_r(name):
    one = GOLDEN[name]
    found = occupation(*(one[key] for key in ("progression", "progressed", "follow_up", "died")))
    for day, value, se in zip(one["days"], one["value"], one["se"], strict=True):
        made = found.at(day)
        assert made[0] == pytest.approx(value, abs=1e-9)
        assert made[1] == pytest.approx(se, abs=1e-9)
    days, errors = found.mean_time(one["tau"][0])
    assert days == pytest.approx(one["mean"], rel=1e-9)
    assert errors == pytest.approx(one["mean_se"], rel=1e-8)


PATIENTS = st.lists(
    st.tuples(st.integers(1, 9), st.booleans(), st.integers(0, 9), st.booleans()),
    min_size=1,
    max_size=30,
)


@given(PATIENTS)
def test_shares_make_up_everybody(patients):
    progression, progressed, more, died = (np.array(one) for one in zip(*patients, strict=True))
    follow_up = progression + more
    found = occupation(progression, progressed, follow_up, died)
    assert found.value.sum(axis=1) == pytest.approx(np.ones(found.time.size))
    assert (found.value > -1e-12).all()
    # Nobody comes back: fewer are free of it, more are dead.
    assert (np.diff(found.value[:, FREE]) < 1e-12).all()
    assert (np.diff(found.value[:, DEAD]) > -1e-12).all()
    first = np.where(progressed, progression, follow_up)
    curve = kaplan_meier(first, (progressed | died).astype(int))
    survival = curve.at(found.time).survival
    known = np.isfinite(survival)
    assert survival[known] == pytest.approx(found.value[known, FREE])
    days, _ = found.mean_time(found.time[-1])
    assert days.sum() == pytest.approx(found.time[-1])


def test_many_patients_have_shares_without_errors(monkeypatch):
    one = GOLDEN["colon Obs"]
    columns = [one[key] for key in ("progression", "progressed", "follow_up", "died")]
    whole = occupation(*columns)
    monkeypatch.setattr(multistate, "MOST", 10)
    many = occupation(*columns)
    assert many.value == pytest.approx(whole.value)
    assert np.isnan(many.se).all()
    assert np.isnan(many.mean_time(900)[1]).all()


def test_nobody_and_beyond_the_follow_up():
    nobody = occupation([], [], [], [])
    assert np.isnan(nobody.at(1)[0]).all()
    one = occupation([5], [True], [9], [False])
    assert np.isnan(one.at(10)[0]).all()
    assert one.at(0)[0].tolist() == [1, 0, 0]
    assert one.at(9)[0].tolist() == [0, 1, 0]


def test_limits_stay_between_0_and_1():
    low, high = limits(np.array([0.01, 0.99]), np.array([0.1, 0.1]))
    assert low[0] == 0
    assert high[1] == 1
