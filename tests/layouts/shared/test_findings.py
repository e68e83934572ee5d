"""A finding claims no more than its test does."""

from __future__ import annotations

import math

import pytest

from layouts.shared.findings import finding, of_two, shares

PAIR = (("with A", 300.0), ("with B", 150.0))
MEDIANS = ("9.9 months", "4.9 months")


def two(p: float, pair=PAIR, medians=MEDIANS, *, undecided: bool = False, tail: str = "") -> str:
    return of_two("PFS", *pair, medians, p, undecided=undecided, tail=tail)


def test_the_longer_of_two_is_named_first_and_the_unit_said_once():
    assert two(0.01) == "PFS was longer with A: median 9.9 against 4.9 months"
    turned = two(0.01, PAIR[::-1], MEDIANS[::-1], tail="hazard ratio 1.50")
    assert turned == "PFS was longer with A: median 9.9 against 4.9 months; hazard ratio 1.50"


@pytest.mark.parametrize("p", [0.05, 0.2, math.nan])
def test_without_a_small_p_nothing_is_longer(p):
    said = two(p)
    assert said == "no clear difference in PFS: median 9.9 months with A, 4.9 months with B"


def test_what_the_publication_leaves_open_is_left_open():
    said = two(0.01, undecided=True)
    assert said.startswith("the publication does not decide whether PFS differs: median")


def test_a_median_that_is_not_reached_is_the_longer_one():
    pair = (("with A", math.nan), PAIR[1])
    said = two(0.01, pair, ("not reached", MEDIANS[1]))
    assert said == "PFS was longer with A: median not reached against 4.9 months"
    both = (("with A", math.nan), ("with B", math.nan))
    assert two(0.01, both, ("not reached",) * 2).startswith("PFS differed: median not reached")


def test_what_must_be_known_first_stands_first():
    assert finding("os was longer") == "Os was longer"
    assert finding("PFS differed", exploratory=True) == "Exploratory: PFS differed"
    both = finding("PFS differed", exploratory=True, illustrative=True)
    assert both == "Exploratory, illustrative: PFS differed"


def test_shares_have_their_numbers():
    said = shares([("with A", 45, 73), ("with B", 31, 104), ("with C", 0, 0)])
    assert said == "45 of 73 (62 %) with A, 31 of 104 (30 %) with B and 0 of 0 with C"
