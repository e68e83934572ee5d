"""Views for tests, asked for as a reader would: by page and query of an address."""

from __future__ import annotations

from typing import Any

from callbacks.memory import Memory
from callbacks.pages import OPTION_NAMES, SERVED
from data.address import Reading, read_address
from data.catalog import Catalog
from layouts.frame.page import Page

BY_ID = {one.page.id: one for one in SERVED}
# The page of each file.
PANELS = {name.removesuffix(".csv"): one.page.id for one in SERVED for name in one.files}


def page_named(page_id: str) -> Page:
    """The page with this id."""
    return BY_ID[page_id].page


def footnote(context: Any) -> str:
    """What stands under the numbers of a page."""
    view = context.survival.view if hasattr(context, "survival") else context.view
    return BY_ID[view.page].words(context).footnote


class PageViews:
    """Answers over a catalog, asked by page and query."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.memory = Memory(catalog.studies)

    def read(self, page: str, query: str) -> Reading:
        """What an address means; every part of it must be understood."""
        reading = read_address(f"/{page}", f"?{query}", self.catalog, OPTION_NAMES)
        assert not reading.notes, reading.notes
        return reading

    def __call__(self, page: str, query: str) -> Any:
        """The context of an address whose every option is understood."""
        reading = self.read(page, query)
        served = BY_ID[page]
        options, notes = served.page.read_options(reading.study, reading.view)
        assert not notes, notes
        return served.ask(self.memory, reading.study, reading.view, options)


class Views:
    """Answers of one page over a catalog, asked by query."""

    def __init__(self, catalog: Catalog, page: str):
        self.page = page
        self.of_pages = PageViews(catalog)

    @property
    def catalog(self) -> Catalog:
        return self.of_pages.catalog

    @property
    def memory(self) -> Memory:
        return self.of_pages.memory

    def read(self, query: str) -> Reading:
        """What an address of the page means; every part of it must be understood."""
        return self.of_pages.read(self.page, query)

    def __call__(self, query: str) -> Any:
        """The context of an address whose every option is understood."""
        return self.of_pages(self.page, query)
