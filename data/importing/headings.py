"""What the words of a heading or a cell stand for, by the lists of ``headings.toml``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from data.sources.texts import read_toml

LISTS = Path(__file__).with_name("headings.toml")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HAN = re.compile(r"[\u3400-\u9fff]")
# “osmonths”, “pfs_t”: an endpoint and what is said of it, written as one word.
_TAIL = "time|event|status|stat|days|day|months|month|weeks|years|censor|cens|cnsr|date|dt|t|e|d|m"


@dataclass(frozen=True)
class KnownEndpoint:
    """An endpoint that people have, with the words for it.

    Attributes
    ----------
    id, label, name, event, curve : str
        As in ``study.toml``; ``event`` is what counts as one.
    population : str
        Who has it when not everybody has.
    happens : tuple of str
        What counts as its event: ``death``, ``progress``, both, or nothing that has a word here.
    """

    id: str
    label: str
    name: str
    event: str
    curve: str
    words: tuple[str, ...]
    population: str = ""
    happens: tuple[str, ...] = ()


@cache
def lists() -> dict:
    """All lists as they stand in the file."""
    return read_toml(LISTS)


@cache
def endpoints() -> tuple[KnownEndpoint, ...]:
    """The endpoints that are known by name, in the order in which a page offers them."""
    return tuple(
        KnownEndpoint(**{key: tuple(v) if isinstance(v, list) else v for key, v in one.items()})
        for one in lists()["endpoints"]
    )


def endpoint_of(*happens: str) -> KnownEndpoint:
    """The first endpoint whose event is just that: ``endpoint_of("death")`` is overall survival."""
    return next(one for one in endpoints() if set(one.happens) == set(happens))


@cache
def plain(text: str) -> str:
    """Words in small letters without accents, one blank between them.

    >>> plain("Überleben (Monate)"), plain("VitalStatus"), plain("OS_MONTHS")
    ('uberleben monate', 'vital status', 'os months')
    """
    text = _JOINED.sub(" ", text.replace("ß", "ss"))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(one for one in text if not unicodedata.combining(one)).lower()
    words = re.findall(r"[^\W_]+", text)
    return " ".join(part for word in words for part in _parted(word))


@cache
def _parted(word: str) -> tuple[str, ...]:
    short = {one for known in lists()["endpoints"] for one in known["words"] if one.isalpha()}
    abbreviations = "|".join(sorted((one for one in short if len(one) <= 4), key=len, reverse=True))
    found = re.fullmatch(rf"({abbreviations})({_TAIL})", word)
    return found.groups() if found else (word,)


def says(heading: str, words: tuple[str, ...] | list[str]) -> int:
    """How well a heading fits a list: 3 it is one of its phrases, 2 it holds one, 0 it does not."""
    return _says(heading, tuple(words))


@cache
def _says(heading: str, words: tuple[str, ...]) -> int:
    given = plain(heading).split()
    best = 0
    for phrase in words:
        if _HAN.search(phrase):
            found = phrase.strip("*") in heading
            best = max(best, (3 if phrase.strip("*") == heading.strip() else 2) if found else 0)
            continue
        parts = phrase.split()
        for start in range(len(given) - len(parts) + 1):
            pairs = zip(given[start:], parts, strict=False)
            if all(fnmatchcase(word, part) for word, part in pairs):
                best = max(best, 3 if len(parts) == len(given) else 2)
    return best


def role_words(role: str) -> tuple[str, ...]:
    """The headings of a role: id, arm, start, term, grade, category or onset."""
    return tuple(lists()["roles"][role])


def said_by(heading: str, concept: str) -> int:
    """How well a heading fits a concept with a list of its own: death, time, event …"""
    return says(heading, tuple(lists()[concept]["words"]))


def personal(heading: str) -> str:
    """What a heading tells of who somebody is; empty where it tells nothing of that."""
    for what, words in lists()["personal"].items():
        if says(heading, words):
            return what
    return ""


def unit_of(heading: str) -> str:
    """The unit of time in a heading: days, weeks, months or years; empty where there is none."""
    given = plain(heading).split()
    for unit, words in lists()["units"].items():
        han = [word for word in words if _HAN.search(word)]
        # A single letter says so only at the end: “os m”, “survival (d)”.
        if any(word in given if len(word) > 1 else given[-1:] == [word] for word in words):
            return unit
        if re.search("[(（_/]?(" + "|".join(han) + r")[)）]?\s*$", heading):
            return unit
    return ""


def known_endpoints(heading: str) -> list[KnownEndpoint]:
    """The endpoints that a heading names; the one with the longest phrase first."""
    found = [
        (max(len(word.split()) for word in one.words if says(heading, (word,))), one)
        for one in endpoints()
        if says(heading, one.words)
    ]
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


@cache
def cell_words(kind: str) -> frozenset[str]:
    """Words of cells, small and without accents: missing, event, censored, yes, no, control."""
    return frozenset(_cell(word) for word in lists()["cells"][kind])


def _cell(text: str) -> str:
    text = unicodedata.normalize("NFKD", text)
    return "".join(one for one in text if not unicodedata.combining(one)).strip().lower()


def cell_is(text: str, kind: str) -> bool:
    """Whether a cell is one of the words of a kind, whatever its capitals and accents."""
    return _cell(text) in cell_words(kind)
