"""Released curves: steps of enough events on the exact curve, with the numbers of all days."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.event_table import time_axis
from analysis.survival_groups import survival_by_group
from callbacks.disclosure.about import About, NotShown
from callbacks.disclosure.curves import MONTH, released_groups
from callbacks.memory import Memory
from data.address import default_view
from data.catalog import load_catalog
from data.minima import Disclosure

LEAST, CELL = 10, 5
STUDY = replace(load_catalog().study("soramic"), disclosure=Disclosure(LEAST, CELL))


def about() -> About:
    return About(Memory((STUDY,)), STUDY, default_view(STUDY, "survival"))


def result(time, event):
    time = np.asarray(time)
    rows = np.ones(len(time), bool)
    return survival_by_group(time_axis(time), np.asarray(event), None, ("All patients",), rows)


def test_a_worked_example():
    # Twelve patients, one event a month: steps at the fifth and the tenth, S = 7/12 and 2/12.
    days = [round(MONTH * month) for month in range(1, 13)]
    exact = result(days, [1] * 12)
    (made,) = released_groups(exact, about()).groups
    curve = made.curve
    assert np.round(curve.time / MONTH, 1).tolist() == [5.0, 10.0]
    assert curve.n_risk.tolist() == [12, 7]
    assert curve.n_event.tolist() == [5, 5]
    assert curve.survival == pytest.approx([7 / 12, 2 / 12])
    assert made.events == 12
    # The median lies between the sixth and the seventh: 6.5 months.
    assert made.median.value / MONTH == pytest.approx(6.5, abs=0.051)


def test_a_flat_curve_ends_where_few_are_followed_still():
    exact = result(np.arange(100, 700, 20), [0] * 30)
    (made,) = released_groups(exact, about()).groups
    assert made.curve.survival.tolist() == [1.0]
    assert made.curve.time[-1] == pytest.approx(100 + 25 * 20, abs=0.05 * MONTH + 1e-9)


def test_few_have_no_curve():
    with pytest.raises(NotShown, match=r"^Fewer than 10 patients: not shown\.$"):
        released_groups(result(range(1, 10), [1] * 9), about())


@given(st.lists(st.tuples(st.integers(1, 2000), st.integers(0, 1)), min_size=LEAST, max_size=120))
def test_steps_lie_on_the_exact_curve_and_hold_enough_events(patients):
    time, event = zip(*patients, strict=True)
    exact = result(time, event)
    released = released_groups(exact, about())
    (made,), (known,) = released.groups, exact.groups
    curve = made.curve
    assert all(int(n) >= CELL for n in curve.n_event[:-1])
    assert int(curve.n_event[-1]) == 0 or int(curve.n_event[-1]) >= CELL
    for height in curve.survival:
        assert height == 1.0 or np.isclose(known.curve.survival, height).any()
    tenths = 10 * curve.time / MONTH
    assert tenths == pytest.approx(np.round(tenths))
    # At risk, then gone: the table is one of patients still.
    gone = np.cumsum(curve.n_event + curve.n_censor)
    assert (curve.n_risk[1:] == curve.n - gone[:-1]).all()
    table = released.risk_table(np.array([0.0, 500.0, 1000.0]))
    assert (table.at_risk + table.censored + table.events == len(patients)).all()
    for shown, free in ((made.median, known.median), (made.follow_up, known.follow_up)):
        for name in ("value", "lower", "upper"):
            of, true = getattr(shown, name), getattr(free, name)
            assert np.isnan(of) == np.isnan(true)
            assert np.isnan(of) or abs(of - true) <= 0.0501 * MONTH
