"""Checks and limits that all intervals share."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.confidence import (
    check_confidence,
    check_level,
    greenwood_terms,
    survival_limits,
    two_sided_quantile,
)


def test_quantile_by_level():
    assert_allclose(two_sided_quantile(0.95), 1.959963984540054)


def test_greenwood_has_no_term_where_all_have_the_event():
    assert_allclose(greenwood_terms(np.array([4, 2]), np.array([1, 2])), [1 / 12, 0])


def test_limits_by_hand():
    lower, upper = survival_limits(np.array([0.5]), np.array([0.2]), "plain", 0.95)
    assert_allclose([lower[0], upper[0]], 0.5 + 0.1 * 1.959963984540054 * np.array([-1, 1]))
    lower, upper = survival_limits(np.array([0.5, 0.0]), np.array([0.2, np.inf]), "log", 0.95)
    assert_allclose(lower[0], 0.5 * np.exp(-0.2 * 1.959963984540054))
    assert np.isnan([lower[1], upper[1]]).all()
    lower, _ = survival_limits(np.array([1.0]), np.array([0.0]), "log-log", 0.95)
    assert np.isnan(lower[0])


def test_log_log_limits_next_to_one():
    """The inner exponential overflows; the lower limit is its limit, 0, and nothing warns."""
    for survival in (1 - 1e-4, 1 - 1e-9):
        lower, upper = survival_limits(np.array([survival]), np.array([0.2]), "log-log", 0.95)
        assert lower[0] == 0
        assert_allclose(upper[0], 1)
    lower, _ = survival_limits(np.array([0.99]), np.array([0.01]), "log-log", 0.95)
    by_hand = 0.99 ** np.exp(0.01 * 1.959963984540054 / -np.log(0.99))
    assert_allclose(lower[0], by_hand)


@pytest.mark.parametrize("level", [0, 1, 95, np.nan])
def test_a_level_is_a_fraction(level):
    with pytest.raises(ValueError, match="conf_level must lie between 0 and 1"):
        check_level(level)


def test_scales_are_named():
    with pytest.raises(ValueError, match="one of log, log-log, plain"):
        check_confidence("arcsin", 0.95)
