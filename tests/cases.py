"""Small made-up studies, one for each kind of claim, and views of them by page and query."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from callbacks.pages import OPTION_NAMES
from data.catalog import Catalog, load_catalog
from tests.views import PageViews

FOLDER = Path(__file__).parent / "studies" / "cases"


@cache
def cases() -> Catalog:
    """All of them."""
    return load_catalog(FOLDER, reserved=frozenset().union(*OPTION_NAMES.values()))


@cache
def case_views() -> PageViews:
    """Their views."""
    return PageViews(cases())
