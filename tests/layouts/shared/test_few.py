"""A count that may not be printed."""

from __future__ import annotations

import math

from layouts.shared.few import Few, in_link, whole
from layouts.shared.words import counted, percent


def test_it_reads_as_what_it_is_less_than():
    few = Few(5)
    assert str(few) == f"{few}" == f"{few:.0f}" == "< 5"
    assert counted(few, "patient") == "< 5 patients"
    assert (few.cell, in_link(few), in_link(7)) == ("<5", "<5", 7)


def test_nothing_can_be_computed_from_it():
    few = Few(5)
    assert str(few + 3) == str(3 + few) == str(20 - few) == "< 5"
    assert str(sum([few, 2, 9])) == "< 5"
    assert math.isnan(few / 20)
    assert percent(few / 20) == "–"
    assert not few
    assert not few < 5


def test_a_whole_count_stays_one():
    few = Few(10)
    assert whole(few) is few
    assert whole(7.0) == 7
