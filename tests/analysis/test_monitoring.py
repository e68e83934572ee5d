"""Bayesian monitoring against printed boundaries, R, and every sequence of outcomes."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.monitoring import (
    ABOVE,
    BELOW,
    Rule,
    boundary,
    operating,
    possible_paths,
    predictive,
    share_of_orders,
)

DESIGNS = json.loads(Path("tests/golden/monitoring.json").read_text())


def rule_of(design: dict) -> Rule:
    return Rule(
        design["stops"],
        tuple(design["prior"]),
        design["reference"],
        design.get("weight", math.inf),
        design["cut"],
        design["cohort"],
    )


def test_the_boundaries_of_the_tutorial_of_multc_lean():
    # M. D. Anderson Cancer Center, Multc Lean statistical tutorial, pages 25–28: response
    # Beta(0.6, 1.4) against Beta(30, 70), toxicity Beta(0.5, 1.5) against Beta(20, 60), 0.95.
    response = boundary(Rule(BELOW, (0.6, 1.4), 0.3, 100), 29)
    stops = [-1] * 5 + [0] * 6 + [1] * 5 + [2] * 5 + [3] * 5 + [4] * 3
    assert response.events.tolist() == stops
    toxicity = boundary(Rule(ABOVE, (0.5, 1.5), 0.25, 80), 29)
    stops = [2, 3, 3, 3, 4, 4, 5, 5] + [6] * 3 + [7] * 3 + [8] * 3 + [9] * 2
    stops += [10] * 3 + [11] * 3 + [12] * 3 + [13]
    assert toxicity.events.tolist() == stops
    assert Rule(BELOW, (0.6, 1.4), 0.3, 100).probability(0, 6) == pytest.approx(0.9646, abs=5e-5)


def test_the_predictive_probability_of_lee_and_liu():
    # Lee & Liu 2008, section 3: 16 responses in 23 of 40 patients, p0 = 0.60, Beta(0.6, 0.4).
    rule = Rule(ABOVE, (0.6, 0.4), 0.6, cut=0.9)
    assert predictive(rule, 16, 23, 17) == pytest.approx(0.5656, abs=5e-5)


@pytest.mark.parametrize("design", DESIGNS, ids=lambda one: f"{one['stops']}-{one['cohort']}")
def test_probabilities_and_operating_characteristics_of_r(design):
    rule, most = rule_of(design), design["most"]
    limits = boundary(rule, most)
    assert limits.n.tolist() == design["looks"]
    for place, (n, row) in enumerate(zip(design["looks"], design["probability"], strict=True)):
        events = np.arange(n + 1)
        assert rule.probability(events, n) == pytest.approx(row, abs=1e-9)
        stops = np.array(row) > rule.cut
        assert limits.crossed(place, events).tolist() == stops.tolist()
    found = operating(limits, design["rates"])
    assert found.stops == pytest.approx(design["stops_at"], abs=1e-12)
    assert found.early == pytest.approx(design["early"], abs=1e-12)
    assert found.expected == pytest.approx(design["expected"], abs=1e-11)
    assert share_of_orders(limits, 5, most) == pytest.approx(design["orders"], abs=1e-12)


@given(st.integers(0, 20), st.integers(0, 20))
def test_every_path_lies_between_the_lowest_and_the_highest(events, rest):
    n = events + rest
    lowest, highest = possible_paths(events, n)
    assert lowest[0] == highest[0] == 0
    assert lowest[-1] == highest[-1] == events
    assert (lowest <= highest).all()
    assert set(np.diff(lowest)) <= {0, 1}
    assert set(np.diff(highest)) <= {0, 1}


def test_without_patients_nothing_stops():
    limits = boundary(Rule(ABOVE, (1, 1), 0.3), 0)
    assert limits.n.size == 0
    assert operating(limits, [0.5]).expected.tolist() == [0]
    assert share_of_orders(limits, 0, 0) == 0


def test_a_cut_that_nothing_passes_has_no_limit():
    limits = boundary(Rule(BELOW, (1, 1), 0.05, cut=0.99), 10)
    assert not limits.can_stop.any()


@pytest.mark.parametrize(
    "wrong", [{"stops": "x"}, {"prior": (0, 1)}, {"reference": 1.0}, {"cut": 1.0}, {"cohort": 0}]
)
def test_numbers_outside_their_bounds(wrong):
    with pytest.raises(ValueError, match=r"stops|above 0|between 0 and 1"):
        Rule(**({"stops": ABOVE, "prior": (1, 1), "reference": 0.3} | wrong))
