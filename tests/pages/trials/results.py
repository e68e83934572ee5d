"""Views of the Other trials page with results of the test's own."""

from __future__ import annotations

import math
from dataclasses import replace

from data.catalog import Catalog
from data.trials import PublishedResult
from layouts.trials.context import TrialsContext
from tests.views import Views

NONE = (math.nan,) * 3
PLAIN = PublishedResult(
    "ALPHA",
    2010,
    "randomised trial",
    "drug A",
    "A",
    "everybody",
    50,
    100,
    "OS",
    (10.0, 8.0, 12.0),
    NONE,
    "",
    math.nan,
    "edges",
    "",
    "Journal 2010",
    "",
)


def result(**changes) -> PublishedResult:
    """A published result: the plain one with some changes."""
    return replace(PLAIN, **changes)


class TrialsViews:
    """Answers over a catalog, asked by query."""

    def __init__(self, catalog: Catalog):
        self.views = Views(catalog, "context")

    def __call__(self, query: str, *results: PublishedResult, hidden: int = 0) -> TrialsContext:
        """The context of an address; with results given, these instead of the shipped ones."""
        made = self.views(query)
        return replace(made, results=results, hidden=hidden) if results or hidden else made
