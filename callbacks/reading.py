"""What a request from the browser asks for: address, colour scheme and screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from callbacks.noted import noted_query
from data.address import Reading, read_address
from data.catalog import Catalog
from data.study import Study
from layouts.shared.look import SCREENS, Look
from layouts.shared.theme import theme_named

TEXTS = ("pathname", "search", "theme", "screen", "key", "wanted")
# The options that a link may carry, by page.
Grammar = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Request:
    """A request that was read once.

    Attributes
    ----------
    search : str
        The query as the browser has it; an answer carries it back, so that a late answer is
        recognised.
    """

    reading: Reading
    search: str
    look: Look


def read_request(data: object, catalog: Catalog, grammar: Grammar) -> Request:
    """Read what the browser sent; anything unknown in it gets its default."""
    texts = request_texts(data)
    search, screen = texts.get("search", ""), texts.get("screen")
    noted_query(search)
    reading = read_address(texts.get("pathname"), search, catalog, grammar)
    view = reading.view
    look = Look(
        theme_named(texts.get("theme")),
        screen if screen in SCREENS else "standard",
        present=view is not None and view.option("present") == "on",
    )
    return Request(reading, search, look)


def request_texts(data: object) -> dict[str, str]:
    """The parts of a request that are known and are what they should be."""
    given = data if isinstance(data, dict) else {}
    return {name: given[name] for name in TEXTS if isinstance(given.get(name), str)}


def study_key(study: Study) -> str:
    """A study and the state of its files, for the browser to compare."""
    return f"{study.id}/{study.version}"
