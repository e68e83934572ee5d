"""Response by arm: the published counts, and arms or levels that cannot be compared."""

import numpy as np
from numpy.testing import assert_allclose

from analysis.fisher import fisher_exact
from analysis.odds_ratio import odds_ratio
from analysis.response import compare_shares, response_by_level

# 45 of 73 against 31 of 104.
ARM = np.repeat([0, 1], [73, 104])
YES = np.concatenate([np.arange(73) < 45, np.arange(104) < 31])


def test_published_rates():
    found = compare_shares(YES, ARM, 2, 1)
    assert [f"{100 * rate.value:.1f}" for rate in found.rates] == ["61.6", "29.8"]
    assert_allclose(found.difference.value, 45 / 73 - 31 / 104)
    table = [[45, 28], [31, 73]]
    assert_allclose(found.ratio.value, odds_ratio(table).value)
    assert_allclose(found.fisher.p_value, fisher_exact(table).p_value)
    assert "without continuity" in found.chi_square.method


def test_the_reference_turns_the_difference():
    other = compare_shares(YES, ARM, 2, 0)
    assert_allclose(other.difference.value, 31 / 104 - 45 / 73)
    assert_allclose(other.ratio.value, 1 / compare_shares(YES, ARM, 2, 1).ratio.value)


def test_one_arm_is_described_and_not_compared():
    found = compare_shares(YES[:73], ARM[:73], 2, 1)
    assert (found.rates[0].events, found.rates[1].n) == (45, 0)
    assert found.difference is found.ratio is found.fisher is None
    assert compare_shares(YES[:73], ARM[:73], 1, None).difference is None


def test_levels_against_the_first_and_arms_within():
    codes = np.concatenate([np.arange(73) % 2, np.arange(104) % 2])
    found = response_by_level(YES, codes, 3, ARM, 2, 1)
    first, second, empty = found.levels
    assert first.against_first is None
    assert (empty.rate.n, empty.against_first, empty.arms) == (0, None, None)
    counts = [
        [second.rate.events, second.rate.n - second.rate.events],
        [first.rate.events, first.rate.n - first.rate.events],
    ]
    assert_allclose(second.against_first.value, odds_ratio(counts).value)
    assert_allclose(found.p_value, fisher_exact(counts).p_value)
    assert [rate.n for rate in second.rates] == [36, 52]


def test_patients_without_a_level_are_left_out():
    codes = np.where(np.arange(177) < 10, -1, 0)
    found = response_by_level(YES, codes, 1, ARM, 2, 1)
    assert found.levels[0].rate.n == 167
    assert np.isnan(found.p_value)
