"""Censored patients are marked where single marks are seen."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.event_table import time_axis
from analysis.survival_groups import survival_by_group
from layouts.charts.censored import MOST_MARKS, NOT_MARKED, with_marks_that_are_seen
from layouts.charts.curve_options import CurveOptions


def result_of(days: int):
    """One patient with the event on each day, and one censored."""
    time = np.arange(2 * days) // 2
    event = np.arange(2 * days) % 2
    return survival_by_group(time_axis(time), event, None, ("All",), np.ones(time.size, bool))


@pytest.mark.parametrize("show", [("band", "censored"), ("band",)])
def test_few_are_marked(show):
    options = CurveOptions(show=show)
    assert with_marks_that_are_seen(result_of(MOST_MARKS), options) == (options, "")


def test_many_are_not_and_it_is_said():
    found, said = with_marks_that_are_seen(result_of(MOST_MARKS + 1), CurveOptions())
    assert found.show == ("band", "median", "risk")
    assert NOT_MARKED in said


def test_nothing_is_said_of_marks_that_nobody_wants():
    options = CurveOptions(show=("band",))
    assert with_marks_that_are_seen(result_of(3 * MOST_MARKS), options) == (options, "")
