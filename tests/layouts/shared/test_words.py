"""Digits, dashes and words of single numbers."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.shared.words import (
    DAYS_PER,
    NOT_REACHED,
    capitalised,
    correlation,
    counted,
    events,
    foremost,
    listed,
    minus,
    p_value,
    patients,
    percent,
    percent_interval,
    span,
    time_interval,
    time_value,
    within,
)

NAN, INF = math.nan, math.inf
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0281, "p = 0.028"),
        (0.5, "p = 0.500"),
        (1.0, "p = 1.000"),
        (0.001, "p = 0.001"),
        (0.00099999, "p < 0.001"),
        (0.0, "p < 0.001"),
    ],
)
def test_a_p_value_is_never_zero_and_never_breaks_over_a_line(p, words):
    assert p_value(p) == words.replace(" ", NBSP)


def test_a_p_value_can_have_a_name():
    assert p_value(0.04, "adjusted p") == f"adjusted p{NBSP}={NBSP}0.040"


@pytest.mark.parametrize("p", [NAN, INF])
def test_no_test_is_said_in_words(p):
    assert p_value(p) == "no test possible"


@pytest.mark.parametrize(
    ("days", "unit", "decimals", "words"),
    [
        (30.4375, "months", 1, "1.0"),
        (308.94, "months", 2, "10.15"),
        (412, "days", 1, "412"),
        (412.5, "days", 1, "412.5"),
        (730.5, "years", 1, "2.00"),
        (0, "months", 1, "0.0"),
        (NAN, "months", 1, NOT_REACHED),
        (INF, "days", 1, NOT_REACHED),
    ],
)
def test_a_time_in_the_unit_of_the_reader(days, unit, decimals, words):
    assert time_value(days, unit, decimals) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (180, 455, "5.9–14.9"),
        (180, NAN, "5.9–NR"),
        (NAN, 455, "NR–14.9"),
        (NAN, NAN, "–"),
    ],
)
def test_an_interval_has_an_en_dash_and_says_what_is_not_reached(low, high, words):
    assert time_interval(low, high, "months", 1) == words


@pytest.mark.parametrize(
    ("share", "words"), [(0.441, "44 %"), (0, "0 %"), (1, "100 %"), (NAN, "–"), (0.005, "0 %")]
)
def test_a_share_in_percent(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0.302, 0.644, "30–64"), (NAN, 0.5, "–"), (0.5, NAN, "–")]
)
def test_an_interval_in_percent(low, high, words):
    assert percent_interval(low, high) == words


def test_counts_agree_with_their_noun():
    assert (patients(1), patients(0), patients(34)) == ("1 patient", "0 patients", "34 patients")
    assert (events(1), events(33)) == ("1 event", "33 events")


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")]
)
def test_a_list_in_words(items, words):
    assert listed(items) == words


@given(st.floats(0, 36525), st.sampled_from(sorted(DAYS_PER)), st.integers(0, 3))
def test_a_printed_time_is_the_time_at_its_digits(days, unit, decimals):
    words = time_value(days, unit, decimals)
    digits = len(words.partition(".")[2])
    assert abs(float(words) - days / DAYS_PER[unit]) <= 0.5 * 10**-digits * (1 + 1e-9)


def test_a_correlation_keeps_its_number():
    assert correlation("ρ", -0.123) == "ρ\u00a0=\u00a0−0.12"
    assert correlation("ρ", float("nan")) == "ρ\u00a0=\u00a0–"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Normal liver, mean dose", "normal liver, mean dose"),
        ("MAA uptake", "MAA uptake"),
        ("5-FU", "5-FU"),
        ("Child–Pugh B", "Child–Pugh B"),
        ("T/N ratio", "T/N ratio"),
        ("B", "B"),
        ("", ""),
    ],
)
def test_a_label_within_a_sentence_loses_its_capital_only_where_the_study_says_so(label, words):
    assert within(label, SimpleNamespace(sentence_case=True)) == words
    assert within(label, SimpleNamespace(sentence_case=False)) == label


@pytest.mark.parametrize(
    ("text", "words"),
    [("tumours", "Tumours"), ("mTOR inhibitors", "mTOR inhibitors"), ("HCC", "HCC"), ("", "")],
)
def test_a_label_at_the_beginning_of_a_sentence(text, words):
    assert capitalised(text) == words


@pytest.mark.parametrize(
    ("n", "words"), [(0, "0 factors"), (1, "1 factor"), (2, "2 factors"), (21, "21 factors")]
)
def test_one_is_singular(n, words):
    assert counted(n, "factor") == words


def test_a_plural_of_its_own():
    assert (counted(1, "entry", "entries"), counted(3, "entry", "entries")) == (
        "1 entry",
        "3 entries",
    )


@pytest.mark.parametrize(
    ("text", "words"), [("-3.2", "−3.2"), ("3.2", "3.2"), ("-0.00", "0.00"), ("0", "0")]
)
def test_a_minus_sign_is_one(text, words):
    assert minus(text) == words


def test_a_range_with_a_sign_has_no_dash():
    assert span("60", "73") == "60–73"
    assert span("−8", "−3") == "−8 to −3"
    assert span("−8", "3") == "−8 to 3"


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([4, 3, 3], [0, 1, 2]),
        ([4, 3, 3, 2], [0, 1, 2]),
        ([4, 3, 3, 3, 1], [0]),
        ([1, 1, 1, 1], []),
        ([1, 5, 2, 3], [1, 3, 2]),
        ([], []),
    ],
)
def test_of_a_tie_all_are_named_or_none(values, places):
    assert foremost(values, 3) == places


@given(st.lists(st.integers(0, 5)), st.integers(1, 5))
def test_nothing_left_out_is_as_large_as_what_is_named(values, most):
    named = foremost(values, most)
    assert len(named) <= most
    left = [value for i, value in enumerate(values) if i not in named]
    assert all(values[i] > max(left, default=-1) for i in named)


def test_equal_limits_are_limits():
    """One patient: R gives 19.15 to 19.15 months and 100 to 100 %."""
    assert time_interval(583.0, 583.0, "months") == "19.2–19.2"
    assert percent_interval(1.0, 1.0) == "100–100"
    assert percent_interval(0.0, 0.0) == "0–0"
    # Alike only after rounding.
    assert percent_interval(0.996, 1.0) == "100–100"
    assert time_interval(583.0, math.nan, "months") == "19.2–NR"
