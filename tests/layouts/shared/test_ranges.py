"""Ranges over data sets in words."""

from __future__ import annotations

import pytest

from analysis.reconstruction_range import Range
from layouts.shared.ranges import NOTHING, Across, across_note, explained
from layouts.shared.words import p_number, percent

RATIO = "{:.2f}".format


def across(low, high, known=20, n=20) -> Across:
    return Across(n, {("x",): Range(low, high, known, n)})


@pytest.mark.parametrize(
    ("found", "shown", "words", "expected"),
    [
        (across(1.08, 1.62), "1.31", RATIO, "1.08–1.62"),
        (across(1.3099, 1.3101), "1.31", RATIO, ""),
        (across(1.08, 1.62, 18), "1.31", RATIO, "1.08–1.62 or NR"),
        (across(1.31, 1.31, 18), "1.31", RATIO, "1.31 or NR"),
        (across(0.51, 0.634), "56 %", percent, "51–63 %"),
        (across(0.56, 0.56, 19), "56 %", percent, "56 % or NR"),
        (across(0.0002, 0.041), "0.012", p_number, "<\u00a00.001–0.041"),
        (across(-0.4, 3.1), "+1.0", "{:+.1f}".format, "-0.4 to +3.1"),
        (NOTHING, "1.31", RATIO, ""),
    ],
)
def test_a_range_beside_its_number(found, shown, words, expected):
    assert found.words(("x",), shown, words, "NR") == expected


def test_the_small_line_is_safe_html():
    found = across(0.0002, 0.041).html(("x",), "0.012", p_number)
    assert found == '<span class="across"><span class="whole">[&lt;\u00a00.001–0.041]</span></span>'
    assert NOTHING.html(("x",), "0.012", p_number) == ""


def test_a_line_breaks_before_what_a_data_set_without_the_number_says():
    found = across(0.0002, 0.041, 18).html(("x",), "0.012", p_number, "no test")
    assert " or no test]</span>" in found
    assert 'class="whole">[&lt;\u00a00.001–0.041</span>' in found


def test_the_note_stands_only_beside_ranges():
    assert "20 data sets that fit the paper equally well" in across_note(across(1, 2))
    assert across_note(NOTHING) == ""
    assert across_note(Across(20, {})) == ""


def test_a_range_within_a_sentence_is_explained_and_what_is_open_comes_first():
    found = Across(20, {("p",): Range(0.001, 0.975, 20, 20)})
    said = f"Log-rank p = 0.001{found.bracket(('p',), '0.001', p_number)}."
    assert said == "Log-rank p = 0.001 [0.001–0.975]."
    assert explained(found, said, ("whether p is below 0.05", ("p",), 0.05)) == (
        f"The publication does not decide whether p is below 0.05. {said} "
        "In brackets: range across 20 data sets that fit the paper as well."
    )
    assert explained(found, "No range.", ("whether p is below 0.05", ("p",), 0.05)) == "No range."


@pytest.mark.parametrize(
    ("low", "high", "null", "open_"),
    [(0.8, 1.4, 1, True), (1.1, 1.4, 1, False), (0.06, 0.5, 0.05, False), (0.04, 0.05, 0.05, True)],
)
def test_what_the_publication_leaves_open(low, high, null, open_):
    assert across(low, high).open_on(("x",), null) is open_
