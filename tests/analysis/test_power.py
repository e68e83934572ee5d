"""Power against printed worked examples of Schoenfeld's and Peterson and George's formulas."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.power import (
    detectable_ratio,
    events_needed,
    information_of_events,
    information_of_interaction,
    power_of_ratio,
)


def test_events_are_those_of_the_vignette_of_gsdesign():
    # "Overview of survival endpoint design" of R's gsDesign: hazard ratio 0.7, one-sided 0.025,
    # power 0.9, equal arms: 331 events.
    assert events_needed(0.7, 0.5, power=0.9) == 331
    assert power_of_ratio(information_of_events(331, 0.5), 0.7) == pytest.approx(0.9, abs=1e-3)


def test_events_are_those_of_a_published_trial():
    # Sorafenib after chemoembolisation (Eur J Cancer 2011;47:2117): ratio 1.5, two-sided 0.05,
    # power 95 %: 318 events, of which an O'Brien-Fleming look takes about two.
    assert 314 <= events_needed(1.5, 0.5, power=0.95) <= 318


def test_an_interaction_as_large_as_the_effect_has_29_per_cent():
    # Brookes et al. 2004 (J Clin Epidemiol 57:229): 80 % power for the effect, 29 % for an equal
    # interaction, and four times the patients for the same power.
    events = events_needed(0.7)
    of_effect = information_of_events(events, 0.5)
    of_interaction = information_of_interaction([events / 4] * 4)
    assert of_effect / of_interaction == pytest.approx(4)
    assert power_of_ratio(of_interaction, 0.7) == pytest.approx(0.29, abs=0.005)


@given(st.integers(10, 5000), st.floats(0.1, 0.9))
def test_the_detectable_ratio_has_its_power_and_needs_its_events(events, share):
    information = information_of_events(events, share)
    ratio = detectable_ratio(information)
    assert 0 < ratio < 1
    assert power_of_ratio(information, ratio) == pytest.approx(0.8)
    assert power_of_ratio(information, 1 / ratio) == pytest.approx(0.8)
    assert events_needed(ratio, share) == events


def test_nothing_is_found_without_events():
    assert math.isnan(detectable_ratio(0))
    assert math.isnan(power_of_ratio(0, 0.7))
    assert information_of_interaction((3, 0, 4, 5)) == 0
    with pytest.raises(ValueError, match="ratio"):
        events_needed(1)
