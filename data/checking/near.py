"""What somebody probably meant by a text that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from data.checking.numerals import read_number

# What people write where they do not know; it could be a level all the same.
NOT_KNOWN = {
    *("unknown", "not known", "unk", "not done", "not recorded", "not available", "missing", "?"),
    *(
        "-",
        "--",
        "n.a.",
        "k.a.",
        "k. a.",
        "unbekannt",
        "inconnu",
        "desconocido",
        "sconosciuto",
        "不详",
    ),
}


def same(text: str, known: Iterable[str]) -> str:
    """The one of several texts that differs in how it is written only; empty where none does.

    Capitals, blanks, hyphens and underscores do not count, nor a point with noughts behind it.
    """
    number = read_number(text)
    letters = _letters(text)
    for one in known:
        if (letters and _letters(one) == letters) or (
            number == number and read_number(one) == number
        ):
            return one
    return ""


def nearest(text: str, known: Iterable[str]) -> str:
    """The one of several texts that was probably meant; empty where none is like it.

    Beside what is the same (see `same`) a name with a letter too few or too many.
    """
    known = [one for one in known if one]
    found = same(text, known)
    if found:
        return found
    close = get_close_matches(text.casefold(), [one.casefold() for one in known], 1, 0.8)
    return next((one for one in known if close and one.casefold() == close[0]), "")


def _letters(text: str) -> str:
    return re.sub(r"[\s_.-]+", "", text).casefold()
