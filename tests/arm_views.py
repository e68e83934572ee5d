"""Views of Compare arms and Prognostic factors for tests, asked for as a reader would."""

from __future__ import annotations

from callbacks.answers import Answers
from callbacks.pages import OPTION_NAMES
from data.address import Reading, read_address
from data.catalog import Catalog
from layouts.arms import options as arm_options
from layouts.arms.context import ArmContext
from layouts.prognostic import options as prognostic_options
from layouts.prognostic.context import PrognosticContext


class ArmViews:
    """Answers over a catalog, asked by the query of an address."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.answers = Answers(catalog.studies)

    def read(self, query: str, page: str = "arms") -> Reading:
        """What an address means; every part of it must be understood."""
        reading = read_address(f"/{page}", f"?{query}", self.catalog, OPTION_NAMES)
        assert not reading.notes, reading.notes
        return reading

    def __call__(self, query: str) -> ArmContext:
        """A view of Compare arms."""
        reading = self.read(query)
        options, notes = arm_options.read_options(reading.study, reading.view)
        assert not notes, notes
        return self.answers.arms(reading.study, reading.view, options)

    def prognostic(self, query: str) -> PrognosticContext:
        """A view of Prognostic factors."""
        reading = self.read(query, "prognostic")
        options, notes = prognostic_options.read_options(reading.study, reading.view)
        assert not notes, notes
        return self.answers.prognostic(reading.study, reading.view, options)
