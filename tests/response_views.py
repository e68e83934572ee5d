"""Views of the Response page for tests, asked for as a reader would: by address."""

from __future__ import annotations

from callbacks.answers import Answers
from callbacks.pages import OPTION_NAMES
from data.address import Reading, read_address
from data.catalog import Catalog
from layouts.response import options as response_options
from layouts.response.context import ResponseContext


class ResponseViews:
    """Answers over a catalog, asked by the query of an address."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.answers = Answers(catalog.studies)

    def read(self, query: str) -> Reading:
        """What an address means; every part of it must be understood."""
        reading = read_address("/response", f"?{query}", self.catalog, OPTION_NAMES)
        assert not reading.notes, reading.notes
        return reading

    def __call__(self, query: str) -> ResponseContext:
        """The view of an address whose every option is understood."""
        reading = self.read(query)
        options, notes = response_options.read_options(reading.study, reading.view)
        assert not notes, notes
        return self.answers.response(reading.study, reading.view, options)
