"""How many inputs there are, and what the watch notices."""

from __future__ import annotations

import pytest

from tests.fuzz.inputs import NUMBERS
from tests.fuzz.watch import MARK, harmless


def test_at_least_ten_thousand():
    assert sum(NUMBERS.values()) >= 10_000


@pytest.mark.parametrize(
    ("markup", "sound"),
    [
        (f"<p>&lt;b&gt;{MARK}</p>", True),
        (f'<input value="&quot;&gt;{MARK}" checked>', True),
        (f"<{MARK}>x</{MARK}>", False),
        (f'<input value="" {MARK}>', False),
        (f'<img src="x" onerror="{MARK}">', False),
    ],
)
def test_what_is_markup_is_noticed(markup, sound):
    assert harmless(markup) == sound
