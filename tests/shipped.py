"""The shipped studies, read once by a process however many tests look at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from data import catalog
from data.load import load_study
from data.study import Study

_kept = cache(load_study)


def _read(path: Path, reserved: frozenset[str] = frozenset()) -> Study:
    return (_kept if path.parent == catalog.SHIPPED else load_study)(path, reserved)


@contextmanager
def read_once() -> Iterator[None]:
    """A catalog has the shipped studies that another one has read; nobody changes a study.

    What a test asks `data.load` for, and what another process reads, is read.
    """
    with patch("data.catalog.load_study", _read):
        yield


@cache
def load_catalog() -> catalog.Catalog:
    """The shipped studies alone."""
    with read_once():
        return catalog.load_catalog()
