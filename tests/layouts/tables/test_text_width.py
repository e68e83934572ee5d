"""The widths of letters that pictures are laid out with."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.tables.cells import Line, Run, wrapped_line
from layouts.tables.text_width import fitting, text_width

FONT = Path(__file__).parents[3] / "assets" / "fonts" / "inter-latin-wght-normal.woff2"
LETTERS = st.text(st.characters(codec="utf-8", exclude_characters=" "), min_size=1, max_size=40)


def test_no_letter_of_the_font_is_wider_than_it_is_thought_to_be():
    font = TTFont(FONT)
    names, advance = font.getBestCmap(), font["hmtx"]
    letters = [chr(code) for code in names if 32 <= code < 0x250 or chr(code) in "–—−±×≥≤·←→"]
    assert len(letters) > 150
    units = font["head"].unitsPerEm
    narrow = [c for c in letters if advance[names[ord(c)]][0] / units > text_width(c, 1) + 0.01]
    # Signs of fractions, trade and copyright stand in no table.
    assert not set("".join(narrow)) & set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert not set("".join(narrow)) & set("0123456789.,;:()[]%–—−±×≥≤·/+-äöüßéèçñÄÖÜÅØø ")


@settings(deadline=None, max_examples=60)
@given(st.lists(LETTERS, min_size=1, max_size=12), st.integers(20, 300), st.booleans())
def test_lines_fit_and_lose_nothing(words, room, bold):
    text = " ".join(words)
    lines = wrapped_line(Line((Run(text, bold),)), room, 10)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line.width(10) <= room + 0.1 or len(line.text) == 1


def test_bold_letters_are_wider_and_one_letter_always_fits():
    assert text_width("Median", 13, bold=True) > text_width("Median", 13)
    assert fitting("W", 1, 13) == 1
