"""Table 1: counts, R's quartiles (type 7), means and standard deviations by group."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.balance import balance_of_levels, balance_of_numbers
from analysis.baseline import bin_edges, summarise_levels, summarise_number

EVERYBODY = np.ones(6, bool)
FIRST = np.array([True, True, True, False, False, False])


def test_levels_with_missing_in_their_own_count():
    made = summarise_levels(np.array([0, 1, -1, 1, 1, -1]), 3, [EVERYBODY, FIRST, ~FIRST])
    assert made.counts.tolist() == [[1, 3, 0], [1, 1, 0], [0, 2, 0]]
    assert made.missing.tolist() == [2, 1, 1]
    assert made.n.tolist() == [6, 3, 3]


def test_numbers_as_r_gives_them():
    """``quantile(c(1, 2, 4, 8, 9))`` is 1 2 4 8 9 and ``quantile(1:4)`` 1 1.75 2.5 3.25 4."""
    made = summarise_number(np.array([1, 2, 4, 8, 9, np.nan]), [EVERYBODY], np.array([0, 5, 10]))
    read = (made.smallest, made.lower_quartile, made.median, made.upper_quartile, made.largest)
    assert [one[0] for one in read] == [1, 2, 4, 8, 9]
    assert made.mean[0] == pytest.approx(4.8)
    assert made.sd[0] == pytest.approx(3.563706)
    assert (made.n[0], made.missing[0]) == (5, 1)
    assert made.histogram.tolist() == [[3, 2]]
    four = summarise_number(np.arange(1.0, 5), [np.ones(4, bool)], np.array([0, 5]))
    assert (four.lower_quartile[0], four.median[0], four.upper_quartile[0]) == (1.75, 2.5, 3.25)


def test_nobody_and_one_patient():
    values = np.arange(6.0)
    one = np.arange(6) == 2
    made = summarise_number(values, [np.zeros(6, bool), one], np.array([0.0, 6]))
    assert made.n.tolist() == [0, 1]
    assert np.isnan(made.median[0])
    assert made.median[1] == made.mean[1] == 2
    assert np.isnan(made.sd).all()
    assert np.isnan(made.smd)
    levels = summarise_levels(np.zeros(6, int), 1, [np.zeros(6, bool)])
    assert levels.n.tolist() == [0]


def test_the_difference_is_that_of_the_comparison_page():
    values = np.array([1.0, 4, 2, 8, 6, 7])
    arm = np.where(FIRST, 0, 1)
    groups = [EVERYBODY, FIRST, ~FIRST]
    made = summarise_number(values, groups, bin_edges(values))
    assert made.smd == pytest.approx(abs(balance_of_numbers(values, arm).smd))
    # Means 7/3 and 7, variances 7/3 and 1: 4.6667 / sqrt(1.6667).
    assert made.smd == pytest.approx((14 / 3) / np.sqrt(5 / 3))
    codes = np.array([0, 1, 1, 0, 0, 1])
    levels = summarise_levels(codes, 2, groups)
    assert levels.smd == pytest.approx(abs(balance_of_levels(codes, 2, arm).smd))


def test_a_patient_in_no_arm_is_no_part_of_the_difference():
    values = np.array([1.0, 4, 2, 8, 6, 7])
    second = np.array([False, False, False, True, True, False])
    made = summarise_number(values, [EVERYBODY, FIRST, second], bin_edges(values))
    used = FIRST | second
    both = balance_of_numbers(values[used], second[used].astype(int))
    assert made.smd == pytest.approx(abs(both.smd))


@pytest.mark.parametrize(
    ("values", "edges"),
    [([], [0, 1]), ([np.nan], [0, 1]), ([3.0], [2.5, 3.5]), ([0, 12.0], list(range(13)))],
)
def test_bins(values, edges):
    assert bin_edges(np.array(values, float)).tolist() == edges


@given(st.lists(st.integers(-1, 3), min_size=1, max_size=30), st.data())
def test_counts_add_up(codes, data):
    codes = np.array(codes)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(codes), max_size=len(codes))))
    made = summarise_levels(codes, 4, [mask])
    assert made.counts.sum() + made.missing[0] == made.n[0] == mask.sum()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.baseline._MANY_PATIENTS", 0)
        many = summarise_levels(codes, 4, [mask])
    assert (many.counts.tolist(), many.missing.tolist()) == (
        made.counts.tolist(),
        made.missing.tolist(),
    )


@given(st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=1, max_size=30))
def test_the_quartiles_are_in_order_and_everybody_is_drawn(values):
    values = np.array(values)
    made = summarise_number(values, [np.ones(len(values), bool)], bin_edges(values))
    assert made.n[0] + made.missing[0] == len(values)
    assert made.histogram.sum() == made.n[0]
    if made.n[0]:
        read = (made.smallest, made.lower_quartile, made.median, made.upper_quartile, made.largest)
        assert all(np.diff([one[0] for one in read]) >= 0)
