"""Numbers in cells, links and labels."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checking.numerals import plain, read_number, read_range


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-0", 0), ("+3", 3), ("1e3", 1000), ("2.50", 2.5), (".5", 0.5), ("7.", 7)],
)
def test_numbers(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "nan", "NaN", "inf", "-inf", "1e999", "1,5", "1_000", "0x10", "NA", "12 ", "٣", "True"],
)
def test_what_is_no_number(text):
    assert math.isnan(read_number(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60..75", (60, 75)),
        ("-1.5..2", (-1.5, 2)),
        ("9..1", (9, 1)),
        ("60", None),
        ("60..", None),
        ("1..2..3", None),
        ("1e3..2e3", None),
        ("1..2\n", None),
        ("١..٢", None),
    ],
)
def test_ranges(text, expected):
    assert read_range(text) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(deadline=None)
def test_a_plain_number_reads_back(number):
    text = plain(number)
    assert float(text) == number
    assert "e" not in text
    assert text != "-0"
    assert read_range(f"{text}..{text}") == (number, number)
