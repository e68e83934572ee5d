"""ICEMAN's rules: every bound of a p-value and of a number, and every level."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.credibility import Answer, Level, by_chance, by_number, level

NO, UNCLEAR, LIKELY, YES = Answer


@pytest.mark.parametrize(
    ("p", "answer"),
    [
        (0.09, NO),
        (0.0501, NO),
        (0.05, UNCLEAR),
        (0.0101, UNCLEAR),
        (0.01, LIKELY),
        (0.0051, LIKELY),
        (0.005, YES),
        (1e-9, YES),
        (math.nan, UNCLEAR),
    ],
)
def test_chance(p, answer):
    assert by_chance(p) is answer


@pytest.mark.parametrize(
    ("tested", "answer"), [(1, LIKELY), (3, LIKELY), (4, UNCLEAR), (10, UNCLEAR), (11, NO)]
)
def test_number(tested, answer):
    assert by_number(tested) is answer


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((NO, UNCLEAR, NO, UNCLEAR, None), Level.VERY_LOW),
        ((UNCLEAR,) * 5, Level.VERY_LOW),
        ((NO, YES, YES, YES, YES), Level.LOW),
        ((UNCLEAR, UNCLEAR, YES, YES, None), Level.LOW),
        ((UNCLEAR, YES, LIKELY, YES, None), Level.MODERATE),
        ((LIKELY, LIKELY, LIKELY, LIKELY, None), Level.HIGH),
        ((YES,) * 5, Level.HIGH),
    ],
)
def test_level(answers, found):
    assert level(answers) is found


@given(st.lists(st.sampled_from(Answer), min_size=5, max_size=5), st.integers(0, 4))
def test_a_better_answer_never_lowers_the_level(answers, place):
    better = list(answers)
    better[place] = Answer(min(better[place] + 1, 3))
    assert level(better) >= level(answers)
