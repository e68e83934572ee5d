"""What a request from the browser asks for: address, colour scheme and screen."""

from __future__ import annotations

from dataclasses import dataclass

from callbacks.pages import OPTION_NAMES
from data.address import Reading, read_address
from data.catalog import Catalog
from data.study import Study
from layouts.shared.theme import Theme, theme_named

SCREENS = ("narrow", "standard", "tall")
TEXTS = ("pathname", "search", "theme", "screen", "version")


@dataclass(frozen=True)
class Request:
    """A request that was read once.

    Attributes
    ----------
    search : str
        The query as the browser has it; an answer carries it back, so that a late answer is
        recognised.
    screen : str
        ``narrow``, ``standard`` or ``tall``.
    """

    reading: Reading
    search: str
    theme: Theme
    screen: str


def read_request(data: object, catalog: Catalog) -> Request:
    """Read what the browser sent; anything unknown in it gets its default."""
    texts = request_texts(data)
    search, screen = texts.get("search", ""), texts.get("screen")
    reading = read_address(texts.get("pathname"), search, catalog, OPTION_NAMES)
    return Request(
        reading=reading,
        search=search,
        theme=theme_named(texts.get("theme")),
        screen=screen if screen in SCREENS else "standard",
    )


def request_texts(data: object) -> dict[str, str]:
    """The parts of a request that are known and are what they should be."""
    given = data if isinstance(data, dict) else {}
    return {name: given[name] for name in TEXTS if isinstance(given.get(name), str)}


def study_key(study: Study) -> str:
    """A study and the state of its files, for the browser to compare."""
    return f"{study.id}/{study.version}"


def remade(key: object, study: Study) -> bool:
    """Whether a key from the browser is of this study and of another state of its files."""
    return isinstance(key, str) and key.startswith(f"{study.id}/") and key != study_key(study)
