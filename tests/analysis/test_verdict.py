"""Whether a number is the printed one: hand-worked prints, and what must hold for any number."""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.verdict import (
    DIFFERS,
    EXACT,
    ROUNDED_OR_TRUNCATED,
    TWO_SIGNIFICANT_DIGITS,
    WITHIN,
    Tolerance,
    read_printed,
    verdict,
)

NAN = math.nan


@pytest.mark.parametrize(
    ("printed", "value", "expected"),
    [
        ("34", 34, EXACT),
        ("34", 33, DIFFERS),
        ("5.9", 100 * 2 / 34, EXACT),  # 5.882
        ("5.8", 100 * 2 / 34, DIFFERS),
        # Half up and half to even are both in use: 12.5 is printed 13 or 12.
        ("13", 12.5, EXACT),
        ("12", 12.5, EXACT),
        ("11", 12.5, DIFFERS),
        ("14", 13.5, EXACT),
        ("13", 13.5, DIFFERS),  # even is 14, and up is 14
        # A zero at the end is a digit.
        ("9.0", 8.96, EXACT),
        ("9.0", 9.06, DIFFERS),
        ("9", 9.06, EXACT),
        ("-3", -2.7, EXACT),
        ("−3", -2.7, EXACT),
        ("0.02*", 0.0206, EXACT),
        ("-1", 1.0, DIFFERS),
    ],
)
def test_rounded(printed, value, expected):
    assert verdict(printed, value) == expected


@pytest.mark.parametrize(
    ("printed", "value", "expected"),
    [
        ("87.5", 100 * 155 / 177, EXACT),  # 87.571: cut off
        ("87.6", 100 * 155 / 177, EXACT),  # rounded
        ("87.4", 100 * 155 / 177, DIFFERS),
        ("72.9", 72.7914, DIFFERS),  # 72.8 rounded, 72.7 cut off
        ("0.038", 0.0387, EXACT),
        ("-1.2", -1.29, EXACT),
    ],
)
def test_rounded_or_truncated(printed, value, expected):
    assert verdict(printed, value, ROUNDED_OR_TRUNCATED) == expected


def test_cut_off_only_where_that_is_the_way_of_printing():
    assert verdict("0.038", 0.0387) == DIFFERS


@pytest.mark.parametrize(
    ("printed", "value", "expected"),
    [
        ("1", 1.049, EXACT),  # signif(1.049, 2) is 1
        ("1.0", 1.049, EXACT),
        ("1", 1.051, DIFFERS),  # 1.1
        ("1.4", 1.4367, EXACT),
        ("0.074", 0.0744, EXACT),
        ("0.07", 0.0744, DIFFERS),
        ("2", 1.97, EXACT),  # 2.0
        ("2", 1.94, DIFFERS),
        ("13", 13.4, EXACT),
        ("1.02", 1.0461, DIFFERS),  # a third digit cannot come from two
        ("0", 0.0, EXACT),
    ],
)
def test_two_significant_digits(printed, value, expected):
    assert verdict(printed, value, TWO_SIGNIFICANT_DIGITS) == expected


@pytest.mark.parametrize(
    ("printed", "value", "expected"),
    [
        ("<0.001", 0.0009, EXACT),
        ("<0.001", 0.001, DIFFERS),
        ("< 0.001", 0.0001, EXACT),
        ("<=0.001", 0.001, EXACT),
        ("≤0.001", 0.0011, DIFFERS),
        (">0.05", 0.06, EXACT),
        (">0.05", 0.05, DIFFERS),
        (">=0.05", 0.05, EXACT),
        ("≥0.05", 0.04, DIFFERS),
    ],
)
def test_bounds(printed, value, expected):
    assert verdict(printed, value) == expected


def test_a_bound_has_no_tolerance():
    assert verdict("<0.001", 0.0011, tolerance=Tolerance(1)) == DIFFERS


@pytest.mark.parametrize("printed", ["NA", "", " "])
def test_what_was_not_reached_must_not_be_reached(printed):
    assert verdict(printed, NAN) == EXACT
    assert verdict(printed, 12.0) == DIFFERS


@pytest.mark.parametrize("value", [NAN, math.inf, -math.inf])
def test_a_number_is_not_met_by_none(value):
    assert verdict("12.3", value, tolerance=Tolerance(1000)) == DIFFERS


@pytest.mark.parametrize(
    ("value", "tolerance", "expected"),
    [
        (10.7, Tolerance(0.7), WITHIN),
        (10.71, Tolerance(0.7), DIFFERS),
        (9.3, Tolerance(0.7), WITHIN),
        # 10.0 + 0.7 is 10.700000000000001 in some orders of addition: noise does not decide.
        (10.0 + 0.1 + 0.2 + 0.4, Tolerance(0.7), WITHIN),
        (11.0, Tolerance(0.7, 0.1), WITHIN),
        (11.1, Tolerance(0.7, 0.1), DIFFERS),
        (10.01, Tolerance(0.7), EXACT),
        (10.7, None, DIFFERS),
    ],
)
def test_tolerance(value, tolerance, expected):
    assert verdict("10.0", value, tolerance=tolerance) == expected


@pytest.mark.parametrize(
    ("printed", "value", "expected"),
    [
        ("0.041", 0.049, WITHIN),
        # Near in the distance, and more than five times as large; half as large again.
        ("0.002", 0.011, DIFFERS),
        ("0.013", 0.0317, DIFFERS),
        ("0.020", 0.030, WITHIN),
        ("0.041", 0.051, DIFFERS),
        ("0.049", 0.050, DIFFERS),
        ("0.051", 0.049, DIFFERS),
        ("0.051", 0.053, WITHIN),
        # What rounds to print is print, whatever the side.
        ("0.050", 0.0499, EXACT),
    ],
)
def test_near_means_on_the_same_side_of_five_per_cent(printed, value, expected):
    assert verdict(printed, value, tolerance=Tolerance(0.02), same_side=True) == expected


def test_noise_of_arithmetic_does_not_decide():
    # 0.285 in binary is a little less; by hand it is a half that goes up or to even.
    assert verdict("0.29", 0.285) == EXACT
    assert verdict("28.5", 100 * 0.285) == EXACT
    assert verdict("2.68", 2.675) == EXACT


@pytest.mark.parametrize("text", ["many", "1.2.3", "0.0l", "1,5", "<", "5 %"])
def test_a_text_that_is_no_number_is_refused(text):
    assert read_printed(text) is None
    with pytest.raises(ValueError, match="neither a number nor a bound"):
        verdict(text, 1.0)


def test_an_unknown_way_of_printing_is_refused():
    with pytest.raises(ValueError, match="is not one of rounded"):
        verdict("1", 1.0, "cut")


def test_a_print_is_read_with_its_digits():
    found = read_printed("≤ 0.050*")
    assert (found.relation, found.number, found.decimals) == ("<=", Decimal("0.050"), 3)


numbers = st.floats(-1e6, 1e6, allow_nan=False)


@given(numbers, st.integers(0, 6), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_what_was_printed_by_rounding_is_exact(value, decimals, mode):
    printed = str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=mode))
    assert verdict(format(Decimal(printed), "f"), value) == EXACT


@given(numbers, st.integers(0, 6))
def test_what_was_printed_by_cutting_off_is_exact(value, decimals):
    step = Decimal(1).scaleb(-decimals)
    printed = Decimal(repr(value)).quantize(step, rounding=ROUND_DOWN)
    assert verdict(format(printed, "f"), value, ROUNDED_OR_TRUNCATED) == EXACT


@given(numbers, st.integers(0, 4), st.floats(0.51, 1000))
def test_more_than_half_a_digit_away_is_not_exact(value, decimals, steps):
    printed = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    far = float(printed) + steps * 10.0**-decimals
    assert verdict(format(printed, "f"), far) == DIFFERS


@given(st.floats(1e-4, 1e4), st.floats(0, 10), st.floats(0, 10))
def test_a_wider_tolerance_never_makes_it_worse(value, narrow, more):
    rank = [EXACT, WITHIN, DIFFERS]
    first, second = (
        verdict("3.0", value, tolerance=Tolerance(width)) for width in (narrow, narrow + more)
    )
    assert rank.index(second) <= rank.index(first)
