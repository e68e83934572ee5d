"""Whether the letters of a text are those of one language: what tells encodings of one byte apart.

Windows-1252 and Windows-1250 turn every byte into some letter. “Jiří” of the one is “Jiøí” in the
other, and no language of Western Europe has both of its letters.
"""

from __future__ import annotations

import re

_GERMAN, _FRENCH, _SPANISH, _ITALIAN = "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúüªº", "àèéìòù"
_DANISH, _SWEDISH = "æøåéèêóòâô", "åäöé"
WESTERN = (
    *(_GERMAN, _FRENCH, _SPANISH, _ITALIAN, _DANISH, _SWEDISH),
    "áâãàçéêíóôõúü",
    "ëïéèöüó",
    "áðéíóúýþæö",
    "àçèéíïòóúü",
    "äöõüšž",
)
"""German, French, Spanish, Italian, Danish and Norwegian, Swedish and Finnish, Portuguese, Dutch,
Icelandic, Catalan, Estonian."""
MIXED = tuple(_GERMAN + one for one in (_FRENCH, _SPANISH, _ITALIAN, _DANISH, _SWEDISH))
"""German with names of another language."""
CENTRAL = (
    "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž",
    "ąćęłńóśźż",
    "áéíóöőúüű",
    "čćđšž",
    "ăâîşţ",
)
"""Czech, Slovak, Polish, Hungarian, Croatian and Slovene, Romanian."""
# What letters of Windows-1250 look like in Windows-1252 where they look like none. Within a word it
# is one, and at the end of one that is too long to be a unit such as cm³.
_SIGN = "[¹³¿¯£¥¼¾]"
_A = r"[^\W\d_]"
_SIGNS = re.compile(f"(?<={_A}){_SIGN}(?={_A})|(?<={_A}{{3}}){_SIGN}(?!{_A})|{_SIGN}(?={_A}{{2}})")


def of_one_language(text: str, alphabets: tuple[str, ...]) -> bool:
    """Whether one alphabet has every letter of a text that English has not; False without any."""
    text = text.lower()
    found = {one for one in set(text) if one > "\x7f" and one != "µ" and one.isalpha()}
    found |= set(_SIGNS.findall(text))
    return bool(found) and any(found <= set(alphabet) for alphabet in alphabets)
