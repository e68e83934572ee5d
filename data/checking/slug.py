"""The one rule that turns a label into an id for links."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Signs that carry meaning would vanish with the other punctuation, and "<400" would then
# collide with "≥400".
_SIGNS = {"≤": " at most ", "≥": " at least ", "<": " under ", ">": " over "}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@lru_cache(4096)
def slug(label: str) -> str:
    """Turn a label into a short ASCII id.

    ``≤ ≥ < >`` become words, accents are dropped, letters are lowered, and every run of other
    characters becomes one hyphen.

    Examples
    --------
    >>> slug("RE + sorafenib"), slug("Stage IVA"), slug("≤50%"), slug("2–3")
    ('re-sorafenib', 'stage-iva', 'at-most-50', '2-3')
    """
    for sign, word in _SIGNS.items():
        label = label.replace(sign, word)
    letters = unicodedata.normalize("NFKD", label).casefold()
    # An accent that was taken off its letter must not part the word.
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
