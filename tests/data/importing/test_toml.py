"""What is written as ``study.toml`` reads back as it was."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from data.importing.toml import written

# No halves of characters, which no file could hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(TEXTS, max_size=12),
    st.lists(st.one_of(TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=2)), max_size=3),
)
FLAT = st.dictionaries(TEXTS, VALUES, max_size=4)


@given(
    st.dictionaries(
        TEXTS, st.one_of(VALUES, FLAT, st.lists(FLAT, min_size=1, max_size=3)), max_size=5
    )
)
def test_a_declaration_reads_back(declaration):
    assert tomllib.loads(written(declaration)) == declaration


def test_comments_stand_above_their_tables():
    declaration = {"id": "a", "endpoints": [{"id": "x"}, {"id": "y"}], "patients": {"id": "p"}}
    text = written(declaration, {"endpoints.1": "of two\nlines", "patients": "who"})
    assert '\n# of two\n# lines\n[[endpoints]]\nid = "y"\n' in text
    assert "\n# who\n[patients]\n" in text
