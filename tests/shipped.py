"""The shipped studies, read once by a process however many tests look at them."""

from __future__ import annotations

from functools import cache

from data import catalog


@cache
def load_catalog() -> catalog.Catalog:
    """The shipped studies; nobody changes them, because studies are frozen."""
    return catalog.load_catalog()
