"""Safety and overview views for tests, asked for as a reader would: by address."""

from __future__ import annotations

from callbacks.answers import Answers
from callbacks.pages import OPTION_NAMES
from data.address import read_address
from data.catalog import Catalog
from layouts.dosimetry import options as dosimetry_options
from layouts.overview import options as overview_options
from layouts.safety import options as safety_options

OPTIONS = {
    "safety": safety_options,
    "overview": overview_options,
    "dosimetry": dosimetry_options,
}


class PageViews:
    """Answers over a catalog, asked by page and query."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.answers = Answers(catalog.studies)

    def __call__(self, page: str, query: str):
        """The context of an address whose every part is understood."""
        reading = read_address(f"/{page}", f"?{query}", self.catalog, OPTION_NAMES)
        assert not reading.notes, reading.notes
        options, notes = OPTIONS[page].read_options(reading.study, reading.view)
        assert not notes, notes
        return getattr(self.answers, page)(reading.study, reading.view, options)
