"""Survival views for tests, asked for as a reader would: by address."""

from __future__ import annotations

from callbacks.answers import Answers
from callbacks.pages import OPTION_NAMES
from data.address import Reading, read_address
from data.catalog import Catalog
from layouts.survival.context import SurvivalContext
from layouts.survival.options import read_options


class Views:
    """Answers over a catalog, asked by the query of an address."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.answers = Answers(catalog.studies)

    def read(self, query: str) -> Reading:
        """What an address of the Survival page means."""
        return read_address("/survival", f"?{query}", self.catalog, OPTION_NAMES)

    def __call__(self, query: str) -> SurvivalContext:
        """The survival view of an address whose every part is understood."""
        reading = self.read(query)
        assert not reading.notes, reading.notes
        options, notes = read_options(reading.study, reading.view)
        assert not notes, notes
        return self.answers.survival(reading.study, reading.view, options)
