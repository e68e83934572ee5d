"""Parts of the search: dice, arithmetic, windows and the counts under its energies."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from data.reconstruction.soramic import statistics
from data.reconstruction.soramic.arithmetic import exponential, natural_log
from data.reconstruction.soramic.association import unrelated
from data.reconstruction.soramic.comparisons import DAYS, read_comparisons
from data.reconstruction.soramic.cox import one_covariate, two_covariates
from data.reconstruction.soramic.dice import below, new_dice, shuffled
from data.reconstruction.soramic.lifetable import curves_off, log_rank_z, one_of, steps
from data.reconstruction.soramic.targets import read_targets
from data.reconstruction.soramic.values_kernel import normal_quantile_as_t, twice_median
from data.reconstruction.soramic.windows import cut_and_rounded, rounded, significant, z_of_p

TARGETS = read_targets()


def test_the_dice_are_splitmix64():
    """The first numbers of the generator with seed 0, as its authors' reference code gives."""
    reference = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F)
    dice = new_dice(0)
    assert [below(dice, 2**31 - 1) for _ in reference] == [
        (number >> 33) % (2**31 - 1) for number in reference
    ]


def test_a_shuffle_keeps_everybody():
    assert sorted(shuffled(new_dice(7), range(50))) == list(range(50))
    assert shuffled(new_dice(7), range(50)) != list(range(50))


@pytest.mark.parametrize("x", [1e-6, 0.3, 0.5, 0.7071, 1.0, 1.4143, 2.0, 6.4, 1e5])
def test_the_logarithm(x):
    assert natural_log(x) == pytest.approx(math.log(x), abs=1e-12)


@pytest.mark.parametrize("x", [-3.0, -1.5, -1e-9, 0.0, 0.5, 1.5, 3.0])
def test_the_exponential(x):
    assert exponential(x) == pytest.approx(math.exp(x), rel=1e-11)


@pytest.mark.parametrize(
    ("window", "lowest", "highest"),
    [
        (rounded("14.3"), 14.25, 14.35),
        (cut_and_rounded("0.022"), 0.022, 0.0225),
        (significant("1"), 0.995, 1.05),
        (significant("2"), 1.95, 2.05),
        (significant("0.8"), 0.795, 0.805),
        (significant("1.02"), 1.015, 1.025),
        (significant("0.061"), 0.0605, 0.0615),
        (significant("0.1"), 0.0995, 0.105),
    ],
)
def test_windows_lie_just_inside_what_prints_so(window, lowest, highest):
    width = highest - lowest
    assert lowest < window[0] < lowest + 0.01 * width
    assert highest - 0.01 * width < window[1] < highest


def test_the_deviate_of_a_p():
    low, high = z_of_p("0.022", rounded)
    assert 2 * stats.norm.sf(high) == pytest.approx(0.0215, abs=1e-5)
    assert 2 * stats.norm.sf(low) == pytest.approx(0.0225, abs=1e-5)
    assert 2 * stats.norm.sf(z_of_p("<0.001", rounded)[0]) < 0.001


def test_unrelated_is_what_both_tests_say():
    lowest, highest = unrelated(177, 76, 48, 0.06)
    for count, fits in ((lowest - 1, False), (lowest, True), (highest, True), (highest + 1, False)):
        table = [[count, 48 - count], [76 - count, 53 + count]]
        smaller = min(
            stats.chi2_contingency(table, correction=False).pvalue,
            stats.fisher_exact(table).pvalue,
        )
        assert bool(smaller > 0.06) is fits


def test_days_are_rounded_months():
    assert DAYS[[0, 1, 10, 143, 620]].tolist() == [0, 3, 30, 435, 1887]
    assert len(set(DAYS.tolist())) == len(DAYS)


def test_everything_printed_of_the_curves_is_aimed_at():
    printed = read_comparisons(TARGETS)
    # OS, PFS and PPS have three curves with limits, TTP and hepatic PFS two; two medians by
    # disease control; every number has two bounds.
    per_comparison = np.diff(printed.starts).tolist()
    assert per_comparison == [18, 18, 12, 12, 18, 4, 0]
    first = printed.bounds[printed.starts[0] : printed.starts[1]]
    assert [143, 2, 0, 0] in first.tolist()
    assert [142, 2, 0, 1] in first.tolist()


def tables(time, event, group):
    counts = np.zeros(40, dtype=np.int64)
    for patient in zip(time, group, event, strict=True):
        counts[patient[0]] += one_of(patient[1], patient[2])
    sizes = np.bincount(group, minlength=2)
    n = len(time)
    work = np.zeros(n, dtype=np.int64), np.zeros((n, 2)), np.zeros((n, 2))
    return steps(counts, sizes, *work), work


COHORT = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 1), st.integers(0, 1)), min_size=12, max_size=60
)


@settings(deadline=None, max_examples=60)
@given(COHORT)
def test_counts_give_the_same_as_patients(patients):
    """Log-rank test, medians and Cox model of the search against the evaluator's."""
    time, event, group = (np.array(column) for column in zip(*patients, strict=True))
    if min(event[group == 1].sum(), event[group == 0].sum()) < 3:
        return
    found, (times, at_risk, died) = tables(time, event, group)
    z = log_rank_z(found, at_risk, died)
    assert 2 * stats.norm.sf(abs(z)) == pytest.approx(
        statistics.log_rank_p(time, event, group), abs=1e-9
    )
    limits = statistics.median_with_limits(time, event)
    for limit, value in zip((0, -1, 1), limits, strict=True):
        if not math.isnan(value) and value == int(value) and value in times[:found]:
            at = int(value)
            exact = np.array([[at - 1, 2, limit, 1], [at, 2, limit, 0]])
            later = np.array([[at, 2, limit, 1]])
            assert curves_off(found, times, at_risk, died, exact) < 0.004
            assert curves_off(found, times, at_risk, died, later) > 0
    if abs(z) < 2:
        beta, error = statistics.cox(time, event, group[:, None].astype(float))
        ratio, spread = one_covariate(found, at_risk, died, 0.3)
        assert ratio == pytest.approx(beta[0], abs=1e-9)
        # The search's error is that of the step before the last, which is below a millionth.
        assert spread == pytest.approx(error[0], abs=2e-6)


def test_two_covariates_agree_with_patients():
    rng = np.random.default_rng(5)
    time, event = rng.integers(1, 30, 90), rng.integers(0, 2, 90)
    first, second = rng.integers(0, 2, 90), rng.integers(0, 2, 90)
    at_risk, died = np.zeros((90, 4)), np.zeros((90, 4))
    at = np.unique(time[event == 1])
    for step, t in enumerate(at):
        at_risk[step] = np.bincount((first + 2 * second)[time >= t], minlength=4)
        died[step] = np.bincount((first + 2 * second)[(time == t) & (event == 1)], minlength=4)
    result = np.zeros(4)
    two_covariates(len(at), at_risk, died, result)
    beta, error = statistics.cox(time, event, np.stack([first, second], axis=1).astype(float))
    assert result == pytest.approx([*beta, *error], abs=1e-7)


def test_counts_of_a_hand_case():
    """Group 0: event at 3, censored at 5; group 1: two events at 3, one at 8, censored at 4."""
    found, (times, at_risk, died) = tables(
        np.array([3, 5, 3, 3, 8, 4]), np.array([1, 0, 1, 1, 1, 0]), np.array([0, 0, 1, 1, 1, 1])
    )
    assert times[:found].tolist() == [3, 8]
    assert at_risk[:found].tolist() == [[2, 4], [0, 1]]
    assert died[:found].tolist() == [[1, 2], [0, 1]]


def test_the_middle_of_a_histogram():
    counts = np.bincount([3, 4, 4, 9])
    assert twice_median(counts, 4) == 8
    assert twice_median(np.bincount([3, 4, 9]), 3) == 8
    assert twice_median(np.bincount([3, 9]), 2) == 12


@pytest.mark.parametrize("df", [55.0, 120.0, 174.0])
def test_a_normal_quantile_as_one_of_t(df):
    for p in (0.59, 0.165, 0.065):
        assert normal_quantile_as_t(stats.norm.isf(p / 2), df) == pytest.approx(
            stats.t.isf(p / 2, df), abs=1e-6
        )
