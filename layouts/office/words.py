"""Text as office files can hold it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

FONT = "Arial"
# What a text takes in it of the width that layouts.tables.text_width gives, which is that of wider
# fonts: sentences at most 0.85, and 0.81 in bold; a word of capitals more.
SENTENCE, WORD = 0.88, 0.95
# What XML 1.0 cannot hold, written or escaped: control characters and halves of characters.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sound(text: str) -> str:
    """Text without what no XML file can hold."""
    return _ILLEGAL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Sound text without breaks."""
    # No-break spaces stay.
    return re.sub(r"[ \t\r\n]+", " ", sound(text)).strip()


def written(text: str) -> str:
    """Text within XML, in an element or in double quotation marks."""
    return escape(sound(text), {'"': "&quot;"})


def rgb(colour: str) -> str:
    """A CSS colour as office files name it: ``0072B2``."""
    return colour.lstrip("#").upper()
