"""How wide a text is when it is drawn, without a font at hand.

A picture is opened where Inter may not be installed; the widths are at least those of Inter and of
DejaVu Sans, the widest of the fonts that take its place, so that nothing touches in any of them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Parts of the size of the letters.
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'|!·’‘", 0.34),
    **dict.fromkeys('ftr()[]/"°', 0.44),
    **dict.fromkeys(" \u00a0\u202f", 0.33),
    **dict.fromkeys("-", 0.47),
    **dict.fromkeys("–", 0.52),
    **dict.fromkeys("—…@%mW", 1.02),
    **dict.fromkeys("M&", 0.92),
    **dict.fromkeys("w±×−≥≤≈←→+=<>~", 0.85),
    **dict.fromkeys("0123456789", 0.65),
}
_LOWER, _UPPER, _OTHER, _FULL = 0.64, 0.79, 0.86, 1.05
BOLD = 1.1


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a text takes at a size of its letters, rather too many than too few."""
    return share_width(text) * size * (BOLD if bold else 1)


def share_width(text: str) -> float:
    """The width of a text in parts of the size of its letters."""
    return sum(map(_share, text))


# Tables are written in some hundred different letters.
@lru_cache(4096)
def _share(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    plain = _without_accent(letter)
    if plain != letter and plain in _WIDTHS:
        return _WIDTHS[plain]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return _FULL
    if plain.isascii():
        return _UPPER if plain.isupper() else _LOWER
    return _OTHER


def _without_accent(letter: str) -> str:
    parts = unicodedata.decomposition(letter).split()
    return chr(int(parts[0], 16)) if parts and not parts[0].startswith("<") else letter


def fitting(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many letters of a text fit; at least one."""
    taken = 0.0
    for i, letter in enumerate(text):
        taken += text_width(letter, size, bold=bold)
        if taken > room and i:
            return i
    return len(text)
