"""How many inputs there are."""

from __future__ import annotations

from tests.fuzz.inputs import NUMBERS


def test_at_least_ten_thousand():
    assert sum(NUMBERS.values()) >= 10_000
