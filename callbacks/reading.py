"""What a request from the browser asks for: address, colour scheme and screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from callbacks.noted import noted_query
from data.address import LONGEST_QUERY, Reading, View, read_address
from data.catalog import Catalog
from data.study import Study
from layouts.frame.page import Page
from layouts.shared.look import SCREENS, Look
from layouts.shared.theme import theme_named

TEXTS = ("pathname", "search", "beside", "theme", "screen", "key", "wanted")
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
    beside : str
        What describes somebody and stands in no address, written as a query; an answer carries it
        back too.
    """

    reading: Reading
    search: str
    look: Look
    beside: str = ""

    def view_of(self, page: Page) -> View:
        """The view with what the reader keeps out of the address."""
        given = dict(parse_qsl(self.beside[:LONGEST_QUERY])) if self.beside else {}
        kept = {name: given[name] for name in page.private if name in given}
        return self.reading.view.with_options(**kept)


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
    return Request(reading, search, look, texts.get("beside", ""))


def request_texts(data: object) -> dict[str, str]:
    """The parts of a request that are known and are what they should be."""
    given = data if isinstance(data, dict) else {}
    return {name: given[name] for name in TEXTS if isinstance(given.get(name), str)}


def study_key(study: Study) -> str:
    """A study and the state of its files, for the browser to compare."""
    return f"{study.id}/{study.version}"
