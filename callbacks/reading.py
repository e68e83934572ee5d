"""What a request from the browser asks for: address, colour scheme and screen."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import Reading, read_address
from data.catalog import Catalog
from layouts.pages import OPTION_NAMES
from layouts.theme import Theme, theme_named

SCREENS = ("narrow", "standard", "tall")


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


def read_request(data: dict, catalog: Catalog) -> Request:
    """Read what the browser sent; anything unknown in it gets its default."""
    search = str(data.get("search") or "")
    reading = read_address(str(data.get("pathname") or "/"), search, catalog, OPTION_NAMES)
    screen = data.get("screen")
    return Request(
        reading=reading,
        search=search,
        theme=theme_named(data.get("theme")),
        screen=screen if screen in SCREENS else "standard",
    )
