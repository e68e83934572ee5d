"""The Weibull curve: right where the truth is known, and quiet where there is no fit."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.event_table import event_table
from analysis.weibull import FEWEST_EVENTS, POINTS, weibull_fit


def quantiles(scale: float, shape: float, n: int) -> np.ndarray:
    """Evenly spaced quantiles of a Weibull distribution: a sample without chance."""
    share = (np.arange(n) + 0.5) / n
    return scale * (-np.log(1 - share)) ** (1 / shape)


@pytest.mark.parametrize(("scale", "shape"), [(300, 1.0), (300, 1.8), (500, 0.7)])
def test_it_finds_the_parameters_of_its_own_kind(scale, shape):
    time = np.round(quantiles(scale, shape, 400))
    fit = weibull_fit(event_table(time, np.ones(400, int)), 0)
    assert fit.reason == ""
    assert fit.scale == pytest.approx(scale, rel=0.02)
    assert fit.shape == pytest.approx(shape, rel=0.03)


def test_with_shape_one_it_is_the_exponential_rate():
    """The score equations at the maximum: events equal the accumulated hazard."""
    rng = np.random.default_rng(7)
    time, event = rng.integers(1, 900, 60), rng.integers(0, 2, 60)
    fit = weibull_fit(event_table(time, event), 0)
    hazard = (time / fit.scale) ** fit.shape
    assert hazard.sum() == pytest.approx(event.sum(), rel=1e-4)


def test_the_curve_starts_at_one_falls_and_ends_with_the_follow_up():
    time = np.array([10, 40, 90, 200, 365])
    fit = weibull_fit(event_table(time, [1, 1, 0, 1, 0]), 0)
    assert len(fit.time) == len(fit.survival) == POINTS
    assert (fit.time[0], fit.time[-1], fit.survival[0]) == (0, 365, 1)
    assert (np.diff(fit.survival) < 0).all()
    assert fit.survival == pytest.approx(np.exp(-((fit.time / fit.scale) ** fit.shape)))


@pytest.mark.parametrize("events", range(FEWEST_EVENTS))
def test_too_few_events_are_not_fitted_and_say_so(events):
    flags = [1] * events + [0] * (5 - events)
    fit = weibull_fit(event_table([1, 2, 3, 4, 5], flags), 0)
    assert fit.reason == "fewer than 3 events"
    assert len(fit.time) == 0
    assert np.isnan(fit.scale)


def test_a_group_without_patients_is_not_fitted():
    table = event_table([5, 6, 7], [1, 1, 1], [0, 0, 0], 2)
    assert weibull_fit(table, 1).reason
    assert not weibull_fit(table, 0).reason


def test_a_group_is_fitted_by_its_own_patients():
    time, event = np.array([5, 9, 30, 44, 60, 75]), np.array([1, 1, 1, 1, 1, 1])
    both = weibull_fit(event_table(time, event, [0, 0, 0, 1, 1, 1]), 1)
    alone = weibull_fit(event_table(time[3:], event[3:]), 0)
    assert both.scale == pytest.approx(alone.scale)
    assert both.shape == pytest.approx(alone.shape)


def test_an_event_on_day_zero_counts_as_half_a_day():
    zero = weibull_fit(event_table([0, 10, 20, 30], [1, 1, 1, 1]), 0)
    half = weibull_fit(event_table([0.5, 10, 20, 30], [1, 1, 1, 1]), 0)
    assert zero.scale == pytest.approx(half.scale)


def test_all_events_on_one_day_give_a_fit_or_a_reason():
    fit = weibull_fit(event_table([30, 30, 30, 30], [1, 1, 1, 1]), 0)
    assert bool(fit.reason) != bool(len(fit.time))
    assert np.isfinite(fit.survival).all()


def test_everybody_on_day_zero_gives_a_fit_or_a_reason():
    fit = weibull_fit(event_table([0, 0, 0, 0], [1, 1, 1, 1]), 0)
    assert bool(fit.reason) != bool(len(fit.time))
    assert np.isfinite(fit.survival).all()
